"""Who decides on what is erased, who can call it back, and who may hold it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import Case, ErasureBatch, LegalHold
from .permissions import check_may_work_on
from .rights_permissions import units_handled_by

DECIDES = _("The rights handler and the team coordinator of the wijk decide on this.")
CALLS_BACK = _("Who decides on it, the owner of the case and the privacy officer may call it back.")
HOLDS = _("Who works on the case, the team coordinator and the rights handler may do this.")


def check_may_see_erasures(actor: Any) -> None:
    """Who decides on them, and who supervises that, as numbers."""
    if not any(actor.has(one) for one in (Permission.HANDLE_RIGHTS, Permission.DIVIDE_WORK, Permission.READ_LOG)):
        raise NotAllowed(_("The rights handler, the team coordinator and the privacy officer may see this."))


def check_may_decide(actor: Any, batch: ErasureBatch) -> None:
    """The rights handler for that wijk, and who divides its work. Never who supervises it (AVG article 38(6))."""
    if actor.has(Permission.READ_LOG) or batch.unit_id not in decides_in(actor):
        raise NotAllowed(DECIDES)


def check_may_call_back(actor: Any, batch: ErasureBatch) -> None:
    if not actor.has(Permission.READ_LOG) and not may(check_may_decide, actor, batch):
        raise NotAllowed(CALLS_BACK)


def check_may_call_back_case(actor: Any, case: Case) -> None:
    """The owner of a case, and who divides the work of its wijk."""
    check_may_work_on(actor, case)
    if case.owner_id != actor.pk and not actor.has(Permission.DIVIDE_WORK, unit_id=case.unit_id):
        raise NotAllowed(CALLS_BACK)


def check_may_hold(actor: Any, case: Case) -> None:
    """Who works on the case; and the rights handler and who divides the work of its wijk, who need not open it for that."""
    if case.unit_id in units_handled_by(actor) or may(check_may_work_on, actor, case):
        return
    divides = actor.has(Permission.DIVIDE_WORK, unit_id=case.unit_id)
    if not (divides and Case.objects.filter(pk=case.pk).open_to(actor).exists()):
        raise NotAllowed(HOLDS)


def check_may_see_holds(actor: Any) -> None:
    """Those of the wijken for which someone handles rights or divides the work."""
    if not (actor.has(Permission.HANDLE_RIGHTS) or actor.has(Permission.DIVIDE_WORK)):
        raise NotAllowed(DECIDES)


def check_may_lift(actor: Any, hold: LegalHold) -> None:
    """The rights handler or who divides the work of the wijk; the action refuses who set it."""
    if hold.unit_id not in decides_in(actor):
        raise NotAllowed(DECIDES)


def handles_in(actor: Any, unit_id: UUID) -> bool:
    """Whether someone handles the rights of residents of this wijk."""
    return unit_id in units_handled_by(actor)


def decides_in(actor: Any) -> tuple[UUID, ...]:
    """The units in which someone decides on what is erased."""
    return (*units_handled_by(actor), *actor.units_with(Permission.DIVIDE_WORK))
