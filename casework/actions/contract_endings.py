"""A contract that ends: announced, its cases given to others many at once, and settled when nothing is left (decision 0023)."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import handover_permissions as permissions
from casework.contract_endings import left_of
from casework.models import ContractEnding, EndingUnit, Handover, months_before
from casework.models.contract_endings import MONTHS_BEFORE
from luisterloket.people.models import Organisation, Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.models import HistoryEntry

from .handovers import give_handover
from .refusals import Missing

Status = ContractEnding.Status


@command
def announce_ending(
    *, actor: User, organisation: Organisation, ends_on: date, successors: Iterable[tuple[Unit, Unit]]
) -> ContractEnding:
    """The contract ends by a day, and per team who comes after it. The list of cases begins four calendar months before.

    Raises `Missing` for a day that passed, for no team at all, for a team of another organisation, for a successor without a
    coordinator, who must be able to reach what is left, and for a team that ends already.
    """
    permissions.check_may_end_contracts(actor)
    if ends_on <= timezone.localdate():
        raise Missing(_("This day has passed. Choose one that is to come."), code="past", field="ends_on")
    pairs = list(successors)
    if not pairs:
        raise Missing(_("Choose for at least one team who comes after it."), code="nobody", field="ends_on")
    ending = ContractEnding(
        organisation=organisation, begins_on=months_before(ends_on, MONTHS_BEFORE), ends_on=ends_on, announced_by=actor
    ).put()
    for unit, successor in pairs:
        if unit.organisation_id != organisation.pk or successor.organisation_id == organisation.pk:
            raise Refused(_("%(unit)s goes to a team of another organisation.") % {"unit": unit}, code="organisation")
        if not User.objects.holding(Permission.DIVIDE_WORK, unit_id=successor.pk).exists():
            raise Refused(_("%(unit)s has no coordinator yet. Appoint one first.") % {"unit": successor}, code="no_coordinator")
        if EndingUnit.objects.filter(unit=unit, is_over=False).exists():
            raise Refused(_("The contract of %(unit)s ends already.") % {"unit": unit}, code="twice")
        EndingUnit(ending=ending, unit=unit, successor=successor).put()
    record(actor, "contract.announced", ending, organisation=str(organisation.pk))
    return ending


@command
def give_set(*, actor: User, ending: ContractEnding, handovers: Iterable[Handover], to_user: User, due_on: date) -> ContractEnding:
    """Several cases of a contract that ends to one colleague of the successor. All of them, or none when one is refused."""
    permissions.check_may_divide(actor, ending)
    chosen = list(handovers)
    if not chosen:
        raise Missing(_("Choose at least one case."), code="none", field="handovers")
    for handover in chosen:
        if handover.part_of_id != ending.pk:
            raise Refused(_("This case is not of this contract."), code="other")
        give_handover(actor=actor, handover=handover, to_user=to_user, due_on=due_on)
    record(actor, "contract.given", ending, user=str(to_user.pk), count=len(chosen))
    return ending


@command
def settle_ending(*, actor: User, ending: ContractEnding) -> ContractEnding:
    """Every case has an owner who works at the successor. The posts of the old organisation end today.

    Raises `Refused` with how many are left where; the database refuses it too.
    """
    permissions.check_may_end_contracts(actor)
    ending = ContractEnding.locked(ending.pk)
    left = left_of(ending)
    if any(one.count for one in left):
        told = ", ".join(f"{one.unit} ({one.count})" for one in left if one.count)
        raise Refused(
            _("Not yet: there are cases without an owner at the team that takes over. %(left)s") % {"left": told}, code="left"
        )
    if any(one.unfinished for one in left):
        raise Refused(_("Not yet: conversations are not finished. Finish them, or let a colleague take them up."), code="talking")
    _end(actor, ending, Status.SETTLED)
    close(actor, ending)
    record(actor, "contract.settled", ending)
    return ending


@command
def call_off_ending(*, actor: User, ending: ContractEnding) -> ContractEnding:
    """The contract goes on after all. What was handed over stays so; what is open can be called off case by case."""
    permissions.check_may_end_contracts(actor)
    ending = ContractEnding.locked(ending.pk)
    _end(actor, ending, Status.CALLED_OFF)
    record(actor, "contract.called_off", ending)
    return ending


def close(actor: object, ending: ContractEnding) -> int:
    """End the posts that end now, or give those by which what is left is reached; how many. The database judges whether it may.

    Called by settling, and each day by the job.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT act, appointment, person, unit FROM close_ending(%s)", [ending.pk])
        changed = cursor.fetchall()
    for act, appointment, person, unit in changed:
        HistoryEntry.objects.create(
            actor_id=getattr(actor, "pk", None),
            actor_kind=HistoryEntry.ActorKind.PERSON if getattr(actor, "pk", None) else HistoryEntry.ActorKind.JOB,
            verb=f"appointment.{act}", thing_label="people.appointment", thing_id=appointment, unit_id=unit,
            details={"user": str(person), "contract": str(ending.pk)},
        )  # fmt: skip
    return len(changed)


def _end(actor: User, ending: ContractEnding, status: str) -> None:
    ending.move_to(status)
    ending.ended_by, ending.ended_at = actor, timezone.now()
    ending.save(update_fields=["status", "ended_by", "ended_at"])
    ending.units.update(is_over=True)
