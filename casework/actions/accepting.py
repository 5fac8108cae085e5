"""The receiver takes a case over: from one owner to the next in one step, and into another unit with everything that is of it."""

from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import handover_permissions as permissions
from casework.handovers import still_open
from casework.models import Case, CaseGuard, Handover, Involvement, Meeting
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import holds_back, moves_along

from .cases import touch
from .handovers import held_open

Status = Handover.Status


@command
def accept_handover(*, actor: User, handover: Handover) -> Handover:
    """The receiver is the owner from now on. What named the old one as doer goes along; into another unit the whole case does.

    Raises `Refused` before the introduction, while something of the checklist is open, and while something holds the case back.
    """
    # As it is now: it may have been given to somebody else since the page was made.
    permissions.check_may_receive(actor, Handover.objects.filter(pk=handover.pk).first() or handover)
    _may_have(actor, handover)
    case = Case.locked(handover.case_id)
    handover = held_open(handover)
    permissions.check_may_receive(actor, handover)
    _was_introduced(handover)
    left = still_open(handover, actor)
    if left:
        raise Refused(
            _("Still open on the list: %(what)s.") % {"what": ", ".join(str(one.label) for one in left)}, code="checklist"
        )
    moves = handover.to_unit_id != case.unit_id
    reasons = [reason for tell in holds_back for reason in tell(case)] if moves else []
    if reasons:
        raise Refused(" ".join(map(str, reasons)), code="held_back")
    before = case.owner
    if before != actor:
        _own(case, before, actor, stays=handover.stays)
    for gone in {before.pk: before, **(_stay_behind(case, handover, before) if moves else {})}.values():
        if gone != actor:
            for move in moves_along:
                move(actor, case, gone, actor)
    handover.from_user = before if before != actor else handover.from_user
    handover.move_to(Status.DONE)
    handover.ended_at, handover.ended_by = timezone.now(), actor
    handover.save()
    if moves:
        with connection.cursor() as cursor:
            cursor.execute("SELECT move_case(%s)", [handover.pk])
        handover.unit_id = case.unit_id = handover.to_unit_id
    record(actor, "handover.done", handover, user=str(before.pk), moved=moves)
    emit("handover.done", handover)
    touch(case)
    return handover


def _may_have(actor: User, handover: Handover) -> None:
    if permissions.is_closed(actor, handover.case_id):
        raise Refused(_("This case is kept for named people, or %(who)s is kept out of it.") % {"who": actor}, code="closed")


def _was_introduced(handover: Handover) -> None:
    meeting = handover.meeting
    held = meeting is not None and meeting.ended == Meeting.Ended.HELD
    if handover.status != Status.INTRODUCED or not (held or handover.no_meeting_because):
        raise Refused(
            _("First the introduction: arrange it, and say at the appointment that it took place. Or say why there was none."),
            code="introduction",
        )


def _own(case: Case, before: User, after: User, *, stays: bool) -> None:
    parts = Involvement.objects.in_force().filter(case=case)
    parts.filter(kind=Involvement.Kind.OWNER).update(until=timezone.now())
    parts.filter(user=after).update(until=timezone.now())
    Involvement.objects.create(case=case, user=after, unit_id=case.unit_id, kind=Involvement.Kind.OWNER)
    if stays and permissions.can_act(before) and not parts.filter(user=before).exists():
        Involvement.objects.create(case=case, user=before, unit_id=case.unit_id, kind=Involvement.Kind.CO_WORKER)
    else:
        CaseGuard.objects.filter(case=case, user=before, kind=CaseGuard.Kind.NAMED).exclude(user=after).delete()
    case.owner = after
    case.save(update_fields=["owner"])


def _stay_behind(case: Case, handover: Handover, before: User) -> dict[Any, User]:
    """Colleagues of the old team have no part any more, unless they are the old owner who stays.

    Who they are: what one of them had to do there goes along too.
    """
    there = User.objects.holding(Permission.LISTEN, unit_id=handover.to_unit_id).values("pk")
    team = User.objects.filter(appointments__unit=handover.from_unit_id, appointments__role__in=["wijkwerker", "coordinator"])
    old_team = team.exclude(pk__in=there).exclude(pk=before.pk if handover.stays else None).values("pk")
    Involvement.objects.in_force().filter(case=case, user__in=old_team).update(until=timezone.now())
    CaseGuard.objects.filter(case=case, kind=CaseGuard.Kind.NAMED, user__in=old_team).delete()
    return {user.pk: user for user in User.objects.filter(pk__in=old_team)}
