"""Forms about an overleg."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import CaseConference, ConferenceParticipant
from casework.models.conferences import USUAL_MINUTES
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

LONGEST = 20_000
WHICH_DAY = dict.fromkeys(["required", "invalid"], _("Choose the day."))


def _day(label: Any, **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=WHICH_DAY, **details)


def _line(label: Any, *, required: bool = False, hint: Any = "", longest: int = 200) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=longest, help_text=hint, widget=widget)


def _text(label: Any, *, missing: Any, hint: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, help_text=hint, widget=widget, error_messages={"required": missing})


class WhenForm(ActionForm):
    """When and where an overleg is, and what it is about."""

    on = _day(_("On which day?"))
    at = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Write the time as for example 14:30.")),
    )
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=480, initial=USUAL_MINUTES)
    place = _line(_("Where?"), hint=_("A room, or the address of the video call."))
    online = forms.BooleanField(label=_("By video call"), required=False)
    agenda = _text(
        _("What will be spoken about?"),
        missing=_("Write what will be spoken about, each on a line of its own."),
        hint=_("Each on a line of its own. Only who sits at the table reads it."),
    )

    def details(self) -> dict[str, Any]:
        details = dict(self.cleaned_data)
        details["starts_at"] = timezone.make_aware(datetime.combine(details.pop("on"), details.pop("at")))
        details["agenda"] = details["agenda"].splitlines()
        return details


class ResidentForm(ActionForm):
    """What the resident knows of the overleg."""

    resident_part = forms.ChoiceField(
        label=_("And the resident?"),
        choices=CaseConference.ResidentPart.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what the resident knows of it.")),
    )
    resident_why = _line(
        _("Why not?"),
        hint=_("Only when the resident does not know of it. The law asks to tell them, unless it would make someone unsafe."),
        longest=500,
    )


class PlanConferenceForm(WhenForm, ResidentForm):
    """An overleg around a case. Its kind is its purpose: it decides who may sit at the table and what they see."""

    kind = forms.ChoiceField(
        label=_("What kind of overleg?"),
        choices=[
            (CaseConference.Kind.HOUSEHOLD, Choice(CaseConference.Kind.HOUSEHOLD.label, hint=_("To help a household together."))),
            (
                CaseConference.Kind.SAFETY,
                Choice(
                    CaseConference.Kind.SAFETY.label,
                    hint=_("Only for worrying behaviour or danger. It has a table and a ground of its own."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what kind of overleg it is.")),
    )


class ChangeConferenceForm(WhenForm):
    """Moved, elsewhere, or about something else."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    minute_taker = forms.ModelChoiceField(
        ConferenceParticipant.objects.none(), label=_("Who keeps the record?"), required=False, empty_label=None
    )

    def __init__(self, *args: Any, conference: CaseConference, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = ConferenceParticipant.objects.seated().filter(conference=conference).exclude(user=None).select_related("user")
        self.fields["minute_taker"].queryset = people  # type: ignore[attr-defined]
        self.fields["minute_taker"].label_from_instance = lambda one: one.called  # type: ignore[attr-defined]


class InviteToTableForm(ActionForm):
    """A colleague in a post, or the name of someone without an account."""

    guest = forms.ChoiceField(label=_("Who?"), required=False)
    name = _line(_("Or someone without an account"), hint=_("Their name stands with the overleg; they see nothing here."))
    comes_from = _line(_("From where?"))

    def __init__(self, *args: Any, guests: Mapping[str, Iterable[Any]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        groups = [(organisation, [(one.key, str(one)) for one in found]) for organisation, found in guests.items()]
        self.fields["guest"].choices = [("", _("Nobody")), *groups]  # type: ignore[attr-defined]


class LayForm(ActionForm):
    """What lies on the table: keys of things. Which of them may is asked by the action."""

    items = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, keys: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        self.fields["items"].error_messages["invalid_choice"] = _(
            "One of these things cannot lie on this table any more. Look at what is chosen."
        )


class HoldForm(ActionForm):
    """Who was there."""

    came = forms.ModelMultipleChoiceField(
        ConferenceParticipant.objects.none(), label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    resident_came = forms.BooleanField(label=_("The resident was there"), required=False)

    def __init__(self, *args: Any, conference: CaseConference, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = ConferenceParticipant.objects.seated().filter(conference=conference).exclude(user=conference.chair_id)
        self.fields["came"].queryset = people.select_related("user", "organisation")  # type: ignore[attr-defined]
        self.fields["came"].label_from_instance = lambda one: f"{one.called} ({one.of})" if one.of else one.called  # type: ignore[attr-defined]
        if conference.resident_part != CaseConference.ResidentPart.COMES:
            del self.fields["resident_came"]


class AgreeForm(ActionForm):
    """What was agreed, who, and by when."""

    text = _line(_("What was agreed?"), required=True, longest=500)
    text.error_messages["required"] = _("Say in a few words what was agreed.")
    owner = forms.ModelChoiceField(
        ConferenceParticipant.objects.none(),
        label=_("Who does it?"),
        empty_label=None,
        error_messages={"required": _("Choose someone of this table.")},
    )
    due_on = _day(_("By when?"))
    in_plan = forms.BooleanField(label=_("Make it a step in the plan"), required=False)

    def __init__(self, *args: Any, conference: CaseConference, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = ConferenceParticipant.objects.seated().filter(conference=conference).select_related("user", "organisation")
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = lambda one: one.called  # type: ignore[attr-defined]
        household = conference.kind == CaseConference.Kind.HOUSEHOLD
        self.initial.setdefault("in_plan", household)
        self.fields["in_plan"].help_text = (
            _("Who works on the case then reads it, and it comes on the plan of the resident.")
            if household
            else _("The resident reads the plan, on paper at home too. Think whether that is safe.")
        )


class RecordForm(ActionForm):
    """The record, and the revision that it began with."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = _text(
        _("Record"),
        missing=_("Write down what was said and why."),
        rows=12,
        hint=_("What was said and why. Only who was at the table reads this."),
    )


class AdditionForm(ActionForm):
    """Something put right below a record."""

    text = _text(_("What was different, or is missing?"), missing=_("Write down what was different."), rows=3)
