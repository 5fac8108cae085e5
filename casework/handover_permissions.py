"""Who may hand a case over, receive one, and end a contract."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Appointment, User
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from . import permissions
from .models import Case, CaseGuard, ContractEnding, Handover

GIVES = _("The owner of the case or the team coordinator may do this.")
RECEIVES = _("The colleague who receives the case may do this.")


def check_may_plan(actor: Any, case_id: UUID) -> None:
    """The owner, and who divides the work of the wijk, also without opening the case. Of a protected case: who may name people."""
    case = Case.objects.known_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed()
    if CaseGuard.objects.filter(case=case, kind=CaseGuard.Kind.NAMED).exists():
        permissions.check_may_guard(actor, case)
    elif not actor.has(Permission.DIVIDE_WORK, unit_id=case.unit_id) and not _owns(actor, case):
        raise NotAllowed(GIVES)


def check_may_give(actor: Any, handover: Handover) -> None:
    """Who may plan it, and who divides the work of the team that takes over, until the resident met somebody."""
    met = handover.status != Handover.Status.PLANNED or handover.gave_part or handover.gave_name
    if actor.has(Permission.DIVIDE_WORK, unit_id=handover.to_unit_id) and not met:
        return
    check_may_plan(actor, handover.case_id)


def check_may_see(actor: Any, handover: Handover) -> None:
    """What is written in it: who works on the case, which the receiver does from the introduction on."""
    permissions.check_may_see(actor, handover.case, Handover.CATEGORY)


def check_may_write(actor: Any, handover: Handover) -> None:
    permissions.check_may_add(actor, handover.case, Handover.CATEGORY)


def check_may_receive(actor: Any, handover: Handover) -> None:
    """The one who was chosen, as long as they work in the unit that takes the case over."""
    if handover.to_user_id != actor.pk:
        raise NotAllowed(RECEIVES)
    permissions.check_may_listen(actor, handover.to_unit_id)


def check_may_end_contracts(actor: Any) -> None:
    """It is the contract of the gemeente, and of no single wijk."""
    if not actor.has(Permission.CONFIGURE_CONVENANT):
        raise NotAllowed(_("The convenant administrator may do this."))


def divides(actor: Any, ending: ContractEnding) -> bool:
    """Whether someone divides the work of a unit that ends, or of one that comes after it."""
    units = {unit for pair in ending.units.values_list("unit_id", "successor_id") for unit in pair}
    return bool(units.intersection(actor.units_with(Permission.DIVIDE_WORK)))


def check_may_divide(actor: Any, ending: ContractEnding) -> None:
    if not divides(actor, ending):
        raise NotAllowed(_("The coordinator of one of these teams may do this."))


def can_receive(user: User, unit_id: UUID) -> bool:
    """Whether someone works on cases in this unit now."""
    return User.objects.holding(Permission.LISTEN, unit_id=unit_id).filter(pk=user.pk).exists()


def can_act(user: User) -> bool:
    """Whether an owner is still here to do something about their cases."""
    return user.is_active and Appointment.objects.in_force().filter(user=user, role__in=["wijkwerker", "coordinator"]).exists()


def is_closed(user: User, case_id: UUID) -> bool:
    """Whether this case is kept for others, or this person kept out. Also asked by who may not open it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY (shut_cases(%s))", [case_id, user.pk])
        return bool(cursor.fetchone()[0])


def _owns(actor: Any, case: Case) -> bool:
    return actor.pk == case.owner_id and actor.has(Permission.LISTEN)
