"""Forms about handing cases over, one or many, and about a contract that ends."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Handover, HandoverCheck, Meeting
from casework.models.meetings import USUAL_MINUTES
from luisterloket.people.models import Unit, User
from luisterloket.platform.forms import ActionForm

CHOOSE = dict.fromkeys(["required", "invalid_choice"], _("Choose a colleague."))
SHORT, LONG = 500, 20_000


def _day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=hint, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day.")),
    )  # fmt: skip


class PlanHandoverForm(ActionForm):
    """Who receives the case, why, and by when."""

    to = forms.ChoiceField(label=_("Who receives the case?"), error_messages=CHOOSE)
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[(one.value, one.label) for one in Handover.Why if one != Handover.Why.CONTRACT],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose why.")),
    )
    due_on = _day(_("By which day?"))
    stays = forms.BooleanField(
        label=_("The owner of now keeps a part in the case"), required=False, help_text=_("Otherwise they cannot open it any more.")
    )

    def __init__(self, *args: Any, receivers: Iterable[tuple[Unit, User]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.receivers = {f"{unit.pk}:{user.pk}": (unit, user) for unit, user in receivers}
        teams: dict[str, list[tuple[str, str]]] = {}
        for key, (unit, user) in self.receivers.items():
            teams.setdefault(unit.name, []).append((key, user.name))
        field: Any = self.fields["to"]
        field.choices = [("", "–"), *teams.items()]

    def details(self) -> dict[str, Any]:
        details = dict(self.cleaned_data)
        unit, user = self.receivers[details.pop("to")]
        return details | {"to_unit": unit, "to_user": user}


class GiveHandoverForm(ActionForm):
    """Somebody else, or another day."""

    to_user = forms.ModelChoiceField(User.objects.none(), label=_("Who receives the case?"), empty_label="–", error_messages=CHOOSE)
    due_on = _day(_("By which day?"))

    def __init__(self, *args: Any, receivers: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to_user"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user in receivers]).order_by("name")


class GiveSetForm(GiveHandoverForm):
    """The same for several cases at once."""

    handovers = forms.ModelMultipleChoiceField(
        Handover.objects.none(), label=_("Which cases?"), error_messages={"required": _("Choose at least one case.")}
    )

    def __init__(self, *args: Any, handovers: Iterable[Handover], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handovers"]
        field.queryset = Handover.objects.filter(pk__in=[one.pk for one in handovers])

    def details(self) -> dict[str, Any]:
        return {**self.cleaned_data, "handovers": sorted(self.cleaned_data["handovers"], key=lambda one: str(one.pk))}


class IntroduceForm(ActionForm):
    """An appointment with the resident for both workers, or why there is none."""

    kind = forms.ChoiceField(label=_("What kind?"), choices=Meeting.Kind.choices, widget=forms.RadioSelect, initial="loket")
    on = _day(_("On which day?"), required=False)
    at = forms.TimeField(
        label=_("At what time?"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as for example 14:30.")},
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=480, initial=USUAL_MINUTES)
    place = forms.CharField(label=_("Where?"), required=False, max_length=200)
    because = forms.CharField(
        label=_("Or: why is there no introduction?"), required=False, max_length=SHORT,
        help_text=_("Only when the resident does not want one, or cannot. Then leave day and time empty."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("on")) != bool(values.get("at")):
            self.add_error("at" if values.get("on") else "on", _("An appointment has a day and a time."))
        return values

    def details(self) -> dict[str, Any]:
        details = dict(self.cleaned_data)
        on, at = details.pop("on"), details.pop("at")
        return details | {"starts_at": timezone.make_aware(datetime.combine(on, at)) if on and at else None}


class CheckHandoverForm(ActionForm):
    """One point of the checklist: seen to, or not needed and why."""

    code = forms.ChoiceField(choices=HandoverCheck.Code.choices, widget=forms.HiddenInput)
    not_needed_because = forms.CharField(label=_("Not needed, because"), required=False, max_length=SHORT)


class HandoverNoteForm(ActionForm):
    text = forms.CharField(
        label=_("What do you want your colleague to know?"), max_length=LONG, widget=forms.Textarea({"rows": 6}),
        help_text=_("For the two of you and who works on this case. It does not go to a desk, and not to the resident."),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class GiveBackForm(ActionForm):
    because = forms.CharField(
        label=_("Why do you give it back?"),
        max_length=SHORT,
        error_messages={"required": _("Say in a few words why you give it back.")},
    )


class AnnounceForm(ActionForm):
    """The last day of a contract, and who comes after each team."""

    ends_on = _day(_("What is the last day of the contract?"), hint=_("Four months before, all cases come on the list."))

    def __init__(self, *args: Any, units: Iterable[Unit], successors: Iterable[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.units, possible = {f"after_{unit.pk}": unit for unit in units}, list(successors)
        for name, unit in self.units.items():
            own = sorted(possible, key=lambda one: (one.wijk_id != unit.wijk_id, one.name))
            self.fields[name] = forms.ModelChoiceField(
                Unit.objects.filter(pk__in=[one.pk for one in own]).select_related("organisation"),
                label=_("Who comes after %(unit)s?") % {"unit": unit}, required=False, empty_label=_("This contract goes on"),
            )  # fmt: skip

    def details(self) -> dict[str, Any]:
        chosen = [(unit, self.cleaned_data[name]) for name, unit in self.units.items() if self.cleaned_data.get(name)]
        key = self.cleaned_data["command_key"]
        return {"command_key": key, "ends_on": self.cleaned_data["ends_on"], "successors": chosen}
