"""A review of an emergency that is late is said to be late, once. As the jobs role: ids, days and units only."""

from django.db import connection, transaction
from django.utils import timezone

from luisterloket.platform.writing import writing

FLAG = """
WITH flagged AS (
  UPDATE casework_breakglass SET flagged_at = %(now)s
  WHERE id IN (SELECT id FROM casework_breakglass WHERE status IN ('to_review', 'more_needed') AND flagged_at IS NULL
               AND review_by < %(today)s FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING id, unit_id, case_id
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
  SELECT gen_random_uuid(), %(now)s, 'job', 'emergency.late', 'casework.breakglass', id, unit_id, case_id, '{}' FROM flagged
), outbox AS (
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
  SELECT gen_random_uuid(), %(now)s, 'emergency.late', 'casework.breakglass', id, unit_id, 0 FROM flagged
)
SELECT count(*) FROM flagged
"""


def flag_late() -> int:
    """How many were new. Safe to run twice, also at once."""
    with writing("casework.sweep"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FLAG, {"now": timezone.now(), "today": timezone.localdate()})
        return int(cursor.fetchone()[0])
