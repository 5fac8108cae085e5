"""Who keeps the rules of stalls, puts one off, and asks about one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.people.permissions import leads
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import Stall
from .stall_kinds import Owner

# Whose turn it is at the desk.
OF_A_DESK = {Owner.DESK, Owner.ASSIGNEE}


def check_may_guard(actor: Any) -> None:
    """Who leads a desk, who works in a team (and guards it when nobody leads it), and the wijkwethouder."""
    if not any(actor.has(one) for one in (Permission.ROUTE, Permission.DIVIDE_DESK, Permission.DECIDE_ABOVE_MANDATE)):
        raise NotAllowed(_("Who leads a team or a desk, and the wijkwethouder may do this."))


def check_may_see_rules(actor: Any) -> None:
    if not any(actor.has(one) for one in (Permission.DIVIDE_WORK, Permission.DIVIDE_DESK, Permission.CONFIGURE_CONVENANT)):
        raise NotAllowed(_("Who leads a team or a desk, and the convenant administrator may do this."))


def check_may_keep_rules(actor: Any, unit: Unit | None) -> None:
    """Who leads the unit, of its own turn; the convenant administrator, of everyone."""
    if unit is None:
        if not actor.has(Permission.CONFIGURE_CONVENANT):
            raise NotAllowed(_("The convenant administrator may do this."))
    elif not leads(actor, unit.pk):
        raise NotAllowed(_("Who leads this team or desk may do this."))


def check_may_snooze(actor: Any, stall: Stall) -> None:
    """Whose turn it is, and who leads them. Where it is nobody's turn and nobody leads: everyone who works there."""
    if stall.owner_kind == Owner.WETHOUDER:
        raise NotAllowed(_("What waits for the wijkwethouder is not put off by others."))
    if stall.owner_kind in OF_A_DESK:
        unit_id, lead, works = stall.desk_unit_id, Permission.DIVIDE_DESK, Permission.ANSWER
    else:
        unit_id, lead, works = stall.unit_id, Permission.DIVIDE_WORK, Permission.ROUTE
    if actor.has(lead, unit_id=unit_id) or (stall.owner_id == actor.pk and actor.has(works)):
        return
    is_nobodys = stall.owner_id is None and actor.has(works, unit_id=unit_id)
    if not is_nobodys or User.objects.holding(lead, unit_id=unit_id).exists():
        raise NotAllowed(_("Whose turn it is, or who leads them, may do this."))


def check_may_ask_about(actor: Any) -> None:
    if not actor.has(Permission.DECIDE_ABOVE_MANDATE):
        raise NotAllowed(_("The wijkwethouder may do this."))
