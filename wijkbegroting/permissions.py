"""Who may do what with the money of a wijk. Each check is the first line of its action."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.permissions import check_may_work_on
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import BudgetLine, MaatwerkGrant


def check_may_see_budget(actor: Any, unit_id: UUID) -> None:
    if not actor.has(Permission.SEE_BUDGET, unit_id=unit_id):
        raise NotAllowed(_("Whoever works with the money of this wijk may see its budget."))


def check_may_keep_money(actor: Any, unit_id: UUID) -> None:
    """Open a year, add a source, book what came in."""
    if not actor.has(Permission.PAY, unit_id=unit_id):
        raise NotAllowed(_("The treasurer of this wijk may do this."))


def check_may_pay_somewhere(actor: Any) -> None:
    if not actor.has(Permission.PAY):
        raise NotAllowed(_("The treasurer pays out what was approved."))


def check_may_read_ledger(actor: Any) -> None:
    if not actor.has(Permission.READ_LEDGER):
        raise NotAllowed(_("The treasurer and the auditor read the ledger."))


def check_may_sign_mandate(actor: Any, unit_id: UUID) -> None:
    if not actor.has(Permission.DECIDE_ABOVE_MANDATE, unit_id=unit_id):
        raise NotAllowed(_("The wijkwethouder of this wijk signs the mandate."))


# Lines -----------------------------------------------------------------------------------------------------------


def check_may_propose(actor: Any, unit_id: UUID) -> None:
    if not actor.has(Permission.PROPOSE_LINE, unit_id=unit_id):
        raise NotAllowed(_("A wijkwerker or the team coordinator of this wijk may propose a line."))


def check_may_resubmit(actor: Any, line: BudgetLine) -> None:
    check_may_propose(actor, line.unit_id)


def check_may_decide_line(actor: Any, line: BudgetLine) -> None:
    """A wijkwethouder of this wijk who never put this line forward, now or in an earlier version."""
    if not actor.has(Permission.APPROVE_LINE, unit_id=line.unit_id):
        raise NotAllowed(_("The wijkwethouder of this wijk decides on this."))
    if line.proposed_by_id == actor.pk or line.history.filter(proposed_by=actor).exists():
        raise NotAllowed(_("Proposer and approver are two people."))


# Grants ----------------------------------------------------------------------------------------------------------


def check_may_ask(actor: Any, case: Case) -> None:
    """Whoever may work on the case and asks for maatwerk by role; from another wijk too, when they were brought in."""
    check_may_work_on(actor, case)
    if not actor.has(Permission.ASK_MAATWERK):
        raise NotAllowed(_("A wijkwerker or the team coordinator may ask for maatwerk."))


def check_may_cosign(actor: Any, grant: MaatwerkGrant) -> None:
    if grant.asked_by_id == actor.pk:
        raise NotAllowed(_("Asker and co-signer are two people: a colleague of your team may co-sign."))
    if not actor.has(Permission.COSIGN, unit_id=grant.unit_id):
        raise NotAllowed(_("A wijkwerker or the team coordinator of this wijk may co-sign."))


def check_may_decide(actor: Any, grant: MaatwerkGrant) -> None:
    if not actor.has(Permission.DECIDE_ABOVE_MANDATE, unit_id=grant.unit_id):
        raise NotAllowed(_("The wijkwethouder of this wijk decides on this."))
    if actor.pk in (grant.asked_by_id, grant.cosigned_by_id):
        raise NotAllowed(_("Who asked or co-signed does not decide above the mandate."))


def check_may_withdraw(actor: Any, grant: MaatwerkGrant) -> None:
    if grant.asked_by_id != actor.pk:
        raise NotAllowed(_("Only the colleague who asked may withdraw this."))


def check_may_pay(actor: Any, grant: MaatwerkGrant) -> None:
    check_may_keep_money(actor, grant.unit_id)
    if actor.pk in (grant.asked_by_id, grant.cosigned_by_id, grant.decided_by_id):
        raise NotAllowed(_("Who pays is neither who asked nor who decided."))


def check_may_release(actor: Any, grant: MaatwerkGrant) -> None:
    if not (actor.has(Permission.PAY, unit_id=grant.unit_id) or actor.has(Permission.DIVIDE_WORK, unit_id=grant.unit_id)):
        raise NotAllowed(_("The treasurer or the team coordinator of this wijk may release this money."))


def works_on_case_of(actor: Any, grant: MaatwerkGrant) -> bool:
    """Whether this person asks for maatwerk by role and may open the case that the grant is for."""
    return actor.has(Permission.ASK_MAATWERK) and Case.objects.visible_to(actor).filter(pk=grant.case_id).exists()
