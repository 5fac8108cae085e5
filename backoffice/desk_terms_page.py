"""What the page shows on which the lead of a desk keeps its hours, closed days, kinds of request and terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from . import terms
from .models import Clock, Desk, Kind, Term, Urgency
from .statutory import KNOWN, KnownTerm
from .transitions import CLOCKS_WITH_A_TERM


@dataclass(frozen=True)
class Shown:
    """A row of the table, in words."""

    term: Term
    words: str


@dataclass(frozen=True)
class TermLine:
    """One clock under one urgency: what holds now, what will, and what did."""

    clock: Any
    urgency: Any
    now: Shown | None
    coming: list[Shown]
    earlier: list[Shown]


@dataclass(frozen=True)
class KindTerms:
    kind: Kind
    taken: bool
    lines: list[TermLine]


@dataclass(frozen=True)
class DeskTermsPage:
    desk: Desk
    # Each day of the week, and from when until when it is open; empty when it is not.
    week: list[tuple[Any, str]]
    kinds: list[KindTerms]
    closed: list[tuple[date, str]]
    known: tuple[KnownTerm, ...]


def desk_terms_page(desk: Desk) -> DeskTermsPage:
    """The whole table of one desk with its history, and its closed days to come. One query."""
    today = timezone.localdate()
    found: dict[tuple[str, str, str], list[Term]] = {}
    for term in Term.objects.filter(desk=desk):
        found.setdefault((term.kind, term.urgency, term.clock), []).append(term)
    kinds = [
        KindTerms(
            kind,
            kind in desk.kinds,
            [
                _line(clock, urgency, found.get((kind, urgency, clock), []), today)
                for clock in CLOCKS_WITH_A_TERM
                for urgency in Urgency
            ],
        )
        for kind in Kind
    ]
    closed = sorted((date.fromisoformat(day), why) for day, why in desk.closed_days.items())
    week = [(WEEKDAYS[number], " – ".join(day) if day else "") for number, day in enumerate(desk.week)]
    return DeskTermsPage(desk, week, kinds, [(day, why) for day, why in closed if day >= today], KNOWN)


def _line(clock: Clock, urgency: Urgency, rows: list[Term], today: date) -> TermLine:
    """`rows` come newest first: of those that began, the first holds."""
    began = [term for term in rows if term.valid_from <= today]
    coming = [term for term in rows if term.valid_from > today]
    now = next(iter(_shown(began)), None)
    return TermLine(clock.label, urgency.label, now, _shown(reversed(coming)), _shown(began[1:]))


def _shown(rows: Iterable[Term]) -> list[Shown]:
    return [Shown(term, terms.in_words(term)) for term in rows]
