"""Who may do what with requests. Each check is the first line of its action."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.permissions import WORKS_IN_THE_WIJK, check_may_work_on
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .contests import may_look_again
from .models import Desk, Escalation, SpecialistRequest
from .transitions import Who

WORKS_AT_THE_DESK = _("A specialist or the desk lead of this desk may do this.")
LEADS_THE_DESK = _("The desk lead of this desk may do this.")


def check_may_route(actor: Any, case: Case) -> None:
    """Whoever works on the case may ask a desk, tell what came of it, and take the question back."""
    if not actor.has(Permission.ROUTE):
        raise NotAllowed(WORKS_IN_THE_WIJK)
    check_may_work_on(actor, case)


def check_may_act_for_case(actor: Any, request: SpecialistRequest) -> None:
    """The loket's side of a request: reply, tell, withdraw."""
    # The row of the case is not read: only its keys matter here.
    check_may_route(actor, Case(pk=request.case_id, unit_id=request.unit_id))


def check_may_answer(actor: Any, request: SpecialistRequest) -> None:
    """The desk's side of a request: open, take up, ask back, answer."""
    if not actor.has(Permission.ANSWER, unit_id=request.desk_unit_id):
        raise NotAllowed(WORKS_AT_THE_DESK)


def check_may_reconsider(actor: Any, request: SpecialistRequest) -> None:
    """Another than who decided before, and the desk lead first (`may_look_again`)."""
    check_may_answer(actor, request)
    if not may_look_again(request).filter(pk=actor.pk).exists():
        raise NotAllowed(_("Someone else looks again than who answered: the desk lead, or a colleague when the lead answered."))


def check_may_decide_escalation(actor: Any, escalation: Escalation) -> None:
    """The wijkwethouder of the wijk it comes from."""
    if not actor.has(Permission.DECIDE_ABOVE_MANDATE, unit_id=escalation.unit_id):
        raise NotAllowed(_("The wijkwethouder of this wijk decides on this."))


def check_may_see_escalations(actor: Any) -> None:
    if not actor.has(Permission.DECIDE_ABOVE_MANDATE):
        raise NotAllowed(_("The wijkwethouder may see this."))


def check_may_see_queue(actor: Any, desk: Desk) -> None:
    if not actor.has(Permission.ANSWER, unit_id=desk.unit_id):
        raise NotAllowed(WORKS_AT_THE_DESK)


def check_may_divide(actor: Any, desk_unit_id: UUID) -> None:
    """Who leads the desk: divides its queue and keeps its answers to begin from."""
    if not actor.has(Permission.DIVIDE_DESK, unit_id=desk_unit_id):
        raise NotAllowed(LEADS_THE_DESK)


def check_may_assign(actor: Any, request: SpecialistRequest, to: Any) -> None:
    """The desk lead to anyone of the desk; a specialist only to themself."""
    check_may_answer(actor, request)
    if actor.pk != to.pk:
        check_may_divide(actor, request.desk_unit_id)


def check_may_give_back(actor: Any, request: SpecialistRequest) -> None:
    """Who has it in hand, and the desk lead."""
    check_may_answer(actor, request)
    if request.assigned_to_id != actor.pk:
        check_may_divide(actor, request.desk_unit_id)


# Whose step a row of the table of transitions is (backoffice.transitions). What a ground ends, nobody chooses.
CHECKS = {Who.DESK: check_may_answer, Who.LOKET: check_may_act_for_case}
