"""The sweeps of what was handed in and of pauses of collection: late is told once, an end that comes near once, old words go.

They run as the jobs role, which sees ids, days and units and can read no word of it. Rows that someone is working on are skipped
until the next run.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from casework.money import ending_soon
from luisterloket.platform.writing import writing

BATCH = 5000
# The loket owes the sender an answer, or what came of it: whose turn it is stands on the reception.
LATE = """
WITH due AS (
  SELECT id FROM backoffice_handin
  WHERE status IN ('sent', 'accepted') AND late_flagged_at IS NULL AND due_on < %(today)s
  ORDER BY due_on LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
), flagged AS (
  UPDATE backoffice_handin h SET late_flagged_at = %(now)s FROM due WHERE h.id = due.id RETURNING h.id, h.unit_id, h.status
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, details)
  SELECT gen_random_uuid(), %(now)s, 'job', 'hand_in.late', 'backoffice.handin', f.id, f.unit_id,
    jsonb_build_object('owner', r.owner_id, 'waits_for', CASE f.status WHEN 'sent' THEN 'answer' ELSE 'outcome' END)
  FROM flagged f JOIN backoffice_reception r ON r.hand_in_id = f.id
), outbox AS (
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
  SELECT gen_random_uuid(), %(now)s, 'hand_in.late', 'backoffice.handin', id, unit_id, 0 FROM flagged
)
SELECT count(*) FROM flagged
"""
ENDS = """
WITH due AS (
  SELECT id FROM backoffice_collectionpause
  WHERE paused_until <= %(soon)s AND ends_flagged_at IS NULL
  ORDER BY paused_until LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
), flagged AS (
  UPDATE backoffice_collectionpause p SET ends_flagged_at = %(now)s FROM due WHERE p.id = due.id
  RETURNING p.request_id, p.unit_id, p.case_id
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
  SELECT gen_random_uuid(), %(now)s, 'job', 'pause.ends', 'backoffice.specialistrequest', request_id, unit_id, case_id, '{}'
  FROM flagged
), outbox AS (
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
  SELECT gen_random_uuid(), %(now)s, 'pause.ends', 'backoffice.specialistrequest', request_id, unit_id, 0 FROM flagged
)
SELECT count(*) FROM flagged
"""
# Without their words: the columns themselves are closed to jobs, for reading. What came into a case stays there.
WIPE = """
WITH wiped AS (
  UPDATE backoffice_handin SET reference = '', name = '', born = '', phone = '', email = '', address = '', text = '',
    sent_back_words = '', wiped_at = %(now)s
  WHERE answered_at < %(before)s AND wiped_at IS NULL
  RETURNING id
)
SELECT count(*) FROM wiped
"""


def flag_late() -> int:
    """Flag what a loket did not answer, or of which it did not tell what came of it; how many were new. Safe to run twice."""
    return _flag(LATE)


def flag_pauses_that_end() -> int:
    """Flag each pause of collection that ends within a week, once; how many were new. Safe to run twice."""
    return _flag(ENDS)


def wipe_answered() -> int:
    """Take away what senders wrote, `HAND_IN_DAYS` after it was answered; how many. Safe to run twice."""
    now = timezone.now()
    with writing("backoffice.hand_in_sweep"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WIPE, {"now": now, "before": now - timedelta(days=settings.HAND_IN_DAYS)})
        (wiped,) = cursor.fetchone()
    return int(wiped)


def _flag(statement: str) -> int:
    flagged = 0
    while True:
        known: dict[str, Any] = {"now": timezone.now(), "today": timezone.localdate(), "soon": ending_soon(), "batch": BATCH}
        with writing("backoffice.hand_in_sweep"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, known)
            (new,) = cursor.fetchone()
        flagged += new
        if new < BATCH:
            return flagged
