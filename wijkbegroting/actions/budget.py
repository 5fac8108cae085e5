"""A year's budget, its sources, its lines and the mandate."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from wijkbegroting import ledger, permissions
from wijkbegroting.models import BudgetLine, Mandate, Source, WijkBudget


@command
def open_budget(*, actor: User, unit: Unit, year: int) -> WijkBudget:
    """Open the books of a wijk for a year. The treasurer may; raises `Refused` when they are open already."""
    permissions.check_may_keep_money(actor, unit.pk)
    if WijkBudget.objects.filter(unit=unit, year=year).exists():
        raise Refused(_("The budget of %(year)s is open already.") % {"year": year}, code="exists")
    budget = WijkBudget(unit=unit, year=year).put()
    record(actor, "budget.opened", budget, year=year)
    return budget


@command
def add_source(*, actor: User, budget: WijkBudget, name: str) -> Source:
    """Name where money of this budget comes from, and give it its accounts. The treasurer may."""
    permissions.check_may_keep_money(actor, budget.unit_id)
    source = Source(unit_id=budget.unit_id, budget=budget, name=name).put()
    ledger.open_source(source)
    record(actor, "source.added", source, budget=str(budget.pk))
    return source


@command
def receive_money(*, actor: User, source: Source, amount: int) -> Source:
    """Book that this source paid. The treasurer may; `amount` is whole cents."""
    permissions.check_may_keep_money(actor, source.unit_id)
    entry = ledger.receive(source, amount)
    record(actor, "money.received", source, amount=amount, entry=str(entry))
    return source


@command
def sign_mandate(*, actor: User, unit: Unit, role: str, amount: int, starts_on: date, ends_on: date) -> Mandate:
    """Put in the register up to what amount a role decides with a co-signature. The wijkwethouder may.

    From its first day this entry takes the place of the earlier one of the same role.
    """
    permissions.check_may_sign_mandate(actor, unit.pk)
    if role not in ROLES or Permission.COSIGN not in ROLES[role].permissions:
        raise Refused(_("Only a role that co-signs can have a mandate."), code="role")
    mandate = Mandate(unit=unit, role=role, amount=amount, starts_on=starts_on, ends_on=ends_on, signed_by=actor).put()
    record(actor, "mandate.signed", mandate, role=role, amount=amount)
    return mandate


@command
def propose_line(
    *, actor: User, budget: WijkBudget, source: Source, name: str, intention: str, effect: str, amount: int
) -> BudgetLine:
    """The wijk asks for a part of its money, with an intended effect. Decided by the wijkwethouder."""
    permissions.check_may_propose(actor, budget.unit_id)
    _of_this_budget(source, budget)
    line = BudgetLine(
        unit_id=budget.unit_id,
        budget=budget,
        source=source,
        name=name,
        intention=intention,
        effect=effect,
        amount=amount,
        proposed_by=actor,
    ).put()
    record(actor, "line.proposed", line, amount=amount)
    emit("line.proposed", line)
    return line


@command
def resubmit_line(
    *, actor: User, line: BudgetLine, source: Source, name: str, intention: str, effect: str, amount: int
) -> BudgetLine:
    """Put a returned line forward again, changed or not. Who does so is its proposer from now on."""
    line = BudgetLine.locked(line.pk)
    permissions.check_may_resubmit(actor, line)
    _of_this_budget(source, line.budget)
    line.move_to(BudgetLine.Status.PROPOSED)
    line.source, line.name, line.intention, line.effect, line.amount = source, name, intention, effect, amount
    line.proposed_by, line.proposed_at = actor, timezone.now()
    line.decided_by, line.decided_at, line.reason = None, None, ""
    line.save(
        update_fields=[
            "status",
            "source",
            "name",
            "intention",
            "effect",
            "amount",
            "proposed_by",
            "proposed_at",
            "decided_by",
            "decided_at",
            "reason",
        ]
    )
    record(actor, "line.proposed", line, amount=amount)
    emit("line.proposed", line)
    return line


@command
def approve_line(*, actor: User, line: BudgetLine, reason: str = "") -> BudgetLine:
    """Let the wijk spend from this line: its amount goes from the source to the line.

    A wijkwethouder of the wijk may who did not propose it. Raises `Refused` when the source has less.
    """
    line = _decided(actor, line, BudgetLine.Status.APPROVED, reason)
    ledger.allocate(line)
    record(actor, "line.approved", line, amount=line.amount)
    emit("line.approved", line)
    return line


@command
def return_line(*, actor: User, line: BudgetLine, reason: str) -> BudgetLine:
    """Give a proposal back to the wijk with what should change. Same permission as approving."""
    line = _decided(actor, line, BudgetLine.Status.RETURNED, _needed(reason))
    record(actor, "line.returned", line)
    emit("line.returned", line)
    return line


@command
def reject_line(*, actor: User, line: BudgetLine, reason: str) -> BudgetLine:
    """Say no to a proposal, for good. Same permission as approving."""
    line = _decided(actor, line, BudgetLine.Status.REJECTED, _needed(reason))
    record(actor, "line.rejected", line)
    emit("line.rejected", line)
    return line


def _decided(actor: User, line: BudgetLine, status: BudgetLine.Status, reason: str) -> BudgetLine:
    line = BudgetLine.locked(line.pk)
    permissions.check_may_decide_line(actor, line)
    line.move_to(status)
    line.decided_by, line.decided_at, line.reason = actor, timezone.now(), reason
    line.save(update_fields=["status", "decided_by", "decided_at", "reason"])
    return line


def _needed(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Write why: the wijk must know what to do next."), code="no_reason")
    return reason.strip()


def _of_this_budget(source: Source, budget: WijkBudget) -> None:
    if source.budget_id != budget.pk:
        raise Refused(_("This source is of another budget. Choose one of this year."), code="source")
