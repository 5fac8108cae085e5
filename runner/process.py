"""Child processes that never outlive their runner, and the ones that a killed runner left behind."""

import ctypes
import fcntl
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 12.0


class Stopped(BaseException):
    """Someone asked the runner to stop, with this signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class User:
    """Who a program runs as."""

    uid: int
    gid: int

    @classmethod
    def oneself(cls) -> "User":
        return cls(os.geteuid(), os.getegid())

    @classmethod
    def of(cls, uid: int) -> "User":
        return cls(uid, pwd.getpwuid(uid).pw_gid)

    @classmethod
    def nobody(cls) -> "User":
        entry = pwd.getpwnam("nobody")
        return cls(entry.pw_uid, entry.pw_gid)


def command_for(command: list[str], user: User, death_signal: int = signal.SIGKILL) -> list[str]:
    """The command as `user`, ended by `death_signal` when this process dies."""
    shim = [sys.executable, "-I", "-S", str(CHILD)]
    return [*shim, *(str(int(number)) for number in (death_signal, os.getpid(), user.uid, user.gid)), *command]


def as_user(command: list[str], user: User, **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run a short command to its end as `user`, from a folder that everyone can reach."""
    return subprocess.run(command_for(command, user), cwd="/", text=True, capture_output=True, stdin=subprocess.DEVNULL, **options)


@contextmanager
def stoppable() -> Iterator[None]:
    """Inside, Ctrl-C, a closed terminal and a TERM raise `Stopped`, once; what cleans up after it is not disturbed."""

    def stop(number: int, _: object) -> None:
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN)
        raise Stopped(number)

    if os.environ.get("MAKELEVEL") and sys.platform == "linux":
        # A killed make tells its children nothing.
        ctypes.CDLL(None).prctl(1, int(signal.SIGTERM), 0, 0, 0)
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, stop)
    yield


def birth(pid: int) -> str:
    """What tells a process from a later one with the same number; empty when there is no such process."""
    try:
        # The name before it may hold spaces and brackets; the start time is the twentieth field after it.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return "" if fields[0] == "Z" else f"{boot} {fields[19]}"
    except OSError:
        if sys.platform == "linux":
            return ""
    return subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], text=True, capture_output=True).stdout.strip()


def send(pid: int, number: int, *, group: bool = False) -> None:
    with suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(pid, number)


@dataclass
class Family:
    """The processes of one runner, with a folder for its lock and for who lives.

    The lock tells whether a runner lives: the system lets go of it however the runner ends. The pid files tell the next runner
    what to clean up where the system does not end the children of a killed one by itself.
    """

    folder: Path
    children: dict[str, "subprocess.Popen[Any]"] = field(default_factory=dict)
    _stop_signals: dict[str, int] = field(default_factory=dict)
    _lock: IO[str] | None = None

    def take(self) -> bool:
        """Become the one runner of this family, or say that there is one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            return False
        self._stop_left_over()
        return True

    def leave(self) -> None:
        self.stop(*reversed(self.children))
        if self._lock:
            self._lock.close()

    def start(
        self,
        name: str,
        command: list[str],
        *,
        environment: dict[str, str],
        log: Path,
        user: User | None = None,
        death_signal: int = signal.SIGTERM,
        cwd: Path | None = None,
    ) -> "subprocess.Popen[Any]":
        """Start a child in a session of its own, so that Ctrl-C reaches only the runner, which stops things in order."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as out:
            child = subprocess.Popen(
                command_for(command, user or User.oneself(), death_signal),
                env=environment,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children[name], self._stop_signals[name] = child, death_signal
        (self.folder / f"{name}.pid").write_text(f"{child.pid}\n{birth(child.pid)}\n{int(death_signal)}\n")
        return child

    def stop(self, *names: str) -> None:
        """Ask these children to stop, all at once, and end what does not."""
        stopping = {name: self.children.pop(name) for name in names if name in self.children}
        for name, child in stopping.items():
            if child.poll() is None:
                send(child.pid, self._stop_signals[name])
        until = time.monotonic() + PATIENCE
        for name, child in stopping.items():
            try:
                child.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                send(child.pid, signal.SIGKILL, group=True)
                child.wait()
            (self.folder / f"{name}.pid").unlink(missing_ok=True)

    def _record(self, name: str) -> tuple[int, str, int]:
        try:
            pid, born, number = (self.folder / f"{name}.pid").read_text().splitlines()
            return int(pid), born, int(number)
        except (OSError, ValueError):
            return 0, "", int(signal.SIGTERM)

    def _stop_left_over(self) -> None:
        left = {path: self._record(path.stem) for path in self.folder.glob("*.pid")}
        alive = [(pid, born, number) for pid, born, number in left.values() if pid and born and birth(pid) == born]
        for pid, _, number in alive:
            send(pid, number)
        until = time.monotonic() + PATIENCE
        for pid, born, _ in alive:
            while birth(pid) == born and time.monotonic() < until:
                time.sleep(0.05)
            if birth(pid) == born:
                send(pid, signal.SIGKILL, group=True)
        for path in left:
            path.unlink(missing_ok=True)
