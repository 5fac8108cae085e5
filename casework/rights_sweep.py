"""The sweep that keeps the legal term of a request about one's data: told once when it comes near, and once when it has passed.

It runs as the jobs role, which sees ids, days and units, and no word of what was asked or of whom.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from luisterloket.platform.writing import writing

from .rights_terms import NEAR_DAYS

BATCH = 5000
# What passed is not told to come near any more. Rows that someone is working on are skipped until the next run.
FLAG = """
WITH due AS (
  SELECT id FROM casework_rightsrequest
  WHERE status NOT IN ('told', 'withdrawn') AND {column} IS NULL AND {when}
  ORDER BY due_on LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
), flagged AS (
  UPDATE casework_rightsrequest q SET {column} = %(now)s FROM due WHERE q.id = due.id
  RETURNING q.id, q.unit_id, q.case_id, q.handler_id
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
  SELECT gen_random_uuid(), %(now)s, 'job', '{verb}', 'casework.rightsrequest', id, unit_id, case_id,
    jsonb_build_object('handler', handler_id)
  FROM flagged
), outbox AS (
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
  SELECT gen_random_uuid(), %(now)s, '{verb}', 'casework.rightsrequest', id, unit_id, 0 FROM flagged
)
SELECT count(*) FROM flagged
"""
LATE = FLAG.format(column="late_flagged_at", when="due_on < %(today)s", verb="rights.late")
NEAR = FLAG.format(column="near_flagged_at", when="due_on BETWEEN %(today)s AND %(near)s", verb="rights.near")


def flag_terms() -> int:
    """Flag every request of which the term has passed or comes near; how many were new. Safe to run twice, also at once."""
    return sum(_flag(statement) for statement in (LATE, NEAR))


def _flag(statement: str) -> int:
    today, flagged = timezone.localdate(), 0
    known: dict[str, Any] = {"now": timezone.now(), "today": today, "near": today + timedelta(days=NEAR_DAYS), "batch": BATCH}
    while True:
        with writing("casework.rights_sweep"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, known)
            (new,) = cursor.fetchone()
        flagged += new
        if new < BATCH:
            return flagged
