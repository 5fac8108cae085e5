"""The sweep over all open requests, beside the one statement that marks them and writes what is kept of it, with no rule in it.

Each run gets a fresh copy of a city where every case has several requests open.
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from backoffice.sweep import BATCH, sweep

from . import scratch
from .measures import Line, beside, statements

ROUNDS = 3
IDLE_MS = 5.0
# Open in each case: a city of 200,000 cases has a million, and so has a smaller one with more in each.
EACH = int(os.environ.get("EACH") or 5)
MORE = """
SET session_replication_role = replica;
INSERT INTO backoffice_specialistrequest
  SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*
  FROM backoffice_specialistrequest r, generate_series(2, %s);
"""
# What is late, the stall, the history and the event, and nothing of whose turn it is, who may know, or another sweep at work.
PLAIN = """
WITH late AS (
  UPDATE backoffice_specialistrequest SET stalled_at = now() WHERE clock <> '' AND stalled_at IS NULL AND flag_at <= now()
  RETURNING id, unit_id, desk_unit_id, case_id, clock, due_at
), stalls AS (
  INSERT INTO backoffice_stall (id, request_id, unit_id, desk_unit_id, case_id, clock, due_at, flagged_at, owner_kind, next_step,
    level, rung, raised_at, snooze_reason, snoozed_level, asked)
  SELECT gen_random_uuid(), id, unit_id, desk_unit_id, case_id, clock, due_at, now(), 'desk', 'pick_up', 'owner', 0,
    now(), '', '', ''
  FROM late
), history AS (
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, desk_unit_id, case_id, details)
  SELECT gen_random_uuid(), now(), 'job', 'request.stalled', 'backoffice.specialistrequest', id, unit_id, desk_unit_id,
    case_id, '{}'
  FROM late
)
INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
SELECT gen_random_uuid(), now(), 'request.stalled', 'backoffice.specialistrequest', id, unit_id, 0 FROM late
"""
# Each flagged clock has its stall, its history and its event, and there are no others.
COUNTS = {
    "stalls": "SELECT count(*) FROM backoffice_stall",
    "flagged requests": "SELECT count(*) FROM backoffice_specialistrequest WHERE stalled_at IS NOT NULL",
    "history entries": "SELECT count(*) FROM platform_historyentry WHERE verb = 'request.stalled'",
    "events": "SELECT count(*) FROM platform_outboxevent WHERE event = 'request.stalled'",
}


def measure(city: str, late: int) -> tuple[list[Line], list[str]]:
    """The lines, and what does not hold afterwards: of the late requests, so many in each of `late` cases, each is flagged once."""
    with scratch.database(f"{city}_many", template=city) as many:
        with scratch.connected(many) as owner:
            owner.execute(MORE, [EACH])
            owner.execute("VACUUM ANALYZE backoffice_specialistrequest")
        return _rounds(many, late * EACH)


def _rounds(many: str, late: int) -> tuple[list[Line], list[str]]:
    floors, runs, lines, broken = [], [], [], []
    for number in range(ROUNDS):
        with scratch.database(f"{many}_plain", template=many) as name, scratch.connected(name) as owner:
            floors.append(_timed(lambda owner=owner: owner.execute(PLAIN)))
            if owner.rowcount != late:
                broken.append(f"the plain statement found {owner.rowcount} late requests, not {late}")
        with scratch.database(f"{many}_sweep", template=many) as name:
            scratch.use(name, scratch.JOBS)
            flagged: list[int] = []
            runs.append(_timed(lambda flagged=flagged: flagged.append(sweep())))
            with scratch.connected(name) as owner:
                broken += _miscounted(owner, late, flagged[0])
                if number == ROUNDS - 1:
                    lines.append(_idle(owner))
                    broken += _miscounted(owner, late, flagged[0])
    floor, measured = statistics.median(floors), statistics.median(runs)
    batches = late // BATCH + 1
    return [
        Line("sweep / one statement", measured / floor, 1.5, floor, measured, batches, round_trips=3 * batches),
        *lines,
    ], broken


def _idle(owner: Any) -> Line:
    """Nothing is due any more. The goal is in milliseconds, whatever the number of open requests."""
    owner.execute("VACUUM ANALYZE backoffice_specialistrequest")
    queries, trips = statements(sweep)
    floor, measured = beside(lambda: owner.execute(PLAIN), sweep)
    return Line("sweep.idle, in ms", measured, IDLE_MS, floor, measured, queries, round_trips=trips)


def _miscounted(owner: Any, late: int, flagged: int) -> list[str]:
    found = {"flagged by the sweep": flagged}
    for what, sql in COUNTS.items():
        owner.execute(sql)
        found[what] = owner.fetchone()[0]
    return [f"{what}: {count}, not {late}" for what, count in found.items() if count != late]


def _timed(run: Callable[[], Any]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000
