"""What happens when an answer is contested: the desk looks again, and after that the wijkwethouder is asked (decision 44)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from backoffice import intake, permissions, sharing, terms
from backoffice.contests import not_to_contest, not_to_escalate
from backoffice.models import Clock, Contest, Desk, Escalation, Kind, RequestItem, SpecialistRequest, Urgency
from casework.actions import refuse_when_ended
from casework.consents import hold_ground
from casework.disclosures import scope_with_others
from casework.models import Case
from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.convenant.review import refuse_when_review_is_overdue
from luisterloket.convenant.sharing import check_may_be_shared
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .answers import ANSWER, Given, check_answer, fill_in_answer
from .collecting import answer_pause
from .parts import RefusedAt, begin, desk_at, filled_in, finish
from .sending import names_someone


@command
def contest_answer(*, actor: Any, request: SpecialistRequest, why: str) -> SpecialistRequest:
    """Ask the desk to look again at its answer, by someone else than who gave it. What went along opens again for the desk, as far
    as the convenant and the resident let it today. For who works on the case.

    Raises `Refused` when nobody else works at the desk, when it was contested before and the wijkwethouder did not send it back,
    and for all that keeps a request from being sent.
    """
    hold_ground(request.case_id)
    request = begin(actor, request, "contest", why=why)
    case = Case.objects.get(pk=request.case_id)
    refuse_when_ended(case)
    refuse_when_review_is_overdue()
    check_may_be_shared(request.subjects, request.purpose_id)
    if reason := not_to_contest(request):
        raise Refused(str(reason), code="contested")
    contest = Contest(
        request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id, by=actor,
        why=why.strip(), answered_by=request.answered_by,
    ).put()  # fmt: skip
    request.assigned_to = None
    open_for_desk(request, case)
    due_at = terms.due(desk_at(request), request.kind, request.urgency, Clock.RECONSIDER, timezone.now()).at
    finish(actor, request, "contest", changed=("assigned_to", "words_closed_at"), due_at=due_at, contest=str(contest.pk))
    return request


@command
def reconsider_answer(
    *,
    actor: Any,
    request: SpecialistRequest,
    result: str,
    answer: str,
    next_step: str = "",
    refused_under: str = "",
    decided_on: date | None = None,
    object_how: str = "",
    paused_until: date | None = None,
) -> SpecialistRequest:
    """Answer anew what was contested: the same with a better reason, or something else. By the desk lead, or when the lead answered
    first by a colleague; never by who decided on it before. What was answered first is kept with the contest.
    """
    permissions.check_may_reconsider(actor, request)
    if result == SpecialistRequest.Result.FORWARDED:
        raise RefusedAt("result", _("Who looks again decides. Choose what it will be."), "forwarded")
    given: Given = {"result": result, "answer": answer, "next_step": next_step, "refused_under": refused_under}
    check_answer(given)
    request = begin(actor, request, "reconsider", result=result, answer=answer)
    contest = Contest.objects.select_for_update(no_key=True).get(request=request, status=Contest.Status.ASKED)
    contest.result, contest.answer, contest.next_step = request.result, request.answer, request.next_step
    contest.answered_at, contest.decided_by, contest.decided_at = request.answered_at, actor, timezone.now()
    contest.move_to(Contest.Status.STAYS if result == request.result else Contest.Status.CHANGED)
    contest.save(update_fields=["result", "answer", "next_step", "answered_at", "decided_by", "decided_at", "status"])
    answer_pause(actor, request, result, paused_until)
    fill_in_answer(actor, request, given, decided_on=decided_on, object_how=object_how)
    due_at = _tell_by(request.desk_unit_id, request.kind, request.urgency)
    finish(actor, request, "reconsider", changed=ANSWER, due_at=due_at, result=result, stays=contest.status)
    return request


@command
def take_contest_back(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """The resident leaves it at the answer that was given; what is left is to tell them so. For who works on the case."""
    request = begin(actor, request, "take_contest_back")
    contest = Contest.objects.select_for_update(no_key=True).get(request=request, status=Contest.Status.ASKED)
    contest.move_to(Contest.Status.TAKEN_BACK)
    contest.save(update_fields=["status"])
    finish(actor, request, "take_contest_back", due_at=_tell_by(request.desk_unit_id, request.kind, request.urgency))
    return request


@command
def escalate(*, actor: Any, request: SpecialistRequest, dilemma: str) -> SpecialistRequest:
    """Put an answer that stayed before the wijkwethouder, in words that name nobody. For who works on the case.

    Raises `Refused` before the desk looked again (unless nobody else works there), and `RefusedAt` for words with a name.
    """
    request = begin(actor, request, "escalate", dilemma=dilemma)
    if reason := not_to_escalate(request):
        raise Refused(str(reason), code="not_contested")
    case = Case.objects.get(pk=request.case_id)
    names = _names_in(actor, case)
    if names_someone(dilemma, names):
        message = _("Leave the name out: the wijkwethouder decides without knowing who it is.")
        raise RefusedAt("dilemma", message, "name")
    due_at = terms.due(desk_at(request), request.kind, request.urgency, Clock.ESCALATE, timezone.now()).at
    # The desk wrote it for the loket: with a name in it, it stays there.
    rule = "" if names_someone(request.refused_under, names) else request.refused_under
    escalation = Escalation(
        request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id, by=actor,
        due_at=due_at, kind=request.kind, dilemma=dilemma.strip(), result=request.result, rule=rule,
    ).put()  # fmt: skip
    finish(actor, request, "escalate", due_at=due_at)
    emit("escalation.asked", escalation)
    return request


@command
def decide_escalation(*, actor: Any, escalation: Escalation, outcome: str, words: str) -> Escalation:
    """The wijkwethouder of that wijk decides, without seeing who it is about: the answer stands, the desk must look again, or the
    wijk solves it itself. The loket tells the resident; sending it back to the desk stays with the loket, which alone may share.
    """
    permissions.check_may_decide_escalation(actor, escalation)
    escalation = Escalation.locked(escalation.pk)
    if outcome not in Escalation.DECISIONS:
        raise Refused(_("Choose what you decide."), code="outcome")
    filled_in("words", words, _("Write down why, and what happens now."))
    escalation.move_to(outcome)
    escalation.words, escalation.decided_by, escalation.decided_at = words.strip(), actor, timezone.now()
    escalation.save(update_fields=["status", "words", "decided_by", "decided_at"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT request_after_escalation(%s, %s)", [escalation.pk, _tell_by(escalation.desk_unit_id, escalation.kind)]
        )
    record(actor, "escalation.decided", escalation, outcome=outcome)
    emit("escalation.decided", escalation)
    return escalation


def open_for_desk(request: SpecialistRequest, case: Case) -> None:
    """What went along opens again, as far as the convenant in force gives it to this desk and the residents do not close it."""
    assign_perm("backoffice.open_request", request.desk_unit.group, request)
    allowed = sharing.desk_may_see(desk_at(request), case)
    opened = sharing.open_items(request, allowed, request.purpose_id)
    RequestItem.objects.filter(pk__in=[item.pk for item in opened]).update(open_to_desk=True)
    # What was written back and forth stays closed: why it is contested says what is new. And when something may not open any more,
    # the loket's own words may tell of it: it reads them over first.
    if len(opened) < RequestItem.objects.filter(request=request).count() or intake.may_not_open(request, case):
        request.words_closed_at = timezone.now()


def _names_in(actor: Any, case: Case) -> list[Item]:
    """The names of everyone in the case, as far as this person may see them."""
    ground = Ground("involvement", case.pk)
    seen = disclose(scope_with_others(case, actor), to=actor, purpose="listening", ground=ground, what="request", only={"identity"})
    return seen.of("name")


def _tell_by(desk_unit_id: UUID, kind: str = Kind.ADVICE, urgency: str = Urgency.NORMAL) -> datetime:
    """Until when the loket tells the resident what was decided."""
    return terms.due(Desk.objects.get(unit_id=desk_unit_id), kind, urgency, Clock.TELL, timezone.now()).at
