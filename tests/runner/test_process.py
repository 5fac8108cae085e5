"""Children end with their runner, however it ends; a number that now is someone else's is left alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from runner import process
from runner.environment import ROOT
from runner.process import Family

SLEEP = [sys.executable, "-c", "import time; time.sleep(100)"]
# Ends only when it is killed.
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(100)",
]
RUNNER = """
import sys, time
from pathlib import Path
from runner.process import Family
family = Family(Path(sys.argv[1]))
assert family.take()
child = family.start("sleep", [sys.executable, "-c", "import time; time.sleep(100)"], environment={}, log=Path(sys.argv[1]) / "log")
print(child.pid, flush=True)
time.sleep(100)
"""


def within(seconds: float, so: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not so() and time.monotonic() < until:
        time.sleep(0.02)
    return so()


@pytest.fixture
def family(tmp_path: Path) -> Family:
    family = Family(tmp_path / "run")
    assert family.take()
    return family


def start(family: Family, name: str = "sleep", command: list[str] = SLEEP) -> int:
    return family.start(name, command, environment={}, log=family.folder / f"{name}.log").pid


def test_stopping_ends_the_child_and_forgets_it(family: Family) -> None:
    pid = start(family)
    assert process.birth(pid)
    family.leave()
    assert not process.birth(pid)
    assert not list(family.folder.glob("*.pid"))


def test_a_child_that_does_not_stop_is_ended(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PATIENCE", 0.2)
    pid = start(family, command=STUBBORN)
    assert within(5, lambda: "ready" in (family.folder / "sleep.log").read_text())
    family.leave()
    assert not process.birth(pid)


def test_only_one_runner_at_a_time(family: Family) -> None:
    assert not Family(family.folder).take()
    family.leave()
    again = Family(family.folder)
    assert again.take()
    again.leave()


@pytest.mark.skipif(
    sys.platform != "linux", reason="Only Linux ends the children of a killed runner; elsewhere the next start does."
)
def test_a_killed_runner_leaves_no_children(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", RUNNER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as runner:
        assert runner.stdout
        child = int(runner.stdout.readline())
        runner.kill()
    assert within(5, lambda: not process.birth(child))
    # And the lock went with it.
    again = Family(tmp_path)
    assert again.take()
    again.leave()


def test_what_a_killed_run_left_is_stopped_at_the_next_start(tmp_path: Path) -> None:
    with subprocess.Popen(SLEEP, start_new_session=True) as left:
        (tmp_path / "web.pid").write_text(f"{left.pid}\n{process.birth(left.pid)}\n{int(signal.SIGTERM)}\n")
        family = Family(tmp_path)
        assert family.take()
        assert left.wait(5) == -signal.SIGTERM
    assert not list(tmp_path.glob("*.pid"))
    family.leave()


@pytest.mark.parametrize("record", ["{pid}\nborn at another time\n15\n", "{pid}\n", "", "no number\n\n\n"])
def test_a_recycled_number_is_left_alone(tmp_path: Path, record: str) -> None:
    with subprocess.Popen(SLEEP, start_new_session=True) as stranger:
        (tmp_path / "web.pid").write_text(record.format(pid=stranger.pid))
        family = Family(tmp_path)
        assert family.take()
        assert stranger.poll() is None
        stranger.kill()
    family.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can become someone else.")
def test_root_becomes_someone_else_without_roots_groups() -> None:
    nobody = process.User.nobody()
    said = process.as_user(["/bin/sh", "-c", "id -u; id -g; id -G"], nobody).stdout.split()
    assert said == [str(nobody.uid), str(nobody.gid), str(nobody.gid)]
