"""Forms about appointments with a resident."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Meeting
from casework.models.meetings import USUAL_MINUTES
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm


def _line(label: Any, *, longest: int = 200, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=longest, help_text=hint, widget=widget)


class MeetingForm(ActionForm):
    """When, where, and who comes."""

    kind = forms.ChoiceField(
        label=_("What kind?"),
        choices=Meeting.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what kind of appointment it is.")),
    )
    on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day.")),
    )
    at = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Write the time as for example 14:30.")),
    )
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=480, initial=USUAL_MINUTES)
    place = _line(_("Where?"), hint=_("Only when it is somewhere else than you would think."))
    who = forms.ModelChoiceField(User.objects.none(), label=_("Who goes?"), empty_label=None)
    along = forms.ModelChoiceField(User.objects.none(), label=_("Who goes along?"), required=False, empty_label=_("Nobody"))
    alone_because = _line(_("Why alone?"), hint=_("Only for a home visit alone. For example: known for years, and safe."))
    interpreter = _line(_("Interpreter needed"), longest=50, hint=_("In which language. Leave it empty when none is needed."))
    interpreter_booked = forms.BooleanField(label=_("The interpreter is booked"), required=False)
    purpose = _line(_("What for?"), longest=500)

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        among = User.objects.filter(pk__in=[user.pk for user in colleagues]).order_by("name")
        for name in ("who", "along"):
            self.fields[name].queryset = among  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        details = dict(self.cleaned_data)
        moment = datetime.combine(details.pop("on"), details.pop("at"))
        return details | {"starts_at": timezone.make_aware(moment)}


class EndMeetingForm(ActionForm):
    """How it went: each answer is a button."""

    ended = forms.ChoiceField(choices=Meeting.Ended.choices, error_messages={"required": _("Choose how it went.")})
