"""Vandaag: what needs this person now, gathered from every floor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from .registries import Beginning, TodayItem, beginnings, today

FIRST_SCREEN = 7
# The latest moment there is, for what has no date: it comes last.
NEVER = datetime.max.replace(tzinfo=timezone.get_default_timezone()) - timedelta(days=2)
TONES = {"acute": 0, "waiting": 1, "money": 2, "done": 3, "neutral": 4}


@dataclass(frozen=True)
class TodayLine:
    item: TodayItem
    who: str
    late: bool


@dataclass(frozen=True)
class TodayPage:
    """At most seven things on the first screen, an acute one on top (`alarm`); `more` says how many wait behind the count."""

    alarm: TodayLine | None
    lines: list[TodayLine]
    more: int
    beginnings: list[Beginning]


class _Names:
    """Who a case is about; the floor that knows cases gives this, and logs the look."""

    of: Callable[[Any, list[UUID]], Mapping[UUID, str]] | None = None

    def offer(self, function: Callable[[Any, list[UUID]], Mapping[UUID, str]]) -> None:
        self.of = function


names = _Names()


def page(user: Any, *, everything: bool = False) -> TodayPage:
    """One line per case for each kind of thing, the worst first."""
    now = timezone.now()
    items = sorted(
        (item for offer in today for item in offer(user)),
        key=lambda item: (TONES[item.tone] > 0, item.due_at or NEVER, TONES[item.tone]),
    )
    shown = items if everything else items[:FIRST_SCREEN]
    cases = list(dict.fromkeys(item.case_id for item in shown if item.case_id))
    who = names.of(user, cases) if names.of is not None and cases else {}
    lines = [
        TodayLine(item, who.get(item.case_id, "") if item.case_id else "", bool(item.due_at and item.due_at < now))
        for item in shown
    ]
    first = lines[0] if lines and lines[0].item.tone == "acute" else None
    return TodayPage(
        alarm=first,
        lines=lines[1:] if first else lines,
        more=len(items) - len(shown),
        beginnings=[begin for offer in beginnings for begin in offer(user)],
    )
