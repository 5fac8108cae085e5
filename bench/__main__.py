"""Load a city, measure each line beside its floor, and print JSON lines and a table. SIZE= sets the number of cases."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from . import city

SIZE = int(os.environ.get("SIZE") or 200_000)
ROUNDS = int(os.environ.get("ROUNDS", 40))

CASES = """
SELECT c.id, c.last_activity_at, r.name, r.born FROM casework_case c
JOIN casework_casemember m ON m.case_id = c.id AND m.part = 'main' JOIN casework_resident r ON r.id = m.resident_id
WHERE EXISTS (SELECT FROM casework_involvement i WHERE i.case_id = c.id AND i.user_id = %s AND i.until IS NULL)
ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 26
"""
QUEUE = """
SELECT q.id, q.title, q.due_at, q.status, u.name FROM backoffice_specialistrequest q JOIN people_unit u ON u.id = q.unit_id
WHERE q.desk_unit_id = %s AND q.status IN ('sent', 'taken_up', 'asked_back') ORDER BY q.due_at, q.id LIMIT 26
"""
ONE_STATEMENT = """
UPDATE backoffice_specialistrequest SET stalled_at = now() WHERE clock <> '' AND stalled_at IS NULL AND due_at <= now()
"""


def main() -> int:
    with city.scratch() as owner:
        import django

        django.setup()
        city.fill(owner, SIZE)
        lines, sound = _measure(owner)
        from django.db import connections

        connections.close_all()
    for line in lines:
        sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.write(f"\n{'bench':<26}{'floor ms':>10}{'ms':>10}{'ratio':>8}{'goal':>7}  queries\n")
    for line in lines:
        figures = f"{line['floor_ms']:>10}{line['ms']:>10}{line['ratio']:>8}{line['goal']:>7}"
        sys.stdout.write(f"{line['bench']:<26}{figures}  {line['queries']}\n")
    sys.stdout.write("Every invariant held.\n" if sound else "AN INVARIANT FAILED.\n")
    return 0 if sound else 1


def _measure(owner: Any) -> tuple[list[dict[str, Any]], bool]:
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from backoffice.models import Desk
    from backoffice.sweep import sweep
    from luisterloket.people.models import User

    lines = []
    marit = User.objects.get(email="marit@oefenstad.example")
    joost = User.objects.get(email="joost@oefenstad.example")
    desk = Desk.objects.select_related("unit").get(unit__name="Desk Wonen en opvang")
    pages = [
        ("case list", marit, reverse("casework:residents"), CASES, [marit.pk]),
        ("desk queue", joost, reverse("backoffice:queue", args=[desk.pk]), QUEUE, [desk.unit_id]),
    ]
    for name, user, address, sql, values in pages:
        client = Client()
        client.force_login(user)
        count = _queries(lambda client=client, address=address: _ok(client.get(address)))
        with owner.cursor() as cursor:
            cursor.execute(f"PREPARE floor (uuid) AS {sql.replace('%s', '$1')}")
            floor, measured = _beside(
                lambda cursor=cursor, values=values: cursor.execute("EXECUTE floor (%s)", values) or cursor.fetchall(),
                lambda client=client, address=address: _ok(client.get(address)),
            )
            cursor.execute("DEALLOCATE floor")
        lines.append(_line(name, floor, measured, goal=8.0, queries=count))

    due = _one(owner, "SELECT count(*) FROM backoffice_specialistrequest WHERE due_at <= now()")
    started = time.perf_counter()
    with owner.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(ONE_STATEMENT)
        floor = time.perf_counter() - started
        cursor.execute("ROLLBACK")
        cursor.execute("VACUUM ANALYZE backoffice_specialistrequest")
    connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = "luisterloket_jobs"
    started = time.perf_counter()
    flagged = sweep()
    lines.append(_line("stall sweep", floor, time.perf_counter() - started, goal=1.5, queries="1 per 5000"))
    with owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE backoffice_specialistrequest")
        idle_floor, idle = _beside(lambda: cursor.execute(ONE_STATEMENT), sweep)
    lines.append(_line("idle sweep", idle_floor, idle, goal=5.0, queries="1"))
    stalls = _one(owner, "SELECT count(*) FROM backoffice_stall")
    return lines, flagged == stalls and stalls >= due


def _beside(floor: Callable[[], Any], measured: Callable[[], Any]) -> tuple[float, float]:
    """Both in turn, after a warm-up, so that a drift of the machine meets both; the medians in seconds."""
    for _ in range(3):
        floor(), measured()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for kept, run in zip(times, (floor, measured), strict=True):
            started = time.perf_counter()
            run()
            kept.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])


def _queries(run: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def _ok(answer: Any) -> Any:
    if answer.status_code != 200:
        raise SystemExit(f"A page answered {answer.status_code}.")
    return answer


def _one(owner: Any, sql: str) -> int:
    with owner.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _line(name: str, floor: float, measured: float, *, goal: float, queries: Any) -> dict[str, Any]:
    ratio = round(measured / floor, 2)
    figures = {"floor_ms": round(floor * 1000, 2), "ms": round(measured * 1000, 2), "ratio": ratio, "goal": goal}
    return {"bench": name, "size": SIZE, **figures, "ok": ratio <= goal, "queries": queries}


if __name__ == "__main__":
    raise SystemExit(main())
