"""Runs one of the project's programs with a PostgreSQL: the one in DATABASE_URL, else an embedded one for as long as it runs."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner import postgres, translations
from runner.environment import ROOT
from runner.process import Family, Stopped, User, command_for, stoppable

# What each program is, and on which embedded cluster it runs.
PROGRAMS = {
    "test": ("postgres-test", ["-m", "pytest", "-n", "2", "-m", "not proof"]),
    # What a programme tells of its figures is shown when it has passed, too.
    "proof": ("postgres-test", ["-m", "pytest", "-m", "proof", "-n", "2", "-rP", "--show-capture=stdout"]),
    "screens": ("postgres-test", ["-m", "tests.screens"]),
    # Apart, and careful: how fast a database is that keeps nothing is of no use to anyone.
    "bench": ("postgres-bench", ["-m", "bench"]),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def environment(*, kind: str, var: Path, address: str | None) -> dict[str, str]:
    """What the application's processes are told; the caller's own PostgreSQL defaults do not apply to an embedded server."""
    told = {name: value for name, value in os.environ.items() if not (address and name.startswith("PG"))}
    told |= {"LUISTERLOKET_ENV": kind, "LUISTERLOKET_VAR": str(var), "DJANGO_SETTINGS_MODULE": "luisterloket.settings"}
    return told | ({"DATABASE_URL": address} if address else {})


def var_folder() -> Path:
    return Path(os.environ.get("LUISTERLOKET_VAR") or ROOT / "var").resolve()


@contextmanager
def database(var: Path, cluster: str) -> Iterator[str | None]:
    """The address of an embedded server; None when the caller gave one. Runs at the same time get a server each."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    for number in range(1, 10):
        name = cluster if number == 1 else f"{cluster}-{number}"
        family = Family(var / "run" / name)
        if family.take():
            break
    else:
        raise SystemExit("Nine runs are going on already; wait for one to end.")
    try:
        with postgres.running(family, var, name, careful=cluster != "postgres-test") as address:
            yield address
    finally:
        family.leave()


def run(program: str, arguments: list[str]) -> int:
    cluster, command = PROGRAMS[program]
    var = var_folder()
    translations.compile_changed()
    with database(var, cluster) as address:
        child = subprocess.Popen(
            command_for([sys.executable, *command, *arguments], User.oneself(), signal.SIGTERM),
            cwd=ROOT,
            env=environment(kind="test", var=var, address=address),
        )
        try:
            return child.wait()
        except Stopped as asked:
            # Ctrl-C reached the program as well: give it the time to tell how far it came.
            for patience, insist in ((5 if asked.number == signal.SIGINT else 0, child.terminate), (15, child.kill)):
                try:
                    child.wait(patience)
                except subprocess.TimeoutExpired:
                    insist()
            raise


def main() -> None:
    program, arguments = sys.argv[1], sys.argv[2:]
    try:
        with stoppable():
            code = run(program, arguments)
    except Stopped:
        raise SystemExit(130) from None
    if program in {"test", "proof"}:
        found = next((path for path in map(shutil.which, BROWSERS) if path), None)
        print(f"Chromium: {found}" if found else "Chromium: not found, so the browser tests were skipped (apt install chromium).")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
