"""Sealing both logs in batches, and holding the seals against what is there (decision 0027).

A page only adds its line and waits for nobody. A job closes a segment: everything that was committed and is in none yet, in the
order of moment and id. Its digest is made of every entry and of the digest before it, so that no entry can be changed, taken out
or put in without breaking it. What commits late comes in the next segment.
"""

import calendar
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from luisterloket.platform.writing import writing

from .models import AccessLogEntry, DroppedSegment, LogMember, LogSegment, ProcessingLogEntry

Log = LogSegment.Log
BATCH = 2_000
# No transaction lasts this long: what is older than this when a segment closes, and in none, was put in afterwards.
LATEST = timedelta(days=1)
# One run at a time; a number of our own among the advisory locks.
LOCK = 270_015
# Every field, in a fixed order: a field that is added later comes last, and only in segments made from then on.
FIELDS: dict[str, tuple[str, ...]] = {
    Log.ACCESS: (
        "id", "at", "actor_id", "role", "unit_id", "organisation_id", "purpose", "ground_kind", "ground_id", "convenant_version_id",
        "what", "categories", "subjects", "case_id", "result", "break_glass", "address", "client", "session", "trace_id", "span_id",
        "details",
    ),
    Log.PROCESSING: (
        "id", "at", "trace_id", "span_id", "parent_span_id", "status", "name", "start_ms", "end_ms", "processing_activity_id",
        "data_subject_id", "data_subject_id_type",
    ),
}  # fmt: skip
MODELS: dict[str, type[models.Model]] = {Log.ACCESS: AccessLogEntry, Log.PROCESSING: ProcessingLogEntry}


@dataclass(frozen=True)
class Broken:
    """The first thing that does not hold in one log: in which segment, at which entry where that can be told, and what it is."""

    log: str
    segment: int
    entry: UUID | None
    what: str

    def __str__(self) -> str:
        return f"{self.log} log, segment {self.segment}" + (f", entry {self.entry}" if self.entry else "") + f": {self.what}"


def seal() -> int:
    """Close segments of both logs until nothing is left; how many entries. Safe to run twice, also at once."""
    return sum(_seal_all(log) for log in Log.values)


def _seal_all(log: str) -> int:
    sealed = 0
    while True:
        with writing("convenant.sealing"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            new = _close(log) if cursor.fetchone()[0] else 0
        sealed += new
        if new < BATCH:
            return sealed


def _close(log: str) -> int:
    last = LogSegment.objects.filter(log=log).order_by("-number").first()
    unsealed = MODELS[log]._base_manager.filter(~Exists(LogMember.objects.filter(entry_id=OuterRef("pk"))))
    if last is not None:
        unsealed = unsealed.filter(at__gte=last.last_at - LATEST)
    rows = list(unsealed.order_by("at", "id").values_list(*FIELDS[log])[:BATCH])
    if not rows:
        return 0
    segment = LogSegment(
        log=log,
        number=last.number + 1 if last else 1,
        first_at=rows[0][1],
        last_at=max(rows[-1][1], last.last_at) if last else rows[-1][1],
        count=len(rows),
        previous=last.digest if last else "",
        sealed_at=timezone.now(),
    )
    digests = [digest_of(row) for row in rows]
    segment.digest = digest_of_segment(segment, digests)
    segment.save(force_insert=True)
    LogMember.objects.bulk_create(
        LogMember(entry_id=row[0], segment=segment, place=place, digest=digest)
        for place, (row, digest) in enumerate(zip(rows, digests, strict=True))
    )
    return len(rows)


def digest_of(row: tuple[Any, ...]) -> str:
    """Of one entry, as text that is the same on every machine."""
    return hashlib.sha256(json.dumps([_plain(value) for value in row], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest_of_segment(segment: LogSegment, digests: list[str]) -> str:
    head = [
        segment.log,
        str(segment.number),
        _plain(segment.first_at),
        _plain(segment.last_at),
        str(segment.count),
        _plain(segment.sealed_at),
        segment.previous,
    ]
    return hashlib.sha256("\n".join([*head, *digests]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, UUID) else value


# Verifying -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verified:
    """How it is with one log: how much was recomputed, how many segments went by their term, and the newest seal."""

    log: str
    segments: int
    entries: int
    dropped: int
    unsealed: int
    newest: LogSegment | None
    broken: Broken | None


def verify(log: str) -> Verified:
    """Recompute every seal of one log. Must be asked as a role that reads all of it: the owner or the jobs."""
    segments = entries = dropped = 0
    before: LogSegment | None = None
    for segment in LogSegment.objects.filter(log=log).order_by("number").select_related("dropped"):
        broken = _in_chain(segment, before) or _inside(segment)
        if broken is not None:
            return Verified(log, segments, entries, dropped, 0, before, broken)
        segments, before = segments + 1, segment
        if _was_dropped(segment):
            dropped += 1
        else:
            entries += segment.count
    loose = MODELS[log]._base_manager.filter(~Exists(LogMember.objects.filter(entry_id=OuterRef("pk"))))
    afterwards = loose.filter(at__lt=before.last_at - LATEST).order_by("at", "pk").first() if before else None
    return Verified(
        log,
        segments,
        entries,
        dropped,
        loose.count(),
        before,
        Broken(log, before.number, afterwards.pk, "was put in after this was sealed") if afterwards and before else None,
    )


def _in_chain(segment: LogSegment, before: LogSegment | None) -> Broken | None:
    expected = before.number + 1 if before else 1
    if segment.number != expected:
        return Broken(segment.log, expected, None, "is missing")
    if segment.previous != (before.digest if before else ""):
        return Broken(segment.log, segment.number, None, "does not follow the segment before it")
    return None


def _was_dropped(segment: LogSegment) -> bool:
    return hasattr(segment, "dropped")


def _inside(segment: LogSegment) -> Broken | None:
    """The first entry that is not as it was sealed, or the segment itself."""
    members = list(segment.members.order_by("place"))
    if _was_dropped(segment):
        if members:
            return Broken(segment.log, segment.number, members[0].entry_id, "was dropped and is still there")
        early = segment.last_at > _months_before(segment.dropped.dropped_at, segment.dropped.months)
        return Broken(segment.log, segment.number, None, "was dropped before its term had passed") if early else None
    fields = FIELDS[segment.log]
    there = {
        row[0]: row
        for row in MODELS[segment.log]._base_manager.filter(pk__in=[one.entry_id for one in members]).values_list(*fields)
    }
    for place, member in enumerate(members):
        row = there.get(member.entry_id)
        if member.place != place:
            return Broken(segment.log, segment.number, member.entry_id, "is not in its place: one was taken out or put in")
        if row is None:
            return Broken(segment.log, segment.number, member.entry_id, "was removed")
        if digest_of(row) != member.digest:
            return Broken(segment.log, segment.number, member.entry_id, "was changed")
    if len(members) != segment.count:
        extra = members[segment.count].entry_id if len(members) > segment.count else None
        return Broken(segment.log, segment.number, extra, f"holds {len(members)} entries and was sealed with {segment.count}")
    if digest_of_segment(segment, [one.digest for one in members]) != segment.digest:
        return Broken(segment.log, segment.number, None, "was sealed again: its digest is another")
    return None


# Dropping --------------------------------------------------------------------------------------------------------


def past_their_term() -> list[LogSegment]:
    """The segments of which the youngest entry is older than the term, the oldest first."""
    before = _months_before(timezone.now(), settings.ACCESS_LOG_MONTHS)
    return list(LogSegment.objects.filter(last_at__lt=before, dropped=None).order_by("log", "number"))


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier; the last of that month when it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


def drop(segment: LogSegment) -> int:
    """Remove the entries of one segment, whole; its seal stays. Only the owner of the tables can."""
    with writing("convenant.sealing"), transaction.atomic():
        DroppedSegment(
            segment=segment, dropped_at=timezone.now(), months=settings.ACCESS_LOG_MONTHS, source=settings.ACCESS_LOG_SOURCE
        ).save(force_insert=True)
        entries = list(segment.members.values_list("entry_id", flat=True))
        gone, _each = MODELS[segment.log]._base_manager.filter(pk__in=entries).delete()
        segment.members.all().delete()
    return gone
