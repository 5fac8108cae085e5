"""What the desk answers and says of the question, and what came of it; the actions check all of it again."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.models import Desk, QuestionReview, SpecialistRequest
from casework.forms.follow_ups import day
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

from .requests import words

Result = SpecialistRequest.Result

RESULTS = [
    (Result.GRANTED, Choice(Result.GRANTED.label, hint=_("The help is arranged"))),
    (Result.PARTLY, Choice(Result.PARTLY.label, hint=_("A part is possible, a part is not"))),
    (Result.ADVICE, Choice(Result.ADVICE.label, hint=_("The loket can go on with this"))),
    (Result.REFUSED, Choice(Result.REFUSED.label, hint=_("With a reason, a ground and a next step"))),
    (Result.FORWARDED, Choice(Result.FORWARDED.label, hint=_("The loket decides whether it goes there, and with what"))),
]


class AnswerForm(ActionForm):
    """The desk's answer. What a kind of answer asks on top of the rest, such as the ground of a refusal, the action guards."""

    result = forms.ChoiceField(
        label=_("What will it be?"),
        widget=forms.RadioSelect,
        choices=RESULTS,
    )
    answer = words(_("Your answer, with the reason"), hint=_("In plain language. It is read out to the resident."))
    next_step = words(
        _("What can the resident do now?"), hint=_("A refusal, also of a part, never leaves without a next step."), required=False
    )
    paused_until = day(_("Until when do you wait with collecting?"), required=False, help_text=_("Only when you grant it."))
    refused_under = words(
        _("On which law or rule is it refused?"),
        rows=2, required=False, most=500, hint=_("Only when you refuse it or a part of it: name the article or the policy rule."),
    )  # fmt: skip
    proposed_desk = forms.ModelChoiceField(
        Desk.objects.none(), label=_("Where does it belong?"), required=False, empty_label=_("Choose a desk"),
        help_text=_("Only when it belongs at another desk. Nothing goes there by itself."),
    )  # fmt: skip
    decided_on = forms.DateField(
        label=_("Day of the letter"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only when this answer is a decision by letter (beschikking)."),
    )  # fmt: skip
    object_how = words(
        _("Where and how can the resident object?"), rows=2, required=False, most=500,
        hint=_("As it stands in the letter. Until when follows from the day of the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, desk_unit: UUID, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["proposed_desk"].queryset = (  # type: ignore[attr-defined]
            Desk.objects.exclude(unit_id=desk_unit).select_related("unit")
        )


class JudgeForm(ActionForm):
    """How the question was, for whoever asked it."""

    quality = forms.ChoiceField(
        label=_("How was the question?"), choices=QuestionReview.Quality.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    words = words(_("What would help next time?"), rows=2, required=False, most=1000)


class OutcomeWeeksForm(ActionForm):
    """When one asks whether an answer of the desk worked."""

    weeks = forms.IntegerField(
        label=_("After how many weeks does one ask?"), min_value=1, max_value=52,
        help_text=_("Counted from the day on which the resident was told. It counts for what is told from now on."),
    )  # fmt: skip


class CheckOutcomeForm(ActionForm):
    """Whether it worked: one line."""

    worked = forms.ChoiceField(label=_("Did it work?"), choices=SpecialistRequest.Worked.choices, widget=forms.RadioSelect)
    worked_note = words(_("What does the resident say about it?"), rows=2, required=False, most=1000)
