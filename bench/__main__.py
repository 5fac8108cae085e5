"""Load a city of SIZE cases, measure each line beside its floor, and tell how it went: JSON lines, and a table at the end.

A goal that is missed is told; an invariant that does not hold makes the run fail.
"""

import json
import os
import signal
import sys
import time
from typing import Any

from . import scratch
from .measures import Line, table

SIZE = int(os.environ.get("SIZE") or 200_000)
SMALLEST = 2_000


def main() -> int:
    if SIZE < SMALLEST:
        raise SystemExit(f"SIZE must be at least {SMALLEST}: a list of fewer cases is not full.")
    # Stopped in any way, the scratch databases still go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ.setdefault("LUISTERLOKET_ENV", "test")
    os.environ["DJANGO_SETTINGS_MODULE"] = "luisterloket.settings"
    import django

    django.setup()
    with scratch.database(scratch.NAME) as name:
        lines, broken = _measure(name)
    sys.stdout.write("\n" + table(lines))
    for one in broken:
        sys.stdout.write(f"DOES NOT HOLD: {one}\n")
    if not broken:
        sys.stdout.write(f"Every invariant held, at {SIZE} cases.\n")
    return 1 if broken else 0


def _measure(name: str) -> tuple[list[Line], list[str]]:
    from . import city, looks, pages, postings, searches, sweeps

    lines: list[Line] = []

    def tell(found: list[Line]) -> None:
        lines.extend(found)
        for line in found:
            sys.stdout.write(json.dumps(line.told(SIZE)) + "\n")
        sys.stdout.flush()

    started = time.perf_counter()
    scratch.use(name)
    with scratch.connected(name) as owner:
        city.build_base()
        late = city.fill(owner, SIZE)
        grants = postings.prepare()
        owner.execute("VACUUM ANALYZE wijkbegroting_maatwerkgrant")
        sys.stderr.write(f"A city of {SIZE} cases in {time.perf_counter() - started:.0f} s.\n")
        tell(_as_app(name, lambda: pages.measure(owner)))
        tell(_as_app(name, looks.measure))
        tell(_as_app(name, lambda: searches.measure(owner)))
        with scratch.connected(name, scratch.APP) as bare:
            tell(_as_app(name, lambda: postings.measure(bare, grants)))
    scratch.use(name)
    broken = postings.broken(grants)
    # A database is copied only when nobody works in it.
    scratch.use("postgres")
    found, miscounted = sweeps.measure(name, late)
    tell(found)
    return lines, broken + miscounted


def _as_app(name: str, run: Any) -> Any:
    scratch.use(name, scratch.APP)
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
