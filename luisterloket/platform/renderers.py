"""How forms look: label, hint, error and control in one order, wired for those who listen to the page.

Every form in the project (allauth's too) passes here, so a label or an error is never missing on one page.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist, loader
from django.utils.functional import Promise

__all__ = ["Choice", "LuisterloketBoundField", "LuisterloketRenderer"]


@dataclass(frozen=True)
class Choice:
    """The label of a choice with a line under it, as in `(VALUE, Choice(_("Granted"), hint=_("The help is arranged")))`."""

    label: str | Promise
    hint: str | Promise = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.label)


class LuisterloketBoundField(BoundField):
    """A field that knows its class, its place in the error summary and whether it may stay empty."""

    @property
    def control(self) -> str:
        """The class of the control."""
        widget = self.field.widget
        if isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return ""
        if isinstance(widget, forms.Textarea):
            return "textarea"
        if isinstance(widget, forms.Select) and widget.allow_multiple_selected:
            return "select select--multiple"
        if isinstance(widget, (forms.Select, forms.SelectDateWidget)):
            return "select"
        return "textbox"

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_radio(self) -> bool:
        return isinstance(self.field.widget, forms.RadioSelect)

    @property
    def says_optional(self) -> bool:
        """Whether the label says that this may stay empty; a lone tick box is always free."""
        return not self.field.required and not self.is_checkbox and getattr(self.form, "mark_optional", True)

    @property
    def anchor(self) -> str:
        """The id the error summary leads to: the control itself, or the first of several."""
        if isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def in_summary(self) -> str:
        """What the error summary says of this field: "Name: fill this in", or "What is it? Choose one"."""
        joint = " " if str(self.label)[-1:] in "?!.:" else ": "
        return f"{self.label}{joint}{' '.join(str(error) for error in self.errors)}"

    @property
    def described_by(self) -> str:
        """The ids of hint and error, in the order in which they are read."""
        parts = [(self.help_text, "helptext"), (self.errors, "error")]
        return " ".join(f"{self.auto_id}_{part}" for there, part in parts if there and self.auto_id)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Our class, and `aria-required` in place of the browser's own `required`, which speaks another language."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        if classes := " ".join(part for part in (self.control, widget.attrs.get("class", "")) if part):
            attrs["class"] = classes
        if attrs.pop("required", False) or self.field.required:
            attrs["aria-required"] = "true"
        if self.use_fieldset:
            # A group of choices says these things once, on the group.
            attrs.pop("aria-required", None)
            attrs.pop("aria-invalid", None)
        return attrs


class LuisterloketRenderer(DjangoTemplates):
    """The project's templates first, Django's own for whatever the project leaves as it is."""

    bound_field_class = LuisterloketBoundField

    def get_template(self, template_name: str) -> Any:
        try:
            return loader.get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)
