"""What the loket does with a request that is under way: reply to the desk, tell the resident, ask whether it worked."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from backoffice import terms
from backoffice.desk_permissions import check_may_keep_desk
from backoffice.models import Clock, Desk, SpecialistRequest
from luisterloket.convenant.sharing import check_may_be_shared
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.wijken.calendar import AMSTERDAM, last_day_of_term

from .parts import begin, close_for_desk, desk_at, finish, say


@command
def reply_to_desk(*, actor: Any, request: SpecialistRequest, text: str) -> SpecialistRequest:
    """The loket answers the question back; the desk's clock goes on with what it had left."""
    request = begin(actor, request, "reply", text=text)
    check_may_be_shared(request.subjects, request.purpose_id)
    # A term of the law did not stand still for this question; what stopped that one is a pause, which goes on.
    if not terms.by_law(request):
        terms.go_on(request, desk_at(request), timezone.now())
    say(actor, request, text, from_desk=False)
    finish(actor, request, "reply", due_at=request.answer_due_at)
    return request


@command
def tell_resident(
    *, actor: Any, request: SpecialistRequest, told_how: str, outcome: str, outcome_note: str = ""
) -> SpecialistRequest:
    """Told, how, and whether it helps: one line that closes the request, and closes what went along for the desk.

    Some weeks later, as many as the desk says, whoever asked is reminded to ask whether it worked.
    """
    request = begin(actor, request, "tell", told_how=told_how, outcome=outcome)
    request.told_how, request.outcome, request.outcome_note = told_how, outcome, outcome_note.strip()
    request.closed_at = timezone.now()
    changed = ("told_how", "outcome", "outcome_note", "closed_at")
    finish(actor, request, "tell", changed=changed, due_at=outcome_due(request), how=told_how, outcome=outcome)
    keep_only_answer(request)
    return request


@command
def check_outcome(*, actor: Any, request: SpecialistRequest, worked: str, worked_note: str = "") -> SpecialistRequest:
    """Some weeks after it was told: whether it worked. That ends the last clock of the request; it can be done once.

    For who works on the case. The desk is shown what came of its answer, and not what the resident said about it.
    """
    request = begin(actor, request, "check_outcome", worked=worked)
    if request.clock != Clock.OUTCOME:
        raise Refused(_("It was noted already whether this worked."), code="state")
    request.worked, request.worked_note, request.worked_at = worked, worked_note.strip(), timezone.now()
    finish(actor, request, "check_outcome", changed=("worked", "worked_note", "worked_at"), worked=worked)
    return request


@command
def set_outcome_weeks(*, actor: Any, desk: Desk, weeks: int) -> Desk:
    """After how many weeks one asks whether an answer of this desk worked; for what is told from now on. For who leads the desk."""
    check_may_keep_desk(actor, desk)
    desk = Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    before, desk.outcome_weeks = desk.outcome_weeks, weeks
    desk.clean_fields(exclude={field.name for field in desk._meta.fields} - {"outcome_weeks"})
    desk.save(update_fields=["outcome_weeks"])
    record(actor, "desk.outcome_weeks", desk, before=before, after=weeks)
    return desk


def outcome_due(request: SpecialistRequest) -> datetime:
    """The end of the day on which to ask at the latest whether it worked: a working day, so many weeks after this moment."""
    day = timezone.localdate() + timedelta(weeks=desk_at(request).outcome_weeks)
    return datetime.combine(last_day_of_term(day), time(23, 59), AMSTERDAM)


def keep_only_answer(request: SpecialistRequest) -> None:
    """Of a request that ended the desk keeps the question, its own answer and the ground, and nothing of the resident."""
    close_for_desk(request)
    assign_perm("backoffice.keep_answer", request.desk_unit.group, request)
