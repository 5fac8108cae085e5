"""The desk answers: with what, on which ground, with which next step; and says how good the question was."""

from datetime import date
from typing import Any, TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice import permissions, terms
from backoffice.models import Clock, Desk, QuestionReview, SpecialistRequest
from backoffice.objections import OBJECTION
from luisterloket.platform.commands import command
from luisterloket.platform.drafts import drop_draft
from luisterloket.platform.exceptions import Refused

from .collecting import answer_pause
from .parts import RefusedAt, begin, desk_at, filled_in, finish

Result = SpecialistRequest.Result

WHY_NOT = gettext_lazy("Write down why it is not possible, in plain language.")
ON_WHICH_GROUND = gettext_lazy("Name the law or the rule on which this is not possible.")
WHAT_NOW = gettext_lazy("Write down what the resident can do now.")
# What each kind of answer needs on top of what every answer needs. A refusal of a part is a refusal.
NEEDS: dict[str, dict[str, Any]] = {
    Result.REFUSED: {"answer": WHY_NOT, "refused_under": ON_WHICH_GROUND, "next_step": WHAT_NOW},
    Result.PARTLY: {"answer": WHY_NOT, "refused_under": ON_WHICH_GROUND, "next_step": WHAT_NOW},
    Result.FORWARDED: {"proposed_desk": gettext_lazy("Choose the desk where this belongs.")},
}
# An advice or a pointer to another desk decides nothing.
CAN_BE_DECISIONS = {Result.GRANTED, Result.PARTLY, Result.REFUSED}


# What an answer sets.
ANSWER = (
    "result", "answer", "next_step", "refused_under", "proposed_desk", "decided_on", "object_how", "object_until", "answered_by",
    "answered_at",
)  # fmt: skip


class Given(TypedDict):
    """What an answer says, as it was typed."""

    result: str
    answer: str
    next_step: str
    refused_under: str


@command
def answer_request(
    *,
    actor: Any,
    request: SpecialistRequest,
    result: str,
    answer: str,
    next_step: str = "",
    refused_under: str = "",
    proposed_desk: Desk | None = None,
    decided_on: date | None = None,
    object_how: str = "",
    paused_until: date | None = None,
) -> SpecialistRequest:
    """The desk answers. A refusal never leaves without its reason, its ground and a next step for the resident.

    `proposed_desk` says where the question belongs when it is not here: nothing goes there, the loket decides that. `decided_on` is
    the day of the letter when this is a decision in the sense of the Awb; until when one may object follows from it.
    `paused_until` is until when who collects waits, when that was asked and is granted. For who answers at the desk. Raises
    `Refused` at the field that is missing or cannot be.
    """
    permissions.check_may_answer(actor, request)
    given: Given = {"result": result, "answer": answer, "next_step": next_step, "refused_under": refused_under}
    check_answer(given, proposed_desk)
    request = begin(actor, request, "answer", result=result, answer=answer)
    answer_pause(actor, request, result, paused_until)
    fill_in_answer(actor, request, given, proposed_desk=proposed_desk, decided_on=decided_on, object_how=object_how)
    request.tell_due_at = terms.due(desk_at(request), request.kind, request.urgency, Clock.TELL, timezone.now()).at
    finish(
        actor,
        request,
        "answer",
        changed=(*ANSWER, "tell_due_at"),
        due_at=request.tell_due_at,
        result=result,
        is_decision=bool(decided_on),
    )
    drop_draft(actor=actor, form=f"answer:{request.pk}")
    return request


def check_answer(given: Given, proposed_desk: Desk | None = None) -> None:
    """Raises `RefusedAt` for what this kind of answer needs: said before what every answer needs, since it tells more."""
    values: dict[str, Any] = {**given, "proposed_desk": proposed_desk or ""}
    for field, message in NEEDS.get(given["result"], {}).items():
        filled_in(field, str(values[field]), message)


def fill_in_answer(
    actor: Any,
    request: SpecialistRequest,
    given: Given,
    *,
    proposed_desk: Desk | None = None,
    decided_on: date | None = None,
    object_how: str = "",
) -> None:
    """Put an answer in the request, of this moment and by `actor`; the caller saves it."""
    if proposed_desk and (given["result"] != Result.FORWARDED or proposed_desk.unit_id == request.desk_unit_id):
        raise RefusedAt("proposed_desk", _("Choose another desk only when the question belongs there."), "own_desk")
    request.result, request.answer = given["result"], given["answer"].strip()
    request.next_step, request.refused_under = given["next_step"].strip(), given["refused_under"].strip()
    request.proposed_desk = proposed_desk
    request.answered_by, request.answered_at = actor, timezone.now()
    request.decided_on, request.object_how, request.object_until = None, "", None
    _decide(request, decided_on, object_how)


def _decide(request: SpecialistRequest, decided_on: date | None, object_how: str) -> None:
    if decided_on is None:
        return
    if request.result not in CAN_BE_DECISIONS:
        raise RefusedAt("decided_on", _("An advice is not a decision: leave the day of the letter empty."), "no_decision")
    if decided_on > timezone.localdate():
        raise RefusedAt("decided_on", _("The letter cannot be of a day to come."), "to_come")
    filled_in("object_how", object_how, _("Write down where and how the resident can object."))
    request.decided_on, request.object_how = decided_on, object_how.strip()
    request.object_until = OBJECTION.last_day(decided_on)


@command
def judge_question(*, actor: Any, request: SpecialistRequest, quality: str, words: str = "") -> QuestionReview:
    """Say how good the question was, to help whoever asked it: only they and who leads the desk read it. Once for a request.

    For who answers at the desk. Nothing counts these per person.
    """
    request = begin(actor, request, "judge", quality=quality)
    if QuestionReview.objects.filter(request=request).exists():
        raise Refused(_("This question has been judged already."), code="state")
    found = QuestionReview(
        request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id,
        to_id=request.asked_by_id, by=actor, quality=quality, words=words.strip(),
    )  # fmt: skip
    found.full_clean(exclude={"request", "unit", "desk_unit", "case", "to", "by"})
    found.put()
    finish(actor, request, "judge")
    return found
