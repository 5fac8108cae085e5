"""Forms about what stands still."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.models import Stall
from backoffice.stall_kinds import Kind, Measure, Patience
from luisterloket.platform.forms import ActionForm


class SnoozeForm(ActionForm):
    """Put off until a day, and why."""

    until = forms.DateField(label=_("Until which day?"), widget=forms.DateInput({"type": "date"}))
    reason = forms.ChoiceField(label=_("Why can it wait?"), choices=Stall.Snooze.choices, widget=forms.RadioSelect)


class AskForm(ActionForm):
    """One of a few sentences to who leads the desk and the team."""

    what = forms.ChoiceField(label=_("What do you ask?"), choices=Stall.Asked.choices, widget=forms.RadioSelect)


class RuleForm(ActionForm):
    """How patient with one kind of turn."""

    measure = forms.ChoiceField(label=_("Counted in"), choices=Measure.choices, widget=forms.RadioSelect)
    grace = forms.IntegerField(label=_("Reminder to whose turn it is, so long after the due moment"), min_value=0, max_value=240)
    lead = forms.IntegerField(label=_("To the desk lead, so long after the due moment"), min_value=1, max_value=240)
    coordinator = forms.IntegerField(label=_("To the team coordinator, so long after the due moment"), min_value=1, max_value=240)
    wethouder = forms.IntegerField(label=_("To the wijkwethouder, so long after the due moment"), min_value=2, max_value=240)
    snooze_days = forms.IntegerField(label=_("Can be put off for at most so many days at once"), min_value=1, max_value=60)

    def __init__(self, *args: Any, kind: Kind, patience: Patience, **kwargs: Any):
        super().__init__(*args, initial=asdict(patience), **kwargs)
        if not kind.at_desk:
            # In a team the coordinator is who leads.
            del self.fields["lead"]

    def details(self) -> dict[str, Any]:
        known = dict(self.cleaned_data)
        key = known.pop("command_key")
        known.setdefault("lead", known["coordinator"])
        return {"patience": Patience(**known), "command_key": key}
