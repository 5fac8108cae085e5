"""Forms of requests; what they ask is checked again by the action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.models import SpecialistRequest, Urgency
from casework.forms.follow_ups import day
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

Result = SpecialistRequest.Result


def words(label: Any, *, rows: int = 4, hint: Any = "", required: bool = True, most: int = 5000) -> forms.CharField:
    """A box for a text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.Textarea({"rows": rows, "class": f"textarea--{min(rows, 4)}"}),
    )


class ItemsField(forms.MultipleChoiceField):
    """The keys of what goes along. The action checks them against the convenant; here they are only carried."""

    def valid_value(self, value: Any) -> bool:
        return True


class RouteForm(ActionForm):
    """A question to a desk, and what goes along."""

    title = forms.CharField(
        label=_("In a few words"), max_length=80, help_text=_("Without a name: this stands in the list of the whole desk."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    question = words(
        _("What do you ask?"), rows=5, hint=_("Write the question as the resident asks it. Add what has been tried already.")
    )
    urgency = forms.ChoiceField(label=_("When is an answer needed?"), choices=Urgency.choices, widget=forms.RadioSelect)
    items = ItemsField(label=_("What goes along"), required=False)
    knows = forms.BooleanField(label=_("The resident knows that this goes to this desk, and why."), required=False)
    pause_until = day(
        _("Until when do you ask to wait with collecting?"),
        required=False,
        help_text=_("Leave it empty if you ask something else."),
    )


class TakeUpForm(ActionForm):
    """One press."""


class AskBackForm(ActionForm):
    text = words(_("What do you need to know first?"), hint=_("Your own clock stands still until the loket has replied."))


class ReplyForm(ActionForm):
    text = words(_("Your answer to the desk"), hint=_("Write only what the desk needs for this question."))


class AnswerForm(ActionForm):
    """The desk's answer; a refusal asks for a next step, which the action guards."""

    result = forms.ChoiceField(
        label=_("What will it be?"),
        widget=forms.RadioSelect,
        choices=[
            (Result.GRANTED, Choice(Result.GRANTED.label, hint=_("The help is arranged"))),
            (Result.PARTLY, Choice(Result.PARTLY.label, hint=_("A part is possible, a part is not"))),
            (Result.ADVICE, Choice(Result.ADVICE.label, hint=_("The loket can go on with this"))),
            (Result.REFUSED, Choice(Result.REFUSED.label, hint=_("With a reason and a next step"))),
        ],
    )
    answer = words(_("Your answer, with the reason"), hint=_("In plain language. It is read out to the resident."))
    next_step = words(_("What can the resident do now?"), hint=_("A refusal never leaves without a next step."), required=False)
    paused_until = day(_("Until when do you wait with collecting?"), required=False, help_text=_("Only when you grant it."))


class TellForm(ActionForm):
    """Told, how, and whether it helps: one line."""

    told_how = forms.ChoiceField(label=_("Told how?"), choices=SpecialistRequest.ToldHow.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("Does it help?"), choices=SpecialistRequest.Outcome.choices, widget=forms.RadioSelect)
    outcome_note = words(_("What did the resident say about it?"), rows=2, required=False, most=1000)


class WithdrawForm(ActionForm):
    reason = forms.ChoiceField(
        label=_("Why do you take it back?"), choices=SpecialistRequest.Withdrawal.choices, widget=forms.RadioSelect
    )


class RewordForm(ActionForm):
    """The loket's own words, read over after a part of the ground ended."""

    title = forms.CharField(label=_("In a few words"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    question = words(
        _("What do you ask?"), rows=5, hint=_("Take out what tells of what was taken back. What stays is read by the desk.")
    )


class SeenForm(ActionForm):
    """One press."""
