"""The ledger as the application uses it: six commands, each one round trip, and what the accounts say.

The database functions behind them (migration 0002) decide; this module turns their "no" into the user's words.
Money is whole cents.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import DatabaseError, connection
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from luisterloket.platform.exceptions import Refused
from luisterloket.platform.templatetags.ui import euro

from .models import BudgetLine, LedgerAccount, MaatwerkGrant, Posting, Source

OVERSPENT = "LL001"


# Commands --------------------------------------------------------------------------------------------------------


def open_source(source: Source) -> UUID:
    """Give a new source its accounts."""
    return _call("SELECT ledger_open_source(%s)", source.pk)


def receive(source: Source, amount: int, *, command: UUID | None = None) -> UUID:
    """Money of this source came in. The same `command` books it once."""
    return _call("SELECT ledger_receive(%s, %s, %s)", command or uuid4(), source.pk, amount)


def allocate(line: BudgetLine) -> UUID:
    """Open the accounts of an approved line and move its amount there. Raises `Refused` when the source has less."""
    short = _(
        "This source has %(there)s that is not in a line yet, which is not enough for %(wanted)s. Return the line so that it"
        " asks for less, or wait until more money has come in."
    )
    with _words_for(short, "source_short", line.amount):
        return _call("SELECT ledger_allocate(%s, %s)", command_id("allocate", line.pk), line.pk)


def reserve(grant: MaatwerkGrant) -> UUID:
    """Set money of the line apart for an approved grant. Raises `Refused` when the line has less."""
    with _words_for(line_short_message(), "line_short", grant.amount):
        return _call("SELECT ledger_reserve(%s, %s)", command_id("reserve", grant.pk), grant.pk)


def pay(grant: MaatwerkGrant) -> UUID:
    """What was reserved for this grant has left."""
    return _call("SELECT ledger_pay(%s, %s)", command_id("pay", grant.pk), grant.pk)


def release(grant: MaatwerkGrant) -> UUID:
    """What was reserved for this grant goes back to its line."""
    return _call("SELECT ledger_release(%s, %s)", command_id("release", grant.pk), grant.pk)


def command_id(kind: str, pk: UUID) -> UUID:
    """Each of these can happen once to a thing, so the thing itself names the command."""
    return uuid5(NAMESPACE_URL, f"luisterloket:ledger:{kind}:{pk}")


def line_short_message() -> str:
    return _(
        "This line has %(there)s available, which is not enough for %(wanted)s. Choose another line or a lower amount, or ask"
        " the wijkwethouder to raise this line."
    )


def refuse_short_line(there: int, wanted: int) -> Refused:
    """The same refusal as the database's, for who asks more than the line has right now."""
    return Refused(line_short_message() % {"there": euro(there), "wanted": euro(wanted)}, code="line_short")


@contextmanager
def _words_for(message: str, code: str, wanted: int) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        cause: Any = error.__cause__
        if getattr(cause, "pgcode", None) != OVERSPENT:
            raise
        there = int(cause.diag.message_detail)
        raise Refused(message % {"there": euro(there), "wanted": euro(wanted)}, code=code) from error


def _call(sql: str, *values: Any) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


# Balances --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LineBalance:
    """Where the money of a line is, in cents."""

    paid: int = 0
    reserved: int = 0
    available: int = 0

    @property
    def total(self) -> int:
        return self.paid + self.reserved + self.available

    def __add__(self, other: "LineBalance") -> "LineBalance":
        return LineBalance(self.paid + other.paid, self.reserved + other.reserved, self.available + other.available)


def balance(account: LedgerAccount, at: datetime | None = None) -> int:
    """What an account holds now, or held at a moment."""
    if at is None:
        return LedgerAccount.objects.values_list("balance", flat=True).get(pk=account.pk)
    last = Posting.objects.filter(account=account, at__lte=at).order_by("-at", "-sequence").values_list("balance_after", flat=True)
    return last.first() or 0


def line_balances(lines: Iterable[BudgetLine | UUID]) -> dict[UUID, LineBalance]:
    """Paid, reserved and available per line; a line that is not approved has nothing. One query."""
    ids = [line.pk if isinstance(line, BudgetLine) else line for line in lines]
    found: dict[UUID, dict[str, int]] = {pk: {} for pk in ids}
    for pk, kind, cents in LedgerAccount.objects.filter(line__in=ids).values_list("line_id", "kind", "balance"):
        found[pk][kind] = cents
    return {pk: LineBalance(**kinds) for pk, kinds in found.items()}


@dataclass(frozen=True)
class SourceBalance:
    """What a source brought in and what of it is in no line yet, in cents."""

    received: int = 0
    unallocated: int = 0

    @property
    def allocated(self) -> int:
        return self.received - self.unallocated


def source_balances(sources: Iterable[Source]) -> dict[UUID, SourceBalance]:
    """One query."""
    sums = (
        LedgerAccount.objects.filter(source__in=sources)
        .values("source_id")
        .annotate(outside=Sum("balance", filter=Q(kind="outside")), unallocated=Sum("balance", filter=Q(kind="source")))
    )
    return {row["source_id"]: SourceBalance(-row["outside"], row["unallocated"]) for row in sums}


# What always holds -----------------------------------------------------------------------------------------------

# Each asks for what breaks a rule, so that a sound ledger answers nothing.
INVARIANTS = {
    "entries_sum_to_zero": """
        SELECT e.id FROM wijkbegroting_journalentry e LEFT JOIN wijkbegroting_posting p ON p.entry_id = e.id
        GROUP BY e.id HAVING coalesce(sum(p.amount), 1) <> 0 OR count(p.id) < 2""",
    "balance_is_sum_of_postings": """
        SELECT a.id FROM wijkbegroting_ledgeraccount a LEFT JOIN wijkbegroting_posting p ON p.account_id = a.id
        GROUP BY a.id HAVING a.balance <> coalesce(sum(p.amount), 0) OR a.version <> count(p.id)
          OR a.version <> coalesce(max(p.sequence), 0)""",
    "no_account_below_zero": """
        SELECT a.id FROM wijkbegroting_ledgeraccount a
        WHERE NOT a.may_go_below_zero
          AND (a.balance < 0 OR EXISTS (SELECT FROM wijkbegroting_posting p WHERE p.account_id = a.id AND p.balance_after < 0))""",
    "reservation_resolved_at_most_once": """
        SELECT e.reference FROM wijkbegroting_journalentry e JOIN wijkbegroting_posting p ON p.entry_id = e.id AND p.amount > 0
        WHERE e.kind IN ('reserve', 'pay', 'release')
        GROUP BY e.reference
        HAVING count(*) FILTER (WHERE e.kind = 'reserve') <> 1 OR count(*) FILTER (WHERE e.kind <> 'reserve') > 1
          OR min(p.amount) <> max(p.amount)""",
    "received_is_allocated_plus_unallocated": """
        SELECT s.id FROM wijkbegroting_source s
        WHERE coalesce(
            (SELECT -sum(a.balance) FROM wijkbegroting_ledgeraccount a WHERE a.source_id = s.id AND a.kind = 'outside'), 0)
          <> coalesce((SELECT sum(a.balance) FROM wijkbegroting_ledgeraccount a WHERE a.source_id = s.id AND a.kind = 'source'), 0)
           + coalesce((SELECT sum(a.balance) FROM wijkbegroting_ledgeraccount a
                       JOIN wijkbegroting_budgetline l ON l.id = a.line_id WHERE l.source_id = s.id), 0)""",
}


@dataclass(frozen=True)
class Broken:
    """A rule of the ledger that does not hold, and where (at most ten)."""

    rule: str
    where: tuple[UUID, ...]


def check_ledger() -> list[Broken]:
    """Which rules are broken: an empty list means that the ledger is sound. Five queries, over all wijken."""
    broken = []
    with connection.cursor() as cursor:
        for rule, sql in INVARIANTS.items():
            cursor.execute(f"{sql} LIMIT 10")
            found = tuple(row[0] for row in cursor.fetchall())
            if found:
                broken.append(Broken(rule, found))
    return broken
