"""Forms about what is kept from someone at home, and about reading a copy before it is given."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.models import CopyCheck, Resident, Withheld
from casework.withholding_pages import Thing
from luisterloket.platform.forms import ActionForm


class WithholdForm(ActionForm):
    """What, from whom and why."""

    mark_optional = False
    residents = forms.ModelMultipleChoiceField(
        Resident.objects.none(),
        label=_("From whom?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose from whom of the household.")),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Only who works on this case reads it."),
        error_messages={"required": _("Say why: whoever opens this later must be able to judge it again.")},
    )
    things = forms.MultipleChoiceField(
        label=_("What?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is kept back."), "invalid_choice": _("This is not in the case any more.")},
    )

    def __init__(self, *args: Any, household: Iterable[tuple[UUID, str]], things: Iterable[Thing], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = dict(household)
        field: Any = self.fields["residents"]
        field.queryset = Resident.objects.filter(pk__in=names)
        field.label_from_instance = lambda one: names[one.pk]
        self.offered = list(things)
        self.fields["things"].choices = [(thing.key, f"{thing.label}: {thing.text}") for thing in self.offered]  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[Any, list[tuple[Any, str]]]]:
        """The things to tick, by what they are, each with its text."""
        grouped: dict[str, list[tuple[Any, str]]] = {}
        for box, thing in zip(self["things"], self.offered, strict=True):
            grouped.setdefault(str(thing.label), []).append((box, thing.text))
        return list(grouped.items())

    def clean_things(self) -> list[tuple[str, UUID]]:
        parted = [key.partition(":") for key in self.cleaned_data["things"]]
        try:
            return [(kind, UUID(thing)) for kind, _colon, thing in parted]
        except ValueError:
            raise ValidationError(_("This is not in the case any more."), code="invalid_choice") from None

    def details(self) -> dict[str, Any]:
        return {**self.cleaned_data, "residents": sorted(self.cleaned_data["residents"], key=lambda one: str(one.pk))}


class LiftWithholdingForm(ActionForm):
    """Which of the things that are kept back may be read again."""

    withheld = forms.ModelChoiceField(Withheld.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Iterable[Withheld], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["withheld"].queryset = Withheld.objects.filter(pk__in=[row.pk for row in rows])  # type: ignore[attr-defined]


class CheckCopyForm(ActionForm):
    """Whether a copy may be given, and what must not be in it."""

    mark_optional = False
    found = forms.ChoiceField(
        label=_("May this be given?"),
        choices=CopyCheck.Found.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it may be given.")},
    )
    note = forms.CharField(
        label=_("What must not be in it?"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Only when something is wrong."),
    )  # fmt: skip
