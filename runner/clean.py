"""Removes what the other goals made: the demo's data, the embedded databases, the environment and the caches."""

import fcntl
import shutil
from pathlib import Path

from runner.environment import ROOT

CACHES = (".venv", "staticfiles", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache")


def check_nothing_runs(var: Path) -> None:
    for lock in var.glob("run/*/lock"):
        with lock.open("a") as turn:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SystemExit(f"{lock.parent.name} is running; stop it first.") from None


def remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as failed:
        raise SystemExit(f"{failed.filename} could not be removed: {failed.strerror}. Whoever started the demo can.") from None


def clean(root: Path = ROOT) -> None:
    var = root / "var"
    check_nothing_runs(var)
    where = var / "where"
    # Written by hand it could name anything; only a folder of the kind that the runner makes is removed.
    outside = Path(where.read_text().strip()) if where.exists() else None
    if outside and outside.parent == Path("/var/tmp") and outside.name.startswith("luisterloket-") and not outside.is_symlink():  # noqa: S108
        remove(outside)
    for name in ("var", *CACHES):
        remove(root / name)
    for compiled in root.glob("locale/*/LC_MESSAGES/*.mo"):
        compiled.unlink()


if __name__ == "__main__":
    clean()
