"""Forms of early signs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import ContactMoment, EarlySign
from casework.signs import THREAT_CHOICES
from luisterloket.people.models import Unit, User
from luisterloket.platform.forms import ActionForm, EuroField

from .follow_ups import WAYS, among, colleague, day, words


def _line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=200, help_text=hint, widget=forms.TextInput({"autocomplete": "off"})
    )


class SignForm(ActionForm):
    """Two things are obliged: what kind of sign it is, and what was seen."""

    kind = forms.ChoiceField(
        label=_("What kind of sign is it?"),
        choices=EarlySign.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what kind of sign it is.")),
    )
    seen = words(_("What was seen or told?"), rows=3, needed=_("Write in a few words what was seen or told."))
    about = _line(_("About whom?"), _("A nickname is fine, such as “the man of number 12”."))
    place = _line(_("Where?"))
    told_by = _line(_("Who told it?"))
    wants_to_hear = forms.BooleanField(
        label=_("They want to hear that it was taken up"), required=False, help_text=_("Only that, never what came of it.")
    )
    partner = forms.ChoiceField(
        label=_("Who signals the arrears?"), choices=[("", "–"), *EarlySign.Partner.choices], required=False
    )
    amount = EuroField(label=_("How much?"), required=False)
    signal_on = day(_("On which day did the signal come?"), required=False)
    threat = forms.ChoiceField(
        label=_("Is something about to happen?"), choices=[("", _("No, or not known")), *THREAT_CHOICES], required=False
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("In which wijk is it?"), empty_label=None, widget=forms.RadioSelect)
    owner = colleague(_("Who takes it up?"), required=False, empty_label=None)
    due_on = day(
        _("On which day at the latest?"),
        required=False,
        help_text=_("Leave it empty for the usual day: for arrears the term of the law, else that of your wijk."),
    )

    def __init__(self, *args: Any, units: Iterable[Any], colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = list(units)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).order_by("name")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = among(colleagues)  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].required = False
            self.only = units[0]

    def clean_unit(self) -> Any:
        return self.cleaned_data["unit"] or Unit.objects.get(pk=self.only)


class SeekForm(ActionForm):
    """How someone was sought, what came of it, and when the next step is."""

    kind = forms.ChoiceField(label=_("How?"), choices=WAYS, initial=ContactMoment.Kind.PHONE)
    result = forms.ChoiceField(
        label=_("What came of it?"),
        choices=ContactMoment.Result.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what came of it.")),
    )
    text = words(_("In a few words"))
    on = day(_("On which day?"))
    part_of_day = forms.ChoiceField(label=_("Which part of the day?"), choices=ContactMoment.PartOfDay.choices)
    next_on = day(_("When is the next step?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.initial.setdefault("on", now.date())
        self.initial.setdefault("part_of_day", ContactMoment.part_of(now.hour))


class GiveSignForm(ActionForm):
    """To a colleague, or to another day."""

    owner = colleague(_("Who takes it up?"), empty_label=None)
    due_on = day(_("On which day at the latest?"))

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = among(colleagues)  # type: ignore[attr-defined]


class SettleForm(ActionForm):
    """It needs nothing more."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(one.value, one.label) for one in EarlySign.BY_HAND],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how it ended.")),
    )
    heard_back = forms.BooleanField(label=_("Who told it heard that it was taken up"), required=False)
