"""The sweep that keeps a request from being forgotten: one statement flags every clock that ran out, once.

It runs as the jobs role, which sees ids, clocks and units and can read no question, answer or name.
"""

from django.db import connection, transaction
from django.utils import timezone

from luisterloket.platform.writing import writing

# How many clocks one statement takes along, so that a backlog does not become one endless transaction.
BATCH = 5000

# `due` uses the partial index clocks_that_run, so an idle sweep reads next to nothing. Rows that someone is working on are
# skipped until the next minute; rows that another sweep holds are its own. A stall is unique per request, clock and moment:
# what was flagged before is not told again. Who cannot act any more gives way to who can.
FLAG = """
WITH due AS (
  SELECT id FROM backoffice_specialistrequest
  WHERE clock <> '' AND stalled_at IS NULL AND due_at <= %(now)s
  ORDER BY due_at LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
), late AS (
  UPDATE backoffice_specialistrequest r SET stalled_at = %(now)s FROM due WHERE r.id = due.id
  RETURNING r.id, r.unit_id, r.desk_unit_id, r.case_id, r.clock, r.due_at, r.asked_by_id, r.assigned_to_id
), stalls AS (
  INSERT INTO backoffice_stall
    (id, request_id, unit_id, desk_unit_id, case_id, clock, due_at, flagged_at, owner_kind, owner_id, next_step)
  SELECT gen_random_uuid(), late.id, late.unit_id, late.desk_unit_id, late.case_id, late.clock, late.due_at, %(now)s,
    CASE WHEN late.clock IN ('reply', 'tell', 'outcome') THEN 'asker'
         WHEN late.clock = 'escalate' THEN 'wethouder'
         WHEN late.clock = 'answer' AND assignee.id IS NOT NULL THEN 'assignee' ELSE 'desk' END,
    CASE WHEN late.clock IN ('reply', 'tell', 'outcome') THEN coalesce(asker.id, c.owner_id)
         WHEN late.clock = 'answer' THEN assignee.id END,
    CASE late.clock WHEN 'pick_up' THEN 'take_up' ELSE late.clock END
  FROM late
  JOIN casework_case c ON c.id = late.case_id
  LEFT JOIN people_user asker ON asker.id = late.asked_by_id AND asker.is_active
  LEFT JOIN people_user assignee ON assignee.id = late.assigned_to_id AND assignee.is_active
  ON CONFLICT (request_id, clock, due_at) DO NOTHING
  RETURNING request_id, unit_id, desk_unit_id, case_id, clock, owner_kind, owner_id, next_step
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, desk_unit_id, case_id, details)
  SELECT gen_random_uuid(), %(now)s, 'job', 'request.stalled', 'backoffice.specialistrequest',
    request_id, unit_id, desk_unit_id, case_id,
    jsonb_build_object('clock', clock, 'owner_kind', owner_kind, 'owner', owner_id, 'next_step', next_step)
  FROM stalls
), outbox AS (
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
  SELECT gen_random_uuid(), %(now)s, 'request.stalled', 'backoffice.specialistrequest', request_id, unit_id, 0 FROM stalls
)
SELECT (SELECT count(*) FROM late), (SELECT count(*) FROM stalls)
"""


def sweep() -> int:
    """Flag every clock that ran out, with reason, owner and next step; how many were new. Safe to run twice, also at once."""
    flagged = 0
    while True:
        with writing("backoffice.sweep"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(FLAG, {"now": timezone.now(), "batch": BATCH})
            late, new = cursor.fetchone()
        flagged += new
        if late < BATCH:
            return flagged
