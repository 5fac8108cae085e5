"""Contesting an answer, looking at it again, and deciding on what was put before the wijkwethouder."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.models import Escalation, SpecialistRequest
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

from .answers import RESULTS, AnswerForm
from .requests import words

Status = Escalation.Status


class ContestForm(ActionForm):
    why = words(
        _("Why does the resident not leave it at this?"),
        hint=_("What the desk did not see, or what has changed. The desk reads this."),
    )  # fmt: skip


class ReconsiderForm(AnswerForm):
    """The same as an answer, but it always decides: it cannot belong elsewhere."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["proposed_desk"]
        decides = [one for one in RESULTS if one[0] != SpecialistRequest.Result.FORWARDED]
        self.fields["result"] = forms.ChoiceField(label=_("What will it be?"), widget=forms.RadioSelect, choices=decides)


class TakeContestBackForm(ActionForm):
    """One press."""


class EscalateForm(ActionForm):
    dilemma = words(
        _("What do you put before the wijkwethouder?"),
        hint=_("What stands in the way, and what it would take. Write it without a name."),
    )  # fmt: skip


class DecideForm(ActionForm):
    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[
            (Status.LOOK_AGAIN, Choice(Status.LOOK_AGAIN.label, hint=_("By someone who did not decide on it before"))),
            (Status.WIJK, Choice(Status.WIJK.label, hint=_("Such as with maatwerk from the budget of the wijk"))),
            (Status.STAYS, Choice(Status.STAYS.label, hint=_("With why, for the resident"))),
        ],
    )
    words = words(_("Why, and what happens now?"), hint=_("In plain language. The loket tells it to the resident."))
