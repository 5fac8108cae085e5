"""Timing beside a floor, and what is told of it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROUNDS = 60
# No measurement takes longer than this, however slow what it measures has become.
SECONDS = 25.0
FEWEST = 3
WARM_UPS = 2
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Line:
    """One measurement. `ratio` is what the goal speaks of; `at_least` tells on which side of the goal it must lie."""

    bench: str
    ratio: float
    goal: float
    floor_ms: float
    measured_ms: float
    queries: int | str
    at_least: bool = False
    round_trips: int | None = None

    @property
    def ok(self) -> bool:
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def told(self, size: int) -> dict[str, Any]:
        return {
            "bench": self.bench,
            "ratio": round(self.ratio, 2),
            "goal": self.goal,
            "ok": self.ok,
            "floor_ms": round(self.floor_ms, 3),
            "measured_ms": round(self.measured_ms, 3),
            "queries": self.queries,
            "size": size,
            "at_least": self.at_least,
            "round_trips": self.round_trips,
        }


def beside(*runs: Callable[[], Any], rounds: int = ROUNDS, warm_ups: int = WARM_UPS) -> list[float]:
    """Run all in turn, so that a drift of the machine meets all; the median of each in milliseconds.

    Each round begins with another one, so that none always profits, or suffers, from what the one before it left behind.
    """
    began = time.perf_counter()
    times: list[list[float]] = [[] for _ in runs]
    for number in range(rounds):
        for place in range(len(runs)):
            turn = (number + place) % len(runs)
            started = time.perf_counter()
            runs[turn]()
            times[turn].append((time.perf_counter() - started) * 1000)
        if number + 1 >= warm_ups + FEWEST and time.perf_counter() - began > SECONDS:
            break
    return [statistics.median(kept[warm_ups:]) for kept in times]


def statements(run: Callable[[], Any]) -> tuple[int, int]:
    """How many queries something makes, and how many round trips: those, with the begin and end of its transactions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    control = sum(one["sql"].upper().startswith(CONTROL) for one in captured.captured_queries)
    return len(captured) - control, len(captured)


def table(lines: list[Line]) -> str:
    head = f"{'bench':<32}{'floor ms':>11}{'measured ms':>13}{'ratio':>9}{'goal':>9}  {'':<7}queries / round trips"
    rows = [
        f"{line.bench:<32}{line.floor_ms:>11.3f}{line.measured_ms:>13.3f}{line.ratio:>9.2f}"
        f"{('>= ' if line.at_least else '<= ') + f'{line.goal:g}':>9}  {'ok' if line.ok else 'MISSED':<7}"
        f"{line.queries} / {'-' if line.round_trips is None else line.round_trips}"
        for line in lines
    ]
    return "\n".join([head, "-" * len(head), *rows, ""])
