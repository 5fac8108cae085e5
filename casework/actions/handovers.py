"""Everything that changes the handover of a case, until it is with its new owner."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import handover_permissions as permissions
from casework.models import Case, CaseGuard, Handover, HandoverCheck, HandoverNote, Involvement
from casework.permissions import check_may_guard
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .appointments import give_meetings, plan_meeting
from .cases import touch
from .refusals import ChangedMeanwhile, Missing

Status = Handover.Status


@command
def plan_handover(
    *, actor: User, case: Case, to_user: User, to_unit: Unit, why: str, due_on: date, stays: bool = False
) -> Handover:
    """The case goes to somebody else, by a day. They see that it comes; of the resident nothing until the introduction.

    Raises `Refused` when a handover is open already, and `Missing` for who does not work there, or is kept out of the case.
    """
    permissions.check_may_plan(actor, case.pk)
    case = Case.locked(case.pk)
    if Handover.objects.open().filter(case=case).exists():
        raise Refused(_("This case is being handed over already. Reload the page to see to whom."), code="open")
    handover = Handover(
        case=case, unit_id=case.unit_id, from_unit_id=case.unit_id, to_unit=to_unit, from_user=case.owner, why=why, asked_by=actor,
        due_on=due_on, stays=stays,
    )  # fmt: skip
    _to_come(due_on)
    _choose(actor, handover, to_user)
    handover.put()
    record(actor, "handover.planned", handover, user=str(to_user.pk), why=why)
    emit("handover.planned", handover)
    touch(case)
    return handover


@command
def give_handover(*, actor: User, handover: Handover, to_user: User, due_on: date) -> Handover:
    """Somebody else receives it, or by another day. What the one before got because of it is taken back."""
    permissions.check_may_give(actor, handover)
    handover = held_open(handover)
    # The resident may have met somebody since.
    permissions.check_may_give(actor, handover)
    _to_come(due_on)
    if to_user.pk != handover.to_user_id:
        _take_back(actor, handover)
        _choose(actor, handover, to_user)
        if handover.status == Status.INTRODUCED:
            handover.move_to(Status.PLANNED)
        handover.meeting, handover.no_meeting_because, handover.given_back_because = None, "", ""
    handover.due_on = due_on
    handover.save()
    record(actor, "handover.planned", handover, user=str(to_user.pk), why=handover.why)
    emit("handover.planned", handover)
    return handover


@command
def introduce_handover(
    *, actor: User, handover: Handover, starts_at: datetime | None = None, kind: str = "", because: str = "", **more: Any
) -> Handover:
    """An appointment with the resident for both workers, or why the resident did not want one. From now on the receiver works on
    the case. Raises `Missing` when there is neither, or nobody to introduce.
    """
    permissions.check_may_plan(actor, handover.case_id)
    handover = held_open(handover)
    if handover.to_user is None:
        raise Refused(_("First choose who receives the case."), code="nobody")
    if not starts_at and not because.strip():
        raise Missing(_("Choose a day and a time, or say why there is no introduction."), code="neither", field="because")
    _let_in(handover, handover.to_user)
    if starts_at:
        # Who introduces goes along when they still can; a colleague who left cannot.
        along = handover.case.owner if permissions.can_act(handover.case.owner) else None
        told = {"alone_because": "" if along else _("The worker before is not here any more.")} | more
        handover.meeting = plan_meeting(
            actor=actor, case=handover.case, kind=kind, starts_at=starts_at, who=handover.to_user, along=along, **told
        )
        handover.no_meeting_because = ""
    else:
        handover.meeting, handover.no_meeting_because = None, because.strip()
    if handover.status == Status.PLANNED:
        handover.move_to(Status.INTRODUCED)
    handover.save()
    record(actor, "handover.introduced", handover, user=str(handover.to_user_id))
    emit("handover.introduced", handover)
    touch(handover.case)
    return handover


@command
def check_handover(*, actor: User, handover: Handover, code: str, not_needed_because: str = "") -> HandoverCheck:
    """One point of the checklist is seen to, or not needed. Saying it again replaces who said it and why."""
    permissions.check_may_write(actor, handover)
    handover = held_open(handover)
    if code not in HandoverCheck.Code.values:
        raise Refused(_("This is not on the list."), code="code")
    HandoverCheck.objects.filter(handover=handover, code=code).delete()
    check = HandoverCheck(
        handover=handover, case_id=handover.case_id, unit_id=handover.unit_id, code=code, done_by=actor,
        not_needed_because=not_needed_because.strip(),
    ).put()  # fmt: skip
    record(actor, "handover.checked", handover, code=code, needed=not check.not_needed_because)
    return check


@command
def write_handover_note(*, actor: User, handover: Handover, text: str, revision: int) -> HandoverNote:
    """What one worker tells the other. Raises `ChangedMeanwhile` when somebody wrote in between."""
    permissions.check_may_write(actor, handover)
    handover = held_open(handover)
    note = HandoverNote.objects.select_for_update(no_key=True).filter(handover=handover).first()
    if (note.revision if note else 0) != revision:
        raise ChangedMeanwhile(note)
    if note is None:
        note = HandoverNote(
            handover=handover, case_id=handover.case_id, unit_id=handover.unit_id, by=actor, text=text.strip()
        ).put()
    else:
        note.text, note.by, note.revision, note.changed_at = text.strip(), actor, revision + 1, timezone.now()
        note.save()
    record(actor, "handover.noted", handover)
    return note


@command
def give_back_handover(*, actor: User, handover: Handover, because: str) -> Handover:
    """The receiver cannot take it. It stays with its owner, who is told, until somebody else is chosen."""
    handover = held_open(handover)
    permissions.check_may_receive(actor, handover)
    if not because.strip():
        raise Missing(_("Say in a few words why you give it back."), code="no_reason", field="because")
    if handover.status == Status.INTRODUCED:
        handover.move_to(Status.PLANNED)
    _without(handover, actor, handover.gave_part, False)
    handover.meeting, handover.no_meeting_because, handover.given_back_because = None, "", because.strip()
    named, handover.to_user, handover.gave_part, handover.gave_name = handover.gave_name, None, False, False
    handover.save()
    record(actor, "handover.given_back", handover, user=str(handover.from_user_id))
    emit("handover.given_back", handover)
    if named:
        # Last of all: after this they see nothing of the case.
        CaseGuard.objects.filter(case_id=handover.case_id, user=actor, kind=CaseGuard.Kind.NAMED).delete()
    return handover


@command
def call_off_handover(*, actor: User, handover: Handover) -> Handover:
    """It does not go on. A case of which the contract ends must go to someone, so that one is given to another instead."""
    permissions.check_may_plan(actor, handover.case_id)
    handover = held_open(handover)
    if handover.part_of is not None and handover.part_of.is_open:
        raise Refused(_("The contract ends, so this case must go to someone. Choose somebody else."), code="contract")
    _call_off(actor, handover)
    return handover


def drop_open_handover(actor: User, case: Case) -> None:
    """The case was ended, so nobody needs to be introduced; of a contract that ends it goes along when that is settled."""
    for handover in Handover.objects.open().filter(case=case):
        _call_off(actor, held_open(handover))


def _call_off(actor: User, handover: Handover) -> None:
    receiver, gave_part, gave_name = handover.to_user, handover.gave_part, handover.gave_name
    handover.gave_part = handover.gave_name = False
    handover.move_to(Status.CALLED_OFF)
    handover.ended_at, handover.ended_by = timezone.now(), actor
    handover.save()
    record(actor, "handover.called_off", handover)
    emit("handover.called_off", handover)
    if gave_name:
        record(actor, "case.person_unnamed", handover.case, user=str(handover.to_user_id))
    if receiver is not None:
        # Last of all: the receiver may be who does this.
        _without(handover, receiver, gave_part, gave_name)


def held_open(handover: Handover) -> Handover:
    """The row as it is now. Raises `Refused` when it was done or called off meanwhile."""
    handover = (
        Handover.objects.select_for_update(no_key=True, of=("self",))
        .select_related("to_user", "from_user", "part_of")
        .get(pk=handover.pk)
    )
    if not handover.is_open:
        raise Refused(_("This handover is over. Someone may have been before you."), code="over")
    return handover


def _to_come(day: date) -> None:
    if day < timezone.localdate():
        raise Missing(_("This day has passed. Choose one that is to come."), code="past", field="due_on")


def _choose(actor: User, handover: Handover, to_user: User) -> None:
    """Who receives it: works in that unit now, is not the owner, and is not kept out. A protected case names them."""
    # The row of the case is behind the wall for the team that takes over.
    owner = Case.objects.filter(pk=handover.case_id).values_list("owner_id", flat=True).first() or handover.from_user_id
    if to_user.pk in (owner, handover.from_user_id):
        raise Missing(_("%(who)s has this case already.") % {"who": to_user}, code="owner", field="to_user")
    if not permissions.can_receive(to_user, handover.to_unit_id):
        raise Missing(_("%(who)s does not work in that team now.") % {"who": to_user}, code="elsewhere", field="to_user")
    if permissions.is_closed(to_user, handover.case_id):
        _name(actor, handover, to_user)
    handover.to_user = to_user


def _name(actor: User, handover: Handover, to_user: User) -> None:
    guards = CaseGuard.objects.filter(case_id=handover.case_id)
    kept_out = guards.filter(user=to_user, kind=CaseGuard.Kind.EXCLUDED).exists()
    if kept_out or not guards.filter(kind=CaseGuard.Kind.NAMED).exists():
        # Without a reason: why someone is kept out is not for everyone who divides the work.
        raise Missing(
            _("%(who)s cannot receive this case. Choose somebody else.") % {"who": to_user}, code="closed", field="to_user"
        )
    check_may_guard(actor, handover.case)
    CaseGuard(unit_id=handover.unit_id, case_id=handover.case_id, user=to_user, kind=CaseGuard.Kind.NAMED).put()
    handover.gave_name = True
    record(actor, "case.person_named", handover.case, user=str(to_user.pk))


def _let_in(handover: Handover, user: User) -> None:
    there = Involvement.objects.in_force().filter(case=handover.case, user=user)
    if not there.exists():
        Involvement.objects.create(case=handover.case, user=user, unit_id=handover.unit_id, kind=Involvement.Kind.CO_WORKER)
        handover.gave_part = True


def _take_back(actor: User, handover: Handover) -> None:
    if handover.to_user is not None:
        _without(handover, handover.to_user, handover.gave_part, handover.gave_name)
        if handover.gave_name:
            record(actor, "case.person_unnamed", handover.case, user=str(handover.to_user_id))
    handover.gave_part = handover.gave_name = False


def _without(handover: Handover, user: Any, gave_part: bool, gave_name: bool) -> None:
    """What the receiver got because of this. The owner goes to the appointments that they were to go to."""
    if handover.meeting is not None and not handover.meeting.ended:
        give_meetings(handover.case, user, handover.case.owner)
    if gave_name:
        CaseGuard.objects.filter(case_id=handover.case_id, user=user, kind=CaseGuard.Kind.NAMED).delete()
    if gave_part:
        Involvement.objects.in_force().filter(case_id=handover.case_id, user=user).update(until=timezone.now())
