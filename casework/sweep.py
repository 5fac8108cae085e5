"""The sweep that keeps a next contact and an early sign from being forgotten: each is flagged once, when it is late or nobody's.

It runs as the jobs role, which sees ids, days and units and can read no word of what it is about.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from luisterloket.platform.writing import writing

from .models import WIPED_AFTER

BATCH = 5000

# Rows that someone is working on are skipped until the next run; what was flagged is not flagged again until it runs anew.
FLAG = """
WITH due AS (
  SELECT id, late_on <= %(today)s AS late FROM {table}
  WHERE {open} AND flagged_at IS NULL AND (late_on <= %(today)s OR {nobodys})
  ORDER BY late_on LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
), flagged AS (
  UPDATE {table} t SET flagged_at = %(now)s, flagged_because = CASE WHEN due.late THEN 'late' ELSE 'nobody' END
  FROM due WHERE t.id = due.id
  RETURNING t.id, t.unit_id, t.case_id, t.{owner} AS owner_id, t.flagged_because
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
  SELECT gen_random_uuid(), %(now)s, 'job', '{verb}', '{label}', id, unit_id, case_id,
    jsonb_build_object('because', flagged_because, 'owner', owner_id)
  FROM flagged
), outbox AS (
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
  SELECT gen_random_uuid(), %(now)s, '{verb}', '{label}', id, unit_id, 0 FROM flagged
)
SELECT count(*) FROM flagged
"""
FOLLOW_UPS = FLAG.format(
    table="casework_followup",
    open="done_at IS NULL",
    owner="who_id",
    verb="follow_up.flagged",
    label="casework.followup",
    nobodys="id IN (SELECT follow_ups_of_nobody(%(today)s))",
)
SIGNS = FLAG.format(
    table="casework_earlysign",
    open="status <> 'settled'",
    owner="owner_id",
    verb="sign.flagged",
    label="casework.earlysign",
    nobodys="""NOT EXISTS (
      SELECT FROM people_appointment a JOIN people_user u ON u.id = a.user_id AND u.is_active
      WHERE a.user_id = casework_earlysign.owner_id AND a.unit_id = casework_earlysign.unit_id
        AND a.role IN ('wijkwerker', 'coordinator') AND a.since <= %(today)s AND (a.until IS NULL OR a.until >= %(today)s))""",
)
# Without their words: the columns themselves are closed to jobs, for reading.
WIPE = """
WITH wiped AS (
  UPDATE casework_earlysign SET about = '', place = '', seen = '', told_by = '', wiped_at = %(now)s
  WHERE status = 'settled' AND wiped_at IS NULL AND case_id IS NULL AND settled_at < %(before)s
  RETURNING id
), attempts AS (
  UPDATE casework_signattempt SET text = '' WHERE sign_id IN (SELECT id FROM wiped)
)
SELECT count(*) FROM wiped
"""


def sweep() -> int:
    """Flag every next contact and early sign that is late or nobody's; how many were new. Safe to run twice, also at once."""
    return sum(_flag(statement) for statement in (FOLLOW_UPS, SIGNS))


def _flag(statement: str) -> int:
    flagged = 0
    while True:
        with writing("casework.sweep"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, {"now": timezone.now(), "today": timezone.localdate(), "batch": BATCH})
            (new,) = cursor.fetchone()
        flagged += new
        if new < BATCH:
            return flagged


def wipe_settled_signs() -> int:
    """Take away the words of early signs that were settled long ago and came into no case."""
    now = timezone.now()
    with writing("casework.sweep"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WIPE, {"now": now, "before": now - timedelta(days=WIPED_AFTER)})
        (wiped,) = cursor.fetchone()
    return int(wiped)
