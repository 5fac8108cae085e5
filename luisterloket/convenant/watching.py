"""The job that looks through the access log for what is out of the ordinary (capability C32). It judges nobody: it asks.

It works as the jobs role, which reads ids and moments and no name of a resident. Who shares a name or a street is told by the floor
that knows residents, as ids.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from luisterloket.people.models import User
from luisterloket.platform.writing import writing

from .access_log import subject_hash
from .models import LogWatch, UnusualLook, WatchedHome

Kind = UnusualLook.Kind
# How far back from where the last run ended: what commits late, and a burst or a night that was not over yet.
OVERLAP = timedelta(hours=2)
A_NIGHT = timedelta(hours=36)
STEP = timedelta(minutes=5)
# One run at a time; a number of our own among the advisory locks.
LOCK = 270_016
# The grounds of work in a wijk. A desk and a table are of no wijk.
OF_A_WIJK = ("involvement", "own_cases", "wijk", "early_sign")

# Lists of one's own cases say nothing: paging through them is work.
MANY = """
SELECT e.actor_id, to_char(step AT TIME ZONE %(zone)s, 'YYYY-MM-DD'), min(e.at), max(e.at), count(DISTINCT subject)
FROM generate_series(%(since)s::timestamptz, %(until)s::timestamptz + %(step)s, %(step)s) AS step
JOIN convenant_accesslogentry e ON e.at > step - %(window)s AND e.at <= step
CROSS JOIN unnest(e.subjects) AS subject
WHERE e.result = 'given' AND e.ground_kind <> 'own_cases'
GROUP BY e.actor_id, step HAVING count(DISTINCT subject) >= %(least)s ORDER BY step
"""
# A night is named after the day on which it began, and counted when it is over.
NIGHT = """
SELECT actor_id, night, min(at), max(at), count(*) FROM (
  SELECT actor_id, at, to_char((at AT TIME ZONE %(zone)s) - make_interval(hours => %(from_hour)s), 'YYYY-MM-DD') AS night
  FROM convenant_accesslogentry
  WHERE at > %(since)s AND result = 'given' AND cardinality(subjects) > 0 AND NOT break_glass
    AND NOT (extract(hour FROM at AT TIME ZONE %(zone)s) >= %(from_hour)s
      AND extract(hour FROM at AT TIME ZONE %(zone)s) < %(until_hour)s)
) looks
WHERE night < to_char((%(until)s AT TIME ZONE %(zone)s) - make_interval(hours => %(from_hour)s), 'YYYY-MM-DD')
GROUP BY actor_id, night
"""
DENIED = """
SELECT actor_id, to_char(at AT TIME ZONE %(zone)s, 'YYYY-MM-DD') AS day, min(at), max(at), count(*)
FROM convenant_accesslogentry WHERE at > %(since)s AND result = 'denied'
GROUP BY actor_id, day HAVING count(*) >= %(least)s
"""
PAIRS = """
SELECT actor_id, subject, bool_or(ground_kind = ANY (%(wijk)s)), min(at), max(at), count(*)
FROM convenant_accesslogentry CROSS JOIN unnest(subjects) AS subject
WHERE at > %(since)s AND result = 'given' GROUP BY actor_id, subject
"""


@dataclass(frozen=True)
class Pair:
    """Someone who works here and a resident whom they looked at."""

    user_id: UUID
    name: str
    # The key of their own postcode; empty when it is not known.
    home: str
    resident_id: UUID
    # Whether the ground was work in a wijk.
    of_a_wijk: bool


class _Alike:
    """Which pairs are more than colleague and resident; the floor that knows residents gives this: (kind, user, resident)."""

    of: Callable[[list[Pair]], Iterable[tuple[str, UUID, UUID]]] | None = None
    # The key of a postcode, or an empty text when it is none.
    home_key: Callable[[str], str] | None = None

    def offer(self, of: Callable[[list[Pair]], Iterable[tuple[str, UUID, UUID]]], home_key: Callable[[str], str]) -> None:
        self.of, self.home_key = of, home_key


alike = _Alike()


def watch() -> int:
    """Raise what was not raised before; how many. Safe to run twice, also at once."""
    with writing("convenant.watching"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        until = timezone.now()
        seen = LogWatch.objects.values_list("until", flat=True).first()
        before = UnusualLook.objects.count()
        looks = [*_counted(cursor, seen or until - A_NIGHT, until), *_of_pairs(cursor, (seen or until - A_NIGHT) - OVERLAP)]
        for one in looks:
            one.raised_at = until
        UnusualLook.objects.bulk_create(looks, ignore_conflicts=True)
        if not LogWatch.objects.update(until=until):
            LogWatch(until=until).save(force_insert=True)
        return UnusualLook.objects.count() - before


def _counted(cursor: Any, seen: datetime, until: datetime) -> list[UnusualLook]:
    """Many residents, a night, refusals."""
    asked = {
        "zone": settings.TIME_ZONE,
        "until": until,
        "from_hour": settings.USUAL_FROM_HOUR,
        "until_hour": settings.USUAL_UNTIL_HOUR,
    }
    window = {"step": STEP, "window": timedelta(minutes=settings.UNUSUAL_MINUTES), "least": settings.UNUSUAL_RESIDENTS}
    questions: list[tuple[str, str, dict[str, Any]]] = [
        (Kind.MANY, MANY, {"since": seen - OVERLAP, **window}),
        (Kind.NIGHT, NIGHT, {"since": seen - A_NIGHT}),
        (Kind.DENIED, DENIED, {"since": seen - A_NIGHT, "least": settings.UNUSUAL_DENIALS}),
    ]
    found = []
    for kind, sql, details in questions:
        cursor.execute(sql, asked | details)
        found += [
            UnusualLook(kind=kind, actor_id=actor, thing=thing, first_at=first, last_at=last, count=count)
            for actor, thing, first, last, count in cursor.fetchall()
        ]
    return found


def _of_pairs(cursor: Any, since: datetime) -> list[UnusualLook]:
    """A name, a street, another wijk."""
    cursor.execute(PAIRS, {"since": since, "wijk": list(OF_A_WIJK)})
    rows = {(actor, resident): rest for actor, resident, *rest in cursor.fetchall()}
    names = dict(User.objects.filter(pk__in={actor for actor, _resident in rows}).values_list("pk", "name"))
    homes = dict(WatchedHome.objects.values_list("user_id", "key"))
    pairs = [
        Pair(actor, names[actor], homes.get(actor, ""), resident, of_a_wijk)
        for (actor, resident), (of_a_wijk, *_rest) in rows.items()
        if actor in names
    ]
    if not pairs or alike.of is None:
        return []
    found = []
    for kind, actor, resident in alike.of(pairs):
        _wijk, first, last, count = rows[actor, resident]
        subject = subject_hash(resident)
        # Half a hash is enough to tell residents apart.
        found.append(
            UnusualLook(kind=kind, actor_id=actor, thing=subject[:32], first_at=first, last_at=last, count=count, subject=subject)
        )
    return found
