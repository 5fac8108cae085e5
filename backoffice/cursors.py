"""Lists that go on where the last page ended, and the lines they are made of."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from .clocks import Wait
from .models import QUEUE_RANK, SpecialistRequest, Stall

PER_PAGE = 25
RANKS = {"0", "1", "2"}


@dataclass(frozen=True)
class Row:
    """One request as a list shows it."""

    request: SpecialistRequest
    wait: Wait
    stall: Stall | None = None
    who: str = ""

    @property
    def key(self) -> str:
        """What a tick box sends."""
        return str(self.request.pk)


@dataclass(frozen=True)
class Group:
    title: Any
    rows: list[Row] = field(default_factory=list)


def by_clock(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    """What is acute first, then in the order of the clock, and last what waits for someone else."""
    found = found.annotate(rank=QUEUE_RANK).order_by("rank", "due_at", "id")
    if (cursor := _cursor(after, 3)) and cursor[0] in RANKS:
        rank, due_at, pk = int(cursor[0]), datetime.fromisoformat(cursor[1]), UUID(cursor[2])
        found = found.filter(Q(rank__gt=rank) | Q(rank=rank, due_at__gt=due_at) | Q(rank=rank, due_at=due_at, pk__gt=pk))
    return _cut(found, lambda one: f"{one.rank}~{one.due_at.isoformat()}~{one.pk}")


def newest(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    # What ended without an answer stands at the moment at which it did.
    found = found.annotate(done_at=Coalesce("answered_at", "closed_at")).order_by("-done_at", "-id")
    if cursor := _cursor(after, 2):
        at, pk = datetime.fromisoformat(cursor[0]), UUID(cursor[1])
        found = found.filter(Q(done_at__lt=at) | Q(done_at=at, pk__lt=pk))
    return _cut(found, lambda one: f"{one.done_at.isoformat()}~{one.pk}")


def _cursor(after: str, parts: int) -> list[str] | None:
    """The parts of a cursor; None for one that was tampered with, which starts the list anew."""
    found = after.split("~")
    if len(found) != parts:
        return None
    try:
        datetime.fromisoformat(found[-2])
        UUID(found[-1])
    except ValueError:
        return None
    return found if timezone.is_aware(datetime.fromisoformat(found[-2])) else None


def _cut(found: Any, cursor_of: Any) -> tuple[list[SpecialistRequest], str]:
    rows = list(found[: PER_PAGE + 1])
    return rows[:PER_PAGE], cursor_of(rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else ""


def open_stalls(requests: list[UUID]) -> dict[UUID, Stall]:
    if not requests:
        return {}
    return {stall.request_id: stall for stall in Stall.objects.filter(request__in=requests, ended_at=None).select_related("owner")}


def due_first(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    found = found.order_by("due_at", "id")
    if cursor := _cursor(after, 2):
        at, pk = datetime.fromisoformat(cursor[0]), UUID(cursor[1])
        found = found.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=pk))
    return _cut(found, lambda one: f"{one.due_at.isoformat()}~{one.pk}")


def latest_closed(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    found = found.order_by("-closed_at", "-id")
    if cursor := _cursor(after, 2):
        at, pk = datetime.fromisoformat(cursor[0]), UUID(cursor[1])
        found = found.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=pk))
    return _cut(found, lambda one: f"{one.closed_at.isoformat()}~{one.pk}")
