"""The pages of what is out of the ordinary in the access log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import ngettext

from luisterloket.people.models import User

from .access_log import REFERENCE
from .log_search import LogQuery, entries
from .looks import Look, a_page
from .models import AccessLogEntry, UnusualLook, WatchedHome

Kind, Status = UnusualLook.Kind, UnusualLook.Status
PAGE = 50
TONES = {Status.OPEN: "waiting", Status.EXPLAINED: "done", Status.REPORTED: "acute"}


@dataclass(frozen=True)
class UnusualLine:
    """One of them with the name of who looked, and in words how much it was."""

    one: UnusualLook
    who: str
    how_much: str
    reference: str
    tone: str
    answered_by: str


@dataclass(frozen=True)
class UnusualPage:
    open: list[UnusualLine]
    answered: list[UnusualLine]
    following: str


def unusual_page(*, before: tuple[datetime, UUID] | None = None) -> UnusualPage:
    """All that is open, and a page of what was answered."""
    answered = UnusualLook.objects.exclude(status=Status.OPEN).select_related("answered_by").order_by("-raised_at", "-pk")
    if before is not None:
        answered = answered.filter(Q(raised_at__lt=before[0]) | Q(raised_at=before[0], pk__lt=before[1]))
    found = list(answered[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    waiting = [] if before else list(UnusualLook.objects.filter(status=Status.OPEN).order_by("-raised_at", "pk")[: 4 * PAGE])
    return UnusualPage(lines(waiting), lines(found[:PAGE]), f"{last.raised_at.isoformat()}_{last.pk}" if last else "")


def lines(found: Iterable[UnusualLook]) -> list[UnusualLine]:
    found = list(found)
    names = dict(User.objects.filter(pk__in={one.actor_id for one in found}).values_list("pk", "name"))
    return [
        UnusualLine(
            one,
            names.get(one.actor_id, ""),
            how_much(one),
            one.subject[:REFERENCE],
            TONES[Status(one.status)],
            one.answered_by.name if one.answered_by else "",
        )
        for one in found
    ]


def line_of(one: UnusualLook) -> UnusualLine:
    return lines([one])[0]


def how_much(one: UnusualLook) -> str:
    if one.kind == Kind.MANY:
        return ngettext("%(n)s resident", "%(n)s residents", one.count) % {"n": one.count}
    if one.kind == Kind.DENIED:
        return ngettext("refused once", "refused %(n)s times", one.count) % {"n": one.count}
    return ngettext("looked once", "looked %(n)s times", one.count) % {"n": one.count}


def find(pk: UUID) -> UnusualLook | None:
    return UnusualLook.objects.select_related("answered_by").filter(pk=pk).first()


def count_open() -> int:
    return UnusualLook.objects.filter(status=Status.OPEN).count()


def looks_of(one: UnusualLook) -> list[Look]:
    """The looks that it is about, the newest first, as far as they fit on a page."""
    found = entries(LogQuery(people=(one.actor_id,), resident=one.subject))
    found = found.filter(at__gte=one.first_at, at__lte=one.last_at + timedelta(seconds=1))
    wanted = AccessLogEntry.Result.DENIED if one.kind == Kind.DENIED else AccessLogEntry.Result.GIVEN
    return a_page(found.filter(result=wanted))[0]


def homes() -> list[tuple[str, Any]]:
    """Of whom it is known, and since when. Where someone lives is not kept readable."""
    return list(WatchedHome.objects.select_related("user").order_by("user__name").values_list("user__name", "noted_at"))
