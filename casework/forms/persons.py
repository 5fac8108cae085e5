"""Forms about who someone is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions import LONGEST
from casework.parting import PartPage
from casework.persons import MergePage
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

from .sheets import rough_date


def _line(label: Any, name: str, *, hint: Any = "", **attrs: Any) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=False, max_length=LONGEST[name], help_text=hint, widget=widget)


class PersonalForm(ActionForm):
    """Who the case is about. One way to know the person is enough."""

    mark_optional = False
    name = _line(_("Name"), "name", hint=_("A name or a nickname: one of the two is enough."))
    known_as = _line(_("Nickname"), "known_as")
    born = _line(_("Born"), "born", hint=_("A year is enough. Or a day, such as 3-5-1997."))
    language = _line(_("Language that is easiest"), "language")
    phone = _line(_("Telephone"), "phone", inputmode="tel")
    address = _line(_("Where can we reach this person?"), "address", hint=_("An address, or a place such as the library."))

    def clean_born(self) -> str:
        return rough_date(self.cleaned_data["born"])


class MergeForm(ActionForm):
    """Whose name counts from now on, and how one knows."""

    keep = forms.ChoiceField(
        label=_("Which name and birth count from now on?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whose name counts."), "invalid_choice": _("Choose whose name counts.")},
    )
    reason = forms.CharField(
        label=_("How do you know that this is one person?"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For example: she told me herself, and the day of birth is the same."),
    )

    def __init__(self, *args: Any, page: MergePage, **kwargs: Any):
        super().__init__(*args, **kwargs)
        hints = page.parts if page.in_one_case else (_("Of this case"), _("Of the other case"))
        self.fields["keep"].choices = [  # type: ignore[attr-defined]
            (which, Choice(name or page.parts[number], hint=hint))
            for number, (which, name, hint) in enumerate(zip(("this", "other"), page.names, hints, strict=True))
        ]


class PartForm(ActionForm):
    """Of which of the two is each thing that was noted while they stood as one?"""

    mark_optional = False

    def __init__(self, *args: Any, page: PartPage, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.of_whom = {f"belongs_{item.ref}": item.ref for item in page.items}
        for item in page.items:
            self.fields[f"belongs_{item.ref}"] = forms.ChoiceField(
                label=item.text,
                choices=[(str(pk), name or _("Name not known")) for pk, name in page.people],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose of whom this is."), "invalid_choice": _("Choose of whom this is.")},
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.of_whom]

    def details(self) -> dict[str, Any]:
        belongs = {str(ref): self.cleaned_data[name] for name, ref in self.of_whom.items()}
        return {"belongs": belongs, "command_key": self.cleaned_data["command_key"]}
