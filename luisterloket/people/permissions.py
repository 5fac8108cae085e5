"""Who may change accounts and who works where; and one question for the whole house: may this person do that?"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.platform.acting import Job
from luisterloket.platform.exceptions import NotAllowed

from .models import AccessReview, Appointment, Proposal, Unit
from .roles import ROLES, Permission
from .separation import NEEDS_TWO

ADMIN_MAY = _("The account administrator may do this.")
TWO_MAY = _("Another account administrator or the privacy officer may do this.")
# Who leads a team or a desk, and so knows who works there.
LEADS = (Permission.DIVIDE_WORK, Permission.DIVIDE_DESK)


def may(check: Callable[..., None], actor: Any, *things: Any) -> bool:
    """The answer of a `check_may_…` function as a yes or no, for a page that offers or hides a button."""
    try:
        check(actor, *things)
    except NotAllowed:
        return False
    return True


def check_may_manage_accounts(actor: Any) -> None:
    """The account administrator; at the command line the installation itself, which is a `Job`."""
    if not (isinstance(actor, Job) or actor.has(Permission.MANAGE_ACCOUNTS)):
        raise NotAllowed(ADMIN_MAY)


def check_may_manage_account(actor: Any, user: Any) -> None:
    """One's own account one keeps oneself, under “Your account”: nobody blocks, frees or appoints themself."""
    check_may_manage_accounts(actor)
    if actor.pk == user.pk:
        raise NotAllowed(_("Another account administrator does this for you."))


def check_may_see_proposals(actor: Any) -> None:
    if not (actor.has(Permission.MANAGE_ACCOUNTS) or actor.has(Permission.SUPERVISE_ACCESS)):
        raise NotAllowed(_("The account administrator and the privacy officer may do this."))


def check_may_answer_proposal(actor: Any, proposal: Proposal) -> None:
    """Another than who proposed it, and never about oneself."""
    check_may_see_proposals(actor)
    if actor.pk in {proposal.proposed_by_id, proposal.user_id}:
        raise NotAllowed(TWO_MAY)


def check_may_supervise_access(actor: Any) -> None:
    if not actor.has(Permission.SUPERVISE_ACCESS):
        raise NotAllowed(_("The privacy officer may do this."))


def leads(actor: Any, unit_id: UUID) -> bool:
    return any(actor.has(permission, unit_id=unit_id) for permission in LEADS)


def check_may_see_reviews(actor: Any) -> None:
    """Who leads a team or desk, who keeps the accounts, and who supervises."""
    if not any(actor.has(permission) for permission in (*LEADS, Permission.MANAGE_ACCOUNTS, Permission.SUPERVISE_ACCESS)):
        raise NotAllowed(_("Who leads a team or a desk, the account administrator and the privacy officer may do this."))


def may_see_review(actor: Any, review: AccessReview) -> bool:
    central = actor.has(Permission.MANAGE_ACCOUNTS) or actor.has(Permission.SUPERVISE_ACCESS)
    return central or leads(actor, review.unit_id)


def needs_two_to_review(appointment: Appointment) -> bool:
    """Whether no one person decides on it: of an office, of a role that reads logs or rights, and of who leads the unit."""
    role = ROLES[appointment.role]
    leads_it = any(permission in role.permissions for permission in LEADS)
    return appointment.unit.kind == Unit.Kind.OFFICE or appointment.role in NEEDS_TWO or leads_it


def check_may_decide_review(actor: Any, appointment: Appointment, proposed_by: UUID | None) -> None:
    """Who leads the unit, of the others in it. What needs two: the account administrator looks, and the privacy officer or
    another account administrator confirms. Never one's own.
    """
    if actor.pk == appointment.user_id:
        raise NotAllowed(_("Nobody confirms their own access."))
    if not needs_two_to_review(appointment):
        if not leads(actor, appointment.unit_id):
            raise NotAllowed(_("Who leads this team or desk may do this."))
    elif proposed_by is None:
        check_may_manage_accounts(actor)
    else:
        check_may_see_proposals(actor)
        if actor.pk == proposed_by:
            raise NotAllowed(TWO_MAY)
