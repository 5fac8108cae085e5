"""Looking back in a case: which kind of thing, of whom, in which period; and searching."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.timeline_lines import Sort
from casework.timeline_page import Filters


class TimelineForm(forms.Form):
    """The names stand in the address, which can be kept as a bookmark."""

    use_required_attribute = False
    mark_optional = False
    soort = forms.MultipleChoiceField(
        label=_("What"), choices=Sort.choices, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from this list.")},
    )  # fmt: skip
    wie = forms.ChoiceField(label=_("Who did it"), required=False, error_messages={"invalid_choice": _("Choose from this list.")})
    van = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose the day.")},
    )  # fmt: skip
    tot = forms.DateField(
        label=_("Until and including"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose the day.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["wie"].choices = [("", _("Everyone")), *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("van") and cleaned.get("tot") and cleaned["tot"] < cleaned["van"]:
            self.add_error("tot", _("The last day is before the first."))
        return cleaned

    def filters(self) -> Filters:
        """What was asked for; of what is not right nothing, and the form says so."""
        if not self.is_valid():
            return Filters()
        asked = self.cleaned_data
        return Filters(frozenset(asked["soort"]), UUID(asked["wie"]) if asked["wie"] else None, asked["van"], asked["tot"])


class CaseSearchForm(forms.Form):
    """The words go in the form and not in the address."""

    use_required_attribute = False
    woorden = forms.CharField(
        label=_("Search in this case"),
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Write what you are looking for.")},
    )
