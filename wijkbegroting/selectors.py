"""What the pages about money show, each at a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.models import Case
from luisterloket.people.models import Appointment, Unit, User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import permissions, terms
from .ledger import LineBalance, SourceBalance, line_balances, source_balances
from .models import BudgetLine, GrantQuerySet, JournalEntry, MaatwerkGrant, Mandate, Posting, Source, WijkBudget

PAGE = 25
Key = tuple[datetime, Any]


# Mandate ---------------------------------------------------------------------------------------------------------


def mandate_for(grant: MaatwerkGrant, *, cosigner: User) -> Mandate | None:
    """The narrowest mandate in force that covers this grant, of a role that the asker or the co-signer has in its wijk."""
    theirs = Appointment.objects.in_force().filter(user__in=[grant.asked_by_id, cosigner.pk], unit=grant.unit_id)
    in_force = Mandate.objects.filter(unit=grant.unit_id).in_force()
    return in_force.filter(role__in=theirs.values("role"), amount__gte=grant.amount).order_by("amount", "pk").first()


def mandates_of(unit_id: UUID) -> list[Mandate]:
    return list(Mandate.objects.filter(unit=unit_id).in_force().select_related("signed_by").order_by("amount", "role"))


# Budgets ---------------------------------------------------------------------------------------------------------


def budgets_of_year(user: User, year: int) -> list[tuple[Unit, WijkBudget | None]]:
    """The wijken whose money this person may see, each with its budget of this year when that is open."""
    units = Unit.objects.filter(pk__in=user.units_with(Permission.SEE_BUDGET)).order_by("name")
    found = {budget.unit_id: budget for budget in WijkBudget.objects.visible_to(user).filter(year=year)}
    return [(unit, found.get(unit.pk)) for unit in units]


@dataclass(frozen=True)
class LineRow:
    line: BudgetLine
    balance: LineBalance


@dataclass(frozen=True)
class SourceRow:
    source: Source
    balance: SourceBalance


@dataclass(frozen=True)
class Decision:
    """A grant above the mandate that waits for this person, without saying whose it is."""

    grant: MaatwerkGrant
    due_at: datetime
    late: bool
    available: int

    @property
    def left(self) -> int:
        """What is free in the line after a yes; below zero when it cannot be carried."""
        return self.available - self.grant.amount


@dataclass(frozen=True)
class BudgetPage:
    budget: WijkBudget
    years: list[WijkBudget]
    rows: list[LineRow]
    total: LineBalance
    budgeted: int
    sources: list[SourceRow]
    decisions: list[Decision]
    proposed: list[BudgetLine]
    # Lines that the wijkwethouder gave back, for who may put them forward again, and those that got a no.
    returned: list[BudgetLine]
    rejected: list[BudgetLine]
    mandates: list[Mandate]
    may_propose: bool
    may_decide: bool
    may_keep: bool

    @property
    def waiting(self) -> int:
        return len(self.decisions) + (len(self.proposed) if self.may_decide else 0)


def budget_page(user: User, budget: WijkBudget) -> BudgetPage:
    """The money of a wijk in a year as this person may see it, with what waits for them on top. Six queries at most."""
    lines = list(BudgetLine.objects.filter(budget=budget).select_related("source", "proposed_by", "decided_by"))
    of = {status: [line for line in lines if line.status == status] for status in BudgetLine.Status}
    approved = of[BudgetLine.Status.APPROVED]
    balances = line_balances(approved)
    sources = list(budget.sources.order_by("name"))
    received = source_balances(sources)
    may_decide = user.has(Permission.DECIDE_ABOVE_MANDATE, unit_id=budget.unit_id)
    return BudgetPage(
        budget=budget,
        years=list(WijkBudget.objects.filter(unit=budget.unit_id).order_by("-year")),
        rows=[LineRow(line, balances[line.pk]) for line in approved],
        total=sum(balances.values(), LineBalance()),
        budgeted=sum(line.amount for line in approved),
        sources=[SourceRow(source, received.get(source.pk, SourceBalance())) for source in sources],
        decisions=_decisions(user, budget) if may_decide else [],
        proposed=sorted(of[BudgetLine.Status.PROPOSED], key=lambda line: line.proposed_at),
        returned=of[BudgetLine.Status.RETURNED],
        rejected=of[BudgetLine.Status.REJECTED],
        mandates=mandates_of(budget.unit_id),
        may_propose=may(permissions.check_may_propose, user, budget.unit_id),
        may_decide=may_decide,
        may_keep=may(permissions.check_may_keep_money, user, budget.unit_id),
    )


def _decisions(user: User, budget: WijkBudget) -> list[Decision]:
    waiting = list(waiting_for_decision(user).filter(line__budget=budget).select_related("line", "asked_by", "cosigned_by"))
    balances = line_balances({grant.line_id for grant in waiting})
    now = timezone.now()
    return [
        Decision(grant, due, due < now, balances[grant.line_id].available)
        for grant, due in ((grant, terms.decide_by(grant)) for grant in waiting)
    ]


@dataclass(frozen=True)
class LinePage:
    """A line with its balances, its decisions (newest first), its grants without anyone's name, and its postings."""

    line: BudgetLine
    balance: LineBalance
    versions: list[Any]
    grants: list[MaatwerkGrant]
    more_grants: bool
    open_to_user: set[UUID]
    postings: list[Posting]
    following: str
    may_decide: bool
    may_resubmit: bool


def line_page(user: User, line: BudgetLine, *, before: Key | None = None) -> LinePage:
    postings, following = _page_of(
        Posting.objects.filter(account__line=line, amount__gt=0).select_related("entry"), before, ("at", "id")
    )
    grants = list(
        MaatwerkGrant.objects.filter(line=line)
        .only("pk", "amount", "status", "asked_at", "line_id")
        .order_by("-asked_at", "-pk")[: PAGE + 1]
    )
    visible = MaatwerkGrant.objects.visible_to(user).filter(pk__in=[grant.pk for grant in grants]).values_list("pk", flat=True)
    return LinePage(
        line=line,
        balance=line_balances([line])[line.pk],
        versions=list(line.history.select_related("history_user", "decided_by").order_by("-history_date", "-history_id")),
        grants=grants[:PAGE],
        more_grants=len(grants) > PAGE,
        open_to_user=set(visible),
        postings=postings,
        following=following,
        may_decide=line.can_move_to(BudgetLine.Status.APPROVED) and may(permissions.check_may_decide_line, user, line),
        may_resubmit=line.can_move_to(BudgetLine.Status.PROPOSED) and may(permissions.check_may_resubmit, user, line),
    )


# Grants ----------------------------------------------------------------------------------------------------------


def waiting_for_cosignature(user: User) -> QuerySet[MaatwerkGrant]:
    """What a colleague asked and this person may co-sign, oldest first."""
    units = user.units_with(Permission.COSIGN)
    return (
        MaatwerkGrant.objects.filter(GrantQuerySet.of_open_cases(user), unit__in=units, status=MaatwerkGrant.Status.ASKED)
        .exclude(asked_by=user)
        .order_by("asked_at", "pk")
    )


def waiting_for_decision(user: User) -> QuerySet[MaatwerkGrant]:
    """What is above the mandate and waits for this wijkwethouder, oldest first."""
    units = user.units_with(Permission.DECIDE_ABOVE_MANDATE)
    waiting = MaatwerkGrant.objects.filter(unit__in=units, status=MaatwerkGrant.Status.COSIGNED)
    return waiting.exclude(Q(asked_by=user) | Q(cosigned_by=user)).order_by("cosigned_at", "pk")


def to_pay(user: User) -> QuerySet[MaatwerkGrant]:
    """What this treasurer has to pay, longest waiting first."""
    return MaatwerkGrant.objects.to_pay().filter(unit__in=user.units_with(Permission.PAY)).order_by("decided_at", "pk")


def lines_to_ask_from(case: Case) -> list[LineRow]:
    """The approved lines of this year in the wijk of the case, with what is free in each. Two queries."""
    lines = list(
        BudgetLine.objects.filter(unit=case.unit_id, budget__year=timezone.localdate().year, status=BudgetLine.Status.APPROVED)
    )
    balances = line_balances(lines)
    return [LineRow(line, balances[line.pk]) for line in lines]


@dataclass(frozen=True)
class PayRow:
    grant: MaatwerkGrant
    due_at: datetime
    late: bool


def pay_page(user: User, *, before: Key | None = None) -> tuple[list[PayRow], str]:
    """A page of what waits to be paid, oldest decision first, and the key of the next page."""
    waiting = to_pay(user).select_related("line", "unit")
    grants, following = _page_of(waiting, before, ("decided_at", "id"), ascending=True)
    now = timezone.now()
    return [PayRow(grant, due, due < now) for grant, due in ((one, terms.pay_by(one)) for one in grants)], following


# The ledger ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EntryRow:
    """A journal entry as people read it: what went from where to where, by whom."""

    entry: JournalEntry
    who: str
    origin: Any
    destination: Any

    @property
    def amount(self) -> int:
        return self.destination.amount


def ledger_page(user: User, *, before: Key | None = None) -> tuple[list[EntryRow], str]:
    """A page of the journal of one's wijken, newest first, and the key of the next page. Three queries."""
    entries = JournalEntry.objects.filter(unit__in=user.units_with(Permission.READ_LEDGER)).select_related("unit")
    found, following = _page_of(entries, before, ("at", "id"))
    legs: dict[UUID, list[Posting]] = {entry.pk: [] for entry in found}
    for posting in Posting.objects.filter(entry__in=found).select_related("account__line", "account__source").order_by("amount"):
        legs[posting.entry_id].append(posting)
    people = dict(User.objects.filter(pk__in={entry.actor for entry in found}).values_list("pk", "name"))
    return [EntryRow(entry, people.get(entry.actor, ""), legs[entry.pk][0], legs[entry.pk][-1]) for entry in found], following


# One grant -------------------------------------------------------------------------------------------------------


def sees_argument(user: User, grant: MaatwerkGrant) -> bool:
    """Whether the texts are for this person: who asks, works on the case, co-signs or decides. Never for who pays or audits."""
    mine = user.pk in (grant.asked_by_id, grant.cosigned_by_id)
    colleague = grant.status == MaatwerkGrant.Status.ASKED and user.has(Permission.COSIGN, unit_id=grant.unit_id)
    decides = user.has(Permission.DECIDE_ABOVE_MANDATE, unit_id=grant.unit_id)
    return mine or colleague or decides or permissions.works_on_case_of(user, grant)


# Pages -----------------------------------------------------------------------------------------------------------


def _page_of(rows: Any, before: Key | None, by: tuple[str, str], *, ascending: bool = False) -> tuple[list[Any], str]:
    """A page by key, not by offset: as fast at the end as at the start, and nothing shifts when a row is added."""
    first, second = by
    if before is not None:
        past = "gt" if ascending else "lt"
        rows = rows.filter(Q(**{f"{first}__{past}": before[0]}) | Q(**{first: before[0], f"{second}__{past}": before[1]}))
    found = list(rows.order_by(*(by if ascending else (f"-{first}", f"-{second}")))[: PAGE + 1])
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], f"{getattr(last, first).isoformat()}_{getattr(last, second)}"
