"""The sweep that keeps a request from being forgotten: one statement flags every clock that ran out, once; another moves what
still stands one step up, to who hears of it next.

It runs as the jobs role, which sees ids, clocks and units and can read no question, answer or name.
"""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from luisterloket.platform.writing import writing

from .stall_kinds import KINDS, UNKNOWN

# How many rows one statement takes along, so that a backlog does not become one endless transaction.
BATCH = 20_000
# Of what a kind is, as the database reads it: from the registry, never from a user.
_ROWS = ", ".join(
    f"('{kind.code}', '{kind.owner}', '{kind.next_step}', '{{{','.join(kind.ladder)}}}'::text[])" for kind in KINDS.values()
)
KINDS_SQL = f"kinds(code, owner, step, ladder) AS (VALUES {_ROWS})"
# Who is named in a protected case, or in a case that is not protected; and nobody who is kept out of it.
MAY_OPEN = """
  (late.case_id NOT IN (SELECT case_id FROM casework_caseguard WHERE kind = 'named')
    OR EXISTS (SELECT FROM casework_caseguard g WHERE g.case_id = late.case_id AND g.user_id = a.user_id AND g.kind = 'named'))
  AND NOT EXISTS (SELECT FROM casework_caseguard g WHERE g.case_id = late.case_id AND g.user_id = a.user_id AND g.kind = 'excluded')
"""
IN_FORCE = "u.is_active AND a.since <= %(today)s AND (a.until IS NULL OR a.until >= %(today)s)"
HOLDS = f"FROM people_appointment a JOIN people_user u ON u.id = a.user_id WHERE {IN_FORCE}"
AT_LOKET = f"SELECT a.user_id {HOLDS} AND a.role IN ('wijkwerker', 'coordinator') AND {MAY_OPEN} AND a.user_id = "

# The rows come as an array: the plan is the same whatever the planner believes of a table that was empty a moment ago. The
# partial index clocks_that_run finds them, so an idle sweep reads next to nothing. Rows that someone is working on are
# skipped until the next minute; rows that another sweep holds are its own. A stall is unique per request, clock and moment:
# what was flagged before is not told again. Who cannot act any more gives way to who can: of the loket to the owner of the case
# and then to the coordinator, of a desk to all who answer there.
FLAG = f"""
WITH {KINDS_SQL}, late AS (
  UPDATE backoffice_specialistrequest r SET stalled_at = %(now)s
  WHERE r.id = ANY (ARRAY(
    SELECT id FROM backoffice_specialistrequest WHERE clock <> '' AND stalled_at IS NULL AND flag_at <= %(now)s
    ORDER BY flag_at LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED))
  RETURNING r.id, r.unit_id, r.desk_unit_id, r.case_id, r.clock, r.due_at, r.asked_by_id, r.assigned_to_id, r.rungs
), whose AS (
  SELECT late.*, coalesce(k.owner, '{UNKNOWN.owner}') AS kind, coalesce(k.step, '{UNKNOWN.next_step}') AS step,
    CASE k.owner
      WHEN 'asker' THEN coalesce(({AT_LOKET} late.asked_by_id LIMIT 1),
        ({AT_LOKET} (SELECT c.owner_id FROM casework_case c WHERE c.id = late.case_id) LIMIT 1))
      WHEN 'assignee' THEN (SELECT a.user_id {HOLDS} AND a.role IN ('specialist', 'desk_lead')
        AND a.unit_id = late.desk_unit_id AND a.user_id = late.assigned_to_id LIMIT 1)
    END AS owner_id
  FROM late LEFT JOIN kinds k ON k.code = late.clock
), placed AS (
  SELECT *, kind = 'asker' AND owner_id IS NULL AS is_nobodys FROM whose
), stalls AS (
  INSERT INTO backoffice_stall (id, request_id, unit_id, desk_unit_id, case_id, clock, due_at, flagged_at, owner_kind, owner_id,
    next_step, level, rung, next_at, raised_at, snooze_reason, snoozed_level, asked)
  SELECT gen_random_uuid(), id, unit_id, desk_unit_id, case_id, clock, due_at, %(now)s,
    CASE WHEN is_nobodys THEN 'coordinator' WHEN kind = 'assignee' AND owner_id IS NULL THEN 'desk' ELSE kind END, owner_id, step,
    CASE WHEN is_nobodys THEN 'coordinator' ELSE 'owner' END, CASE WHEN is_nobodys THEN 1 ELSE 0 END,
    rungs[CASE WHEN is_nobodys THEN 2 ELSE 1 END], %(now)s, '', '', ''
  FROM placed
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
"""  # noqa: S608

# One step at a time, so that everyone on the way hears of it. What was put off wakes first, and stays at the step where it was.
LADDER = f"coalesce((SELECT k.ladder FROM kinds k WHERE k.code = s.clock), '{{{','.join(UNKNOWN.ladder)}}}')"  # noqa: S608
RAISE = f"""
WITH {KINDS_SQL}, moved AS (
  UPDATE backoffice_stall s SET snoozed_until = NULL,
    raised_at = CASE WHEN s.snoozed_until IS NULL THEN %(now)s ELSE s.raised_at END,
    level = CASE WHEN s.snoozed_until IS NULL THEN ({LADDER})[s.rung + 1] ELSE s.level END,
    rung = CASE WHEN s.snoozed_until IS NULL THEN s.rung + 1 ELSE s.rung END,
    next_at = (r.rungs[1:cardinality({LADDER})])[CASE WHEN s.snoozed_until IS NULL THEN s.rung + 2 ELSE s.rung + 1 END]
  FROM backoffice_specialistrequest r
  WHERE r.id = s.request_id AND s.id = ANY (ARRAY(
    SELECT id FROM backoffice_stall WHERE ended_at IS NULL AND next_at IS NOT NULL AND next_at <= %(now)s
    ORDER BY next_at LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED))
  RETURNING s.id, s.request_id, s.unit_id, s.desk_unit_id, s.case_id, s.level, s.raised_at <> %(now)s AS woke
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, desk_unit_id, case_id, details)
  SELECT gen_random_uuid(), %(now)s, 'job', CASE WHEN woke THEN 'request.stall_woke' ELSE 'request.stall_raised' END,
    'backoffice.specialistrequest', request_id, unit_id, desk_unit_id, case_id, jsonb_build_object('level', level)
  FROM moved
), outbox AS (
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
  SELECT gen_random_uuid(), %(now)s, CASE WHEN woke THEN 'request.stall_woke' ELSE 'request.stall_raised_' || level END,
    'backoffice.stall', id, unit_id, 0 FROM moved
)
SELECT count(*), count(*) FROM moved
"""  # noqa: S608


def sweep() -> int:
    """Flag every clock that ran out, and move up what still stands; how many were flagged or moved.

    Safe to run twice, also at once, and to break off anywhere: each batch is one statement, which happens whole or not.
    """
    now = timezone.now()
    return _run(FLAG, now) + _run(RAISE, now)


def _run(statement: str, now: datetime) -> int:
    done = 0
    while True:
        with writing("backoffice.sweep"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, {"now": now, "today": timezone.localdate(now), "batch": BATCH})
            taken, new = cursor.fetchone()
        done += new
        # A stall that was behind by several steps goes up by the next sweep: who is in between gets a minute of a start.
        if taken < BATCH:
            return done
