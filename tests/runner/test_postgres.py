"""The embedded PostgreSQL: where it lives, what it is, and that it ends with its runner."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from runner import postgres, process
from runner.environment import ROOT
from runner.process import Family, User
from tests.runner.test_process import within

pytestmark = pytest.mark.usefixtures("_wheel")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="Only root runs PostgreSQL as someone else.")
RUNNER = """
import sys, time
from pathlib import Path
from runner import postgres
from runner.process import Family
var = Path(sys.argv[1])
family = Family(var / "run")
assert family.take()
with postgres.running(family, var, "pg", careful=False) as address:
    print(family.children["pg"].pid, address, flush=True)
    time.sleep(100)
"""


def ask(address: str, question: str) -> tuple:
    connection = psycopg2.connect(address)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()
    finally:
        connection.close()


def family(var: Path) -> Family:
    family = Family(var / "run")
    assert family.take()
    return family


def test_it_starts_keeps_its_data_and_stops(var: Path) -> None:
    own = family(var)
    with postgres.running(own, var, "pg", careful=False) as address:
        assert ask(address, "SHOW listen_addresses") == ("",)
        assert ask(address, "SHOW max_connections") == ("300",)
        assert ask(address, "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = 'luisterloket'") == (
            "b",
            "C.UTF-8",
        )
        server = psycopg2.connect(address)
        server.autocommit = True
        server.cursor().execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('é')")
        server.close()
        pid = own.children["pg"].pid
    assert not process.birth(pid)
    with postgres.running(own, var, "pg", careful=False) as address:
        assert ask(address, "SELECT word FROM kept") == ("é",)
    own.leave()


def test_the_demo_is_careful_with_its_data_and_the_tests_are_not(var: Path) -> None:
    own = family(var)
    with postgres.running(own, var, "a") as address:
        assert ask(address, "SELECT current_setting('fsync'), current_setting('full_page_writes')") == ("on", "on")
    with postgres.running(own, var, "b", careful=False) as address:
        assert ask(address, "SELECT current_setting('fsync'), current_setting('full_page_writes')") == ("off", "off")
    own.leave()


def test_only_its_user_can_enter_its_folders(var: Path) -> None:
    own = family(var)
    before = stat.S_IMODE(var.stat().st_mode)
    with postgres.running(own, var, "pg", careful=False):
        for folder in (var / "pg", var / "pg" / "data", var / "pg" / "s"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(var.stat().st_mode) == before
    own.leave()


@pytest.mark.skipif(
    sys.platform != "linux", reason="Only Linux ends the children of a killed runner; elsewhere the next start does."
)
def test_a_killed_runner_takes_the_server_with_it(var: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", RUNNER, str(var)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as runner:
        assert runner.stdout
        number, address = runner.stdout.readline().split()
        backends = [int(ask(address, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")[0])]
        runner.kill()
    assert within(10, lambda: not any(process.birth(pid) for pid in (int(number), *backends)))
    own = family(var)
    with postgres.running(own, var, "pg", careful=False) as address:
        assert ask(address, "SELECT 1") == (1,)
    own.leave()


def test_a_number_that_another_process_has_now_does_not_stop_the_start(var: Path) -> None:
    own = family(var)
    with postgres.running(own, var, "pg", careful=False):
        pass
    (var / "pg" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}\n1\n5432\n\n\n1 2\nready\n")
    with postgres.running(own, var, "pg", careful=False) as address:
        assert ask(address, "SELECT 1") == (1,)
    own.leave()


def test_half_a_data_folder_of_a_killed_start_is_made_anew(var: Path) -> None:
    own = family(var)
    postgres.find(var, "pg")
    (var / "pg" / "new").mkdir()
    (var / "pg" / "new" / "half").touch()
    with postgres.running(own, var, "pg", careful=False) as address:
        assert ask(address, "SELECT 1") == (1,)
    own.leave()


def test_a_path_too_long_for_a_socket_leads_elsewhere(var: Path) -> None:
    deep = var / ("long" * 25)
    own = family(deep)
    with postgres.running(own, deep, "pg", careful=False) as address:
        assert ask(address, "SELECT 1") == (1,)
    outside = Path((deep / "where").read_text().strip())
    assert outside.parent == Path("/var/tmp")  # noqa: S108
    assert stat.S_IMODE(outside.stat().st_mode) == 0o700
    assert not (deep / "pg").exists()
    assert postgres.find(deep, "pg").home == outside / "pg"
    own.leave()


def test_a_folder_that_someone_else_put_in_its_place_is_not_used(var: Path) -> None:
    deep = var / ("long" * 25)
    first = postgres.find(deep, "pg").home.parent
    shutil.rmtree(first)
    stranger = var / "stranger"
    stranger.mkdir()
    stranger.chmod(0o755)
    (deep / "where").write_text(f"{stranger}\n")
    again = postgres.find(deep, "pg").home.parent
    assert again not in (first, stranger)


@root_only
def test_where_nobody_cannot_come_data_and_programs_live_elsewhere(var: Path) -> None:
    closed = var / "closed"
    closed.mkdir(mode=0o700)
    package = postgres.wheel().parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, closed / "wheel" / part.name, symlinks=True, ignore=shutil.ignore_patterns("pginstall", "include"))
    install = closed / "wheel" / package.name / postgres.wheel().name
    home, user = postgres.place(closed, "pg")
    assert user == User.nobody()
    assert closed not in home.parents
    programs = postgres.reachable(install, home, user)
    assert closed not in programs.parents
    assert postgres.version(programs, user) == postgres.version(install, User.oneself()) != ""
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@root_only
def test_root_runs_the_data_of_an_ordinary_user_as_that_user(var: Path) -> None:
    (var / "pg").mkdir(mode=0o700)
    os.chown(var / "pg", 1, 1)
    assert postgres.find(var, "pg").user.uid == 1


def test_data_of_another_version_is_not_touched(var: Path) -> None:
    cluster = postgres.find(var, "pg")
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(SystemExit, match="was made by PostgreSQL 12"):
        postgres.initialise(cluster, careful=False)


def test_without_the_wheel_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match="DATABASE_URL="):
        postgres.wheel()
