"""Keeping a look in both logs, in one statement: whoever cannot be logged is shown nothing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg2.extras import Json

from luisterloket.people.models import Post
from luisterloket.platform import logs, origin
from luisterloket.platform.encryption import lookup_hash
from luisterloket.platform.writing import writing

from .models import AccessLogEntry, ProcessingLogEntry

Result = AccessLogEntry.Result
Status = ProcessingLogEntry.Status
# What `data_subject_id` is, as LDV asks: neither a BSN nor a staff number, so an address that says what it is.
SUBJECT_TYPE = "urn:luisterloket:inwoner"
# The ground that the emergency gives: it opens what no other ground opens.
BREAK_GLASS = "break_glass"
# So much of the hash stands for a resident where people read and type it.
REFERENCE = 12
# Where the register of processing is (AVG article 30).
REGISTER = "/convenant/register/"
STATUS_OF = {Result.GIVEN: Status.OK, Result.NOTHING: Status.OK, Result.DENIED: Status.UNSET}

KEEP = """
WITH looked AS (
  INSERT INTO convenant_accesslogentry (id, at, actor_id, role, unit_id, organisation_id, purpose, ground_kind, ground_id,
    convenant_version_id, what, categories, subjects, case_id, result, break_glass, address, client, session, trace_id, span_id,
    details)
  VALUES (%(id)s, %(at)s, %(actor)s, %(role)s, %(unit)s, %(organisation)s, %(purpose)s, %(ground_kind)s, %(ground)s,
    %(version)s, %(what)s, %(categories)s::varchar[], %(subjects)s::uuid[], %(case)s, %(result)s, %(break_glass)s, %(address)s,
    %(client)s, %(session)s, %(trace)s, %(span)s, %(details)s)
)
INSERT INTO convenant_processinglogentry (id, at, trace_id, span_id, parent_span_id, status, name, start_ms, end_ms,
  processing_activity_id, data_subject_id, data_subject_id_type)
SELECT id, %(at)s, %(trace)s, span, %(span)s, %(status)s, %(what)s, %(start_ms)s, %(end_ms)s, %(activity)s, subject, %(type)s
FROM unnest(%(lines)s::uuid[], %(spans)s::text[], %(hashes)s::text[]) AS line (id, span, subject)
"""


def keep_look(
    *,
    actor_id: UUID,
    post: Post | None,
    purpose: str,
    ground_kind: str,
    what: str,
    ground_id: UUID | None = None,
    version_id: UUID | None = None,
    categories: Iterable[str] = (),
    subjects: Iterable[UUID] = (),
    case_id: UUID | None = None,
    result: str = Result.GIVEN,
    began: datetime | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Write one entry of the access log and a line of the processing log for each resident. One round trip.

    Raises what the database raises: the page that wanted to show something then shows nothing.
    """
    now, where = timezone.now(), origin.current()
    residents = list(subjects)
    values = {
        "id": uuid4(),
        "at": now,
        "actor": actor_id,
        "role": post.role.code if post else "",
        "unit": post.unit_id if post else None,
        "organisation": post.organisation_id if post else None,
        "purpose": purpose,
        "ground_kind": ground_kind,
        "ground": ground_id,
        "version": version_id,
        "what": what,
        "categories": sorted(set(categories)),
        "subjects": residents,
        "case": case_id,
        "result": str(result),
        "break_glass": ground_kind == BREAK_GLASS,
        "address": where.address,
        "client": str(where.client),
        "session": where.session,
        "trace": logs.trace_id() or logs.new_trace_id(),
        "span": logs.new_span_id(),
        "details": Json(details or {}),
        "status": str(STATUS_OF[Result(result)]),
        "start_ms": _milliseconds(began or now),
        "end_ms": _milliseconds(now),
        "activity": activity_of(purpose, version_id, post.organisation_id if post else None),
        "type": SUBJECT_TYPE,
        # What comes twice is one resident.
        "hashes": (hashes := [subject_hash(one) for one in dict.fromkeys(residents)]),
        "lines": [uuid4() for _ in hashes],
        "spans": [logs.new_span_id() for _ in hashes],
    }
    with writing("convenant.access_log"), connection.cursor() as cursor:
        cursor.execute(KEEP, values)


def subject_hash(resident: UUID) -> str:
    """The resident in the processing log: the same each time, and nobody's without the key."""
    return lookup_hash(str(resident), "data subject")


def reference_of(resident: UUID) -> str:
    """By which a resident is named to who may not read files, such as the privacy officer."""
    return subject_hash(resident)[:REFERENCE]


def activity_of(purpose: str, version_id: UUID | None, organisation_id: UUID | None = None) -> str:
    """The address of this purpose of this organisation in the register of processing, under the convenant version that gave it."""
    version = f"?versie={version_id}" if version_id else ""
    return f"{settings.BASE_URL}{REGISTER}{version}#{f'{organisation_id}-' if organisation_id else ''}{purpose}"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
