"""What changed in a case, by whom and when, in words: read from the history of the rows, in what the reader may see.

A change in a category that someone may not see is left out wholly: not its words, not its moment, not that it was there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from luisterloket.convenant.identity_numbers import CATEGORY
from luisterloket.people.models import User

from . import permissions
from .changes_in_words import KINDS, OWNER, icon_of, in_words
from .looks import Look
from .models import Case

PAGE = 25
WHAT = "history of a case"


@dataclass(frozen=True)
class Change:
    """One change as a sentence."""

    at: datetime
    icon: str
    text: str


@dataclass(frozen=True)
class ChangesPage:
    """Changes, newest first; `following` is the key of the next page."""

    case: Case
    changes: list[Change]
    following: str


def changes_page(case: Case, user: User, *, before: tuple[datetime, tuple[int, int]] | None = None) -> ChangesPage:
    """A page of changes, in a fixed number of queries; the look is kept. Raises `NotAllowed` for who has no part in the case."""
    look = Look(case, user)
    allowed = look.allowed
    if CATEGORY in allowed and not permissions.post_for_number(user, case.unit_id):
        # Who was brought in from another wijk brings no number along, and not that there is one.
        allowed -= {CATEGORY}
    rows = sorted((row for rank in range(len(KINDS) + 1) for row in _rows(rank, case, allowed, before)), key=_moment, reverse=True)
    shown, more = rows[:PAGE], len(rows) > PAGE
    earlier = _earlier(shown)
    names = _names(shown)
    told = [(row, *in_words(row, earlier.get((row.rank, row.earlier)), allowed, names)) for row in shown]
    categories = {category for _row, text, seen in told if text for category in seen}
    look.keep(WHAT, categories)
    changes = [Change(row.history_date, icon_of(row), text) for row, text, _seen in told if text]
    following = f"{shown[-1].history_date.isoformat()}_{shown[-1].rank}-{shown[-1].history_id}" if more else ""
    return ChangesPage(case, changes, following)


def place(text: str) -> tuple[int, int]:
    """The second half of a key: which kind of row, and which one. Raises `ValueError`."""
    rank, pk = text.split("-")
    return int(rank), int(pk)


def _moment(row: Any) -> tuple[datetime, int, int]:
    return row.history_date, row.rank, row.history_id


def _rows(rank: int, case: Case, allowed: frozenset[str], before: tuple[datetime, tuple[int, int]] | None) -> Iterator[Any]:
    """The newest rows of one kind, at most one more than a page, each with the id of the row before it."""
    found = Case.history.filter(id=case.pk) if rank == OWNER else KINDS[rank].of_case(case, allowed)
    if before is not None:
        at, (its_rank, its_id) = before
        same_moment = Q() if rank < its_rank else Q(history_id__lt=its_id) if rank == its_rank else Q(pk__in=[])
        found = found.filter(Q(history_date__lt=at) | (Q(history_date=at) & same_moment))
    past = found.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    if rank == OWNER:
        # A case is saved for more than its owner.
        found = found.annotate(earlier_owner=Subquery(past.values("owner_id")[:1]))
        found = found.filter(Q(earlier_owner=None) | ~Q(owner_id=F("earlier_owner")))
    found = found.exclude(history_type="-").annotate(earlier=Subquery(past.values("history_id")[:1]))
    for row in found.order_by("-history_date", "-history_id")[: PAGE + 1]:
        row.rank = rank
        yield row


def _earlier(rows: Iterable[Any]) -> dict[tuple[int, int], Any]:
    """The rows as they were before those, by kind and id. One query for each kind."""
    wanted: dict[int, list[int]] = {rank: [] for rank in range(OWNER)}
    models: dict[int, Any] = {}
    for row in rows:
        if row.rank != OWNER and row.earlier is not None:
            wanted[row.rank].append(row.earlier)
            models[row.rank] = type(row)
    return {
        (rank, one.history_id): one
        for rank, ids in wanted.items()
        if ids
        for one in models[rank].objects.filter(history_id__in=ids)
    }


def _names(rows: Iterable[Any]) -> dict[Any, str]:
    """The names of who changed something and of owners. One query."""
    ids = {row.history_user_id for row in rows}
    ids |= {owner for row in rows if row.rank == OWNER for owner in (row.owner_id, row.earlier_owner)}
    return dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
