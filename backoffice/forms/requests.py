"""Forms of requests; what they ask is checked again by the action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.forms.intake import IntakeForm
from backoffice.models import Kind, SpecialistRequest, Urgency
from casework.forms.follow_ups import day
from luisterloket.platform.forms import ActionForm


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


class RouteForm(IntakeForm):
    """A question to a desk, and what goes along."""

    title = forms.CharField(
        label=_("In a few words"), max_length=80, help_text=_("Without a name: this stands in the list of the whole desk."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    question = words(
        _("What do you ask?"), rows=5, hint=_("Write the question as the resident asks it. Add what has been tried already.")
    )
    urgency = forms.ChoiceField(label=_("When is an answer needed?"), choices=Urgency.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What kind of request is it?"), choices=Kind.choices, widget=forms.RadioSelect, required=False)
    items = ItemsField(label=_("What goes along"), required=False)
    # Which questions of the desk were on the screen.
    asked_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    knows = forms.BooleanField(label=_("The resident knows that this goes to this desk, and why."), required=False)
    pause_until = day(
        _("Until when do you ask to wait with collecting?"),
        required=False,
        help_text=_("Leave it empty if you ask something else."),
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.ADVICE


class TakeUpForm(ActionForm):
    """One press."""


class AskBackForm(ActionForm):
    text = words(
        _("What do you need to know first?"),
        hint=_("Your own clock stands still until the loket has replied, unless the law sets the term."),
    )


class ReplyForm(ActionForm):
    text = words(_("Your answer to the desk"), hint=_("Write only what the desk needs for this question."))


class TellForm(ActionForm):
    """Told, how, and whether it helps: one line."""

    told_how = forms.ChoiceField(label=_("Told how?"), choices=SpecialistRequest.ToldHow.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("Does it help?"), choices=SpecialistRequest.Outcome.choices, widget=forms.RadioSelect)
    outcome_note = words(_("What did the resident say about it?"), rows=2, required=False, most=1000)


class WithdrawForm(ActionForm):
    reason = forms.ChoiceField(
        label=_("Why do you take it back?"), choices=SpecialistRequest.Withdrawal.choices, widget=forms.RadioSelect
    )


class RewordForm(IntakeForm):
    """The loket's own words, read over after a part of the ground ended."""

    title = forms.CharField(label=_("In a few words"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    question = words(
        _("What do you ask?"), rows=5, hint=_("Take out what tells of what was taken back. What stays is read by the desk.")
    )


class SeenForm(ActionForm):
    """One press."""
