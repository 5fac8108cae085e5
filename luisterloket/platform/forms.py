"""Forms that carry an action: typing is kept, a refusal becomes a message, a second click has no second effect."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .exceptions import Refused
from .renderers import LuisterloketRenderer

__all__ = ["ActionForm", "EuroField", "LuisterloketRenderer"]


class ActionForm(forms.Form):
    """A form whose fields are the details of one action."""

    use_required_attribute = False
    command_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("command_key", uuid4())

    def run(self, action: Callable[..., Any], **known: Any) -> Any:
        """Carry out `action` with what was typed; None, and an error on the form, when it cannot be."""
        if not self.is_valid():
            return None
        try:
            return action(**known, **self.details())
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            self.add_error(field if field in self.fields else None, refusal)
            return None

    @property
    def refusal(self) -> str:
        """Why it was refused as one text, for a button of which the form is not shown again."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

    def details(self) -> dict[str, Any]:
        """What the action is given; the command key goes along."""
        return self.cleaned_data


class EuroField(forms.CharField):
    """An amount as people write it ("85", "85,50", "1.650,00"), kept as whole cents."""

    def __init__(self, *, max_cents: int = 100_000_000, **kwargs: Any):
        self.max_cents = max_cents
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """Whole cents the way one would type them; what was typed stays as it is."""
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02}" if rest else str(whole)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).replace("€", "").replace("\xa0", "").replace(" ", "")
        if not text:
            return None
        return self._cents(text)

    def _cents(self, text: str) -> int:
        whole, comma, rest = text.rpartition(",") if "," in text else (text, "", "")
        digits = whole.replace(".", "") if _groups_of_three(whole) else whole
        if not digits.isascii() or not digits.isdigit() or (comma and not (rest.isascii() and rest.isdigit() and len(rest) == 2)):
            raise ValidationError(_("Write the amount as for example 85 or 1.650,50."), code="amount")
        try:
            cents = int(Decimal(f"{digits}.{rest or '0'}") * 100)
        except InvalidOperation:
            raise ValidationError(_("Write the amount as for example 85 or 1.650,50."), code="amount") from None
        if cents == 0:
            raise ValidationError(_("The amount must be more than nothing."), code="amount")
        if cents > self.max_cents:
            raise ValidationError(_("This amount is too high."), code="amount")
        return cents


def _groups_of_three(whole: str) -> bool:
    """Whether the points in a number stand where thousands are parted, as in 1.650 and not in 1.65."""
    first, *groups = whole.split(".")
    return bool(groups) and 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
