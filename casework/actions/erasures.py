"""Everything that people decide on what is erased: agree, strike out, call back, hold. Erasing itself is a job (decision 0032)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import erasure_permissions as permissions
from casework.models import Case, CaseMember, ErasureBatch, ErasureLine, LegalHold, Resident
from casework.retention_terms import ON_REQUEST
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import erasers_on_request

from .refusals import Missing

Status, Line = ErasureBatch.Status, ErasureLine.Status


@command
def approve_erasure(*, actor: User, batch: ErasureBatch) -> ErasureBatch:
    """Agree to what is in it: once as rights handler, once as coordinator of the wijk, never both by one person.

    When both did, the days begin in which it can be called back.
    """
    permissions.check_may_decide(actor, batch)
    batch = ErasureBatch.locked(batch.pk)
    if batch.status != Status.PROPOSED:
        raise Refused(_("This is not waiting for anybody any more."), code="state")
    if not batch.lines.filter(status=Line.PROPOSED).exists():
        raise Refused(_("Nothing is left in it to agree to. Call it back."), code="nothing")
    if actor.pk in (batch.handler_id, batch.coordinator_id):
        raise Refused(_("You agreed already. Somebody else must agree as well."), code="same_person")
    now = timezone.now()
    if batch.handler_id is None and permissions.handles_in(actor, batch.unit_id):
        batch.handler, batch.handler_at = actor, now
    elif batch.coordinator_id is None and actor.has(Permission.DIVIDE_WORK, unit_id=batch.unit_id):
        batch.coordinator, batch.coordinator_at = actor, now
    else:
        raise Refused(_("Your part is done already. The other of the two must agree as well."), code="same_part")
    if batch.handler_id and batch.coordinator_id:
        batch.move_to(Status.APPROVED)
    batch.save(update_fields=["handler", "handler_at", "coordinator", "coordinator_at", "status"])
    record(actor, "erasure.approved", batch, lines=batch.lines.filter(status=Line.PROPOSED).count())
    return batch


@command
def strike_out(*, actor: User, line: ErasureLine, because: str) -> ErasureLine:
    """Leave one thing out, with why. It is proposed anew after a year."""
    permissions.check_may_decide(actor, line.batch)
    batch = ErasureBatch.locked(line.batch_id)
    line = ErasureLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    if not batch.is_open or line.status != Line.PROPOSED:
        raise Refused(_("This is decided already."), code="state")
    _leave_out([line], actor, _why(because), Line.STRUCK)
    record(actor, "erasure.struck", line)
    _end_when_empty(batch, actor)
    return line


@command
def call_back_erasure(*, actor: User, batch: ErasureBatch, because: str) -> ErasureBatch:
    """Nothing of it is erased after all. For who decides, and for the privacy officer."""
    permissions.check_may_call_back(actor, batch)
    batch = ErasureBatch.locked(batch.pk)
    because = _why(because)
    batch.move_to(Status.CALLED_BACK)
    _leave_out(batch.lines.filter(status=Line.PROPOSED), actor, because, Line.CALLED_BACK)
    batch.called_back_by, batch.called_back_because, batch.ended_at = actor, because, timezone.now()
    batch.save(update_fields=["status", "called_back_by", "called_back_because", "ended_at"])
    record(actor, "erasure.called_back", batch)
    return batch


@command
def call_back_case(*, actor: User, case: Case, because: str) -> Case:
    """Nothing of this case is erased after all. For its owner and for who divides the work of the wijk."""
    permissions.check_may_call_back_case(actor, case)
    because = _why(because)
    # Batches before lines, as everywhere: two at once then wait for each other and do not stand still.
    batches = [
        ErasureBatch.locked(pk)
        for pk in sorted(set(ErasureLine.objects.filter(case=case, status=Line.PROPOSED).values_list("batch_id", flat=True)))
    ]
    lines = list(ErasureLine.objects.select_for_update(no_key=True).filter(case=case, status=Line.PROPOSED))
    if not lines:
        raise Refused(_("Nothing of this case waits to be erased."), code="state")
    _leave_out(lines, actor, because, Line.CALLED_BACK)
    record(actor, "erasure.case_called_back", case, lines=len(lines))
    for batch in batches:
        _end_when_empty(batch, actor)
    return case


def _leave_out(lines: Any, actor: User, because: str, status: Any) -> None:
    for line in lines:
        line.move_to(status)
        line.decided_by, line.decided_at, line.because = actor, timezone.now(), because
        line.save(update_fields=["status", "decided_by", "decided_at", "because"])


def _end_when_empty(batch: ErasureBatch, actor: User) -> None:
    """A batch out of which everything was taken is over."""
    if batch.is_open and not batch.lines.filter(status=Line.PROPOSED).exists():
        batch.move_to(Status.CALLED_BACK)
        batch.called_back_by, batch.ended_at = actor, timezone.now()
        batch.save(update_fields=["status", "called_back_by", "ended_at"])


def _why(because: str) -> str:
    if not because.strip():
        raise Missing(_("Say why: whoever decides after you must be able to judge it."), code="no_reason", field="because")
    return because.strip()


# Holds -----------------------------------------------------------------------------------------------------------


@command
def set_hold(*, actor: User, case: Case, reason: str, review_on: date, resident: Resident | None = None) -> LegalHold:
    """Nothing of this case, or of this one of its people wherever they are, is erased until somebody else lifts it."""
    permissions.check_may_hold(actor, case)
    if not reason.strip():
        raise Missing(_("Say why it is held, and for whom or what."), code="no_reason", field="reason")
    if review_on <= timezone.localdate():
        raise Missing(_("Choose a day to come on which you look whether it is still needed."), code="review", field="review_on")
    if resident is not None and not CaseMember.objects.filter(case=case, resident=resident).exists():
        raise Missing(_("Choose somebody of this case."), code="nobody", field="resident")
    hold = LegalHold(
        case=case, unit_id=case.unit_id, resident=resident, reason=reason.strip(), review_on=review_on, set_by=actor
    ).put()
    record(actor, "hold.set", hold)
    return hold


@command
def look_at_hold_again(*, actor: User, hold: LegalHold, review_on: date) -> LegalHold:
    """It is still needed, until another day."""
    permissions.check_may_lift(actor, hold)
    hold = _in_force(hold)
    if review_on <= timezone.localdate():
        raise Missing(_("Choose a day to come on which you look whether it is still needed."), code="review", field="review_on")
    hold.review_on = review_on
    hold.save(update_fields=["review_on"])
    record(actor, "hold.reviewed", hold)
    return hold


@command
def lift_hold(*, actor: User, hold: LegalHold) -> LegalHold:
    """It is not needed any more. By another than who set it."""
    permissions.check_may_lift(actor, hold)
    hold = _in_force(hold)
    if hold.set_by_id == actor.pk:
        raise Refused(_("You set this hold yourself. Ask the rights handler or the coordinator to lift it."), code="same_person")
    hold.lifted_by, hold.lifted_at = actor, timezone.now()
    hold.save(update_fields=["lifted_by", "lifted_at"])
    record(actor, "hold.lifted", hold)
    return hold


def _in_force(hold: LegalHold) -> LegalHold:
    hold = LegalHold.objects.select_for_update(no_key=True).get(pk=hold.pk)
    if hold.lifted_at is not None:
        raise Refused(_("This hold was lifted already."), code="state")
    return hold


# On request of a resident ----------------------------------------------------------------------------------------


@erasers_on_request.register(order=10)
def erase_on_request(actor: User, request: Any, residents: Collection[UUID]) -> None:
    """Propose what a resident asked to erase, in all their cases; two people agree as always. `request` is their rights request.

    What is about others of a household stays, and so do payments, for as long as the law wants. Raises `Refused` when a case is not
    ended yet.
    """
    propose_on_request(actor=actor, request=request, residents=list(residents))


@command
def propose_on_request(*, actor: User, request: Any, residents: list[UUID]) -> ErasureBatch | None:
    """As `erase_on_request`, for the rights handler. The first batch, when there is something that was not proposed already.

    Of several wijken each has its own batch; all carry the id of the request.
    """
    if not actor.has(Permission.HANDLE_RIGHTS):
        raise NotAllowed(_("The rights handler may do this."))
    received = getattr(request, "received_on", None) or timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT erasure_open_cases(%s::uuid[])", [residents])
        (still_open,) = cursor.fetchone()
        if still_open:
            raise Refused(_("A case of this person is still open. Ask its owner to end it first."), code="open")
        cursor.execute(
            "SELECT propose_on_request(%s::uuid[], %s, %s, (%s::date + %s * interval '1 month')::date, %s)",
            [residents, request.pk, ON_REQUEST.source, received, ON_REQUEST.months, settings.ERASURE_CALL_BACK_DAYS],
        )
        made = [pk for (pk,) in cursor.fetchall()]
    if not made:
        return None
    batch = ErasureBatch.objects.get(pk=made[0])
    record(actor, "erasure.asked", batch, lines=len(made))
    emit("erasure.proposed", batch)
    return batch
