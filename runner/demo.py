"""The demo on one machine: database, web, worker and beat, until someone stops it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from runner import postgres, session, translations
from runner.environment import ROOT
from runner.process import Family, Stopped, User, command_for, stoppable

JOBS = {"DATABASE_ROLE": "luisterloket_jobs"}
CELERY = ["-m", "celery", "-A", "luisterloket"]
# One worker has no others to talk to.
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
PATIENCE = 60.0

RUNS_ALREADY = "The demo runs already, started from this same folder. Stop that one first (Ctrl-C where it was started)."
PORT_IN_USE = "Port {port} is in use by another program. Stop that program, or choose another port: make demo PORT={other}"
BAD_PORT = "PORT must be a number from 1 to 65535 that you may use; {port!r} is not."
NOT_ANSWERING = "The site does not answer on {address}. The end of {log}:\n\n{tail}"
ENDED = "The {name} ended by itself, so the demo stops. The end of {log}:\n\n{tail}"


def wanted_port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise SystemExit(BAD_PORT.format(port=given))
    return int(given)


def check_port(port: int) -> None:
    with socket.socket() as probe:
        # As the web server does it: a connection that has just been closed is no reason to refuse.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise SystemExit(BAD_PORT.format(port=str(port))) from None
        except OSError:
            raise SystemExit(PORT_IN_USE.format(port=port, other=port + 1 if port < 65535 else 8001)) from None


def answers(port: int) -> bool:
    """Asked directly: a proxy in the environment knows nothing of this machine's own address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Demo:
    def __init__(self, family: Family, var: Path, port: int, address: str | None) -> None:
        self.family, self.var, self.port = family, var, port
        # By name: a browser keeps no passkey for a number.
        self.site = f"http://localhost:{port}"
        self.environment = session.environment(kind="demo", var=var, address=address) | {"BASE_URL": self.site}

    def manage(self, *command: str, quiet: bool = False) -> bool:
        """Run a command of the application to its end; whether it went well."""
        silent = subprocess.DEVNULL if quiet else None
        program = command_for([sys.executable, str(ROOT / "manage.py"), *command], User.oneself(), signal.SIGTERM)
        with subprocess.Popen(
            program, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stderr=silent, start_new_session=True
        ) as child:
            try:
                return child.wait() == 0
            except Stopped:
                child.terminate()
                raise

    def prepare(self) -> None:
        for folder in ("broker/queue", "broker/processed", "broker/control", "mail"):
            (self.var / folder).mkdir(parents=True, exist_ok=True)
        for command in (["migrate", "--verbosity", "0"], ["demo_data"]):
            if not self.manage(*command):
                raise SystemExit(f"The step `manage.py {command[0]}` failed; what it said is above.")

    @contextmanager
    def running(self) -> Iterator[None]:
        web = ["-m", "gunicorn", "luisterloket.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "8"]
        # Its control socket would land in the user's home; a browser's open connection should not hold up Ctrl-C.
        web += ["--no-control-socket", "--graceful-timeout", "3"]
        worker = [*CELERY, "worker", "--pool=solo", *ALONE, "--loglevel=WARNING"]
        beat = [*CELERY, "beat", "--loglevel=WARNING"]
        try:
            for name, arguments, extra in (("web", web, {}), ("worker", worker, JOBS), ("beat", beat, JOBS)):
                command, told = [sys.executable, *arguments], self.environment | extra
                self.family.start(name, command, environment=told, log=self.log(name), cwd=ROOT)
            yield
        finally:
            self.family.stop("beat", "worker", "web")

    def log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def check_alive(self) -> None:
        for name, child in self.family.children.items():
            if child.poll() is not None:
                raise SystemExit(ENDED.format(name=name, log=self.log(name), tail=postgres.tail(self.log(name))))

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while not answers(self.port):
            self.check_alive()
            if time.monotonic() > until:
                log = self.log("web")
                raise SystemExit(NOT_ANSWERING.format(address=f"{self.site}/healthz", log=log, tail=postgres.tail(log)))
            time.sleep(0.1)

    def serve(self) -> NoReturn:
        """Until it is stopped, or something ends that should not."""
        self.prepare()
        with self.running():
            self.wait_until_it_answers()
            print(f"\nLuisterloket is open: {self.site}\n", flush=True)
            self.manage("demo_logins", quiet=True)
            print(f"\nLogs are in {self.var / 'log'}. Ctrl-C stops everything.", flush=True)
            while True:
                self.check_alive()
                time.sleep(0.5)


def run(var: Path, port: int, family: Family) -> None:
    if not family.take():
        raise SystemExit(RUNS_ALREADY)
    check_port(port)
    translations.compile_changed()
    if os.environ.get("DATABASE_URL"):
        Demo(family, var, port, None).serve()
    with postgres.running(family, var, "postgres") as address:
        Demo(family, var, port, address).serve()


def main() -> None:
    var, port = session.var_folder(), wanted_port()
    family = Family(var / "run" / "demo")
    try:
        with stoppable():
            run(var, port, family)
    except Stopped:
        print("\nStopped.", flush=True)
    finally:
        family.leave()


if __name__ == "__main__":
    main()
