"""The sweep over all open requests, beside one statement that only marks them. Each run gets a fresh copy of the city."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from backoffice.sweep import BATCH, sweep

from . import scratch
from .measures import Line, beside, statements

ROUNDS = 3
IDLE_MS = 5.0
PLAIN = """
UPDATE backoffice_specialistrequest SET stalled_at = now() WHERE clock <> '' AND stalled_at IS NULL AND due_at <= now()
"""
# Each flagged clock has its stall, its history and its event, and there are no others.
COUNTS = {
    "stalls": "SELECT count(*) FROM backoffice_stall",
    "flagged requests": "SELECT count(*) FROM backoffice_specialistrequest WHERE stalled_at IS NOT NULL",
    "history entries": "SELECT count(*) FROM platform_historyentry WHERE verb = 'request.stalled'",
    "events": "SELECT count(*) FROM platform_outboxevent WHERE event = 'request.stalled'",
}


def measure(city: str, late: int) -> tuple[list[Line], list[str]]:
    """The lines, and what does not hold afterwards: of `late` requests each is flagged once."""
    floors, runs, lines, broken = [], [], [], []
    for number in range(ROUNDS):
        with scratch.database(f"{city}_plain", template=city) as name, scratch.connected(name) as owner:
            floors.append(_timed(lambda owner=owner: owner.execute(PLAIN)))
            if owner.rowcount != late:
                broken.append(f"the plain statement found {owner.rowcount} late requests, not {late}")
        with scratch.database(f"{city}_sweep", template=city) as name:
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
        Line("sweep / one UPDATE", measured / floor, 1.5, floor, measured, batches, round_trips=3 * batches),
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
