"""Workers that can be shot: real processes that sweep and deliver as the jobs do, and a mailbox that counts every Message-ID."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, connections
from django.utils import timezone

from backoffice.sweep import sweep
from luisterloket.platform.tasks import deliver_outbox


class CountingMailbox(BaseEmailBackend):
    """A mail server that writes down each delivery before it says yes: one line of the Message-ID and to whom."""

    def send_messages(self, email_messages: Any) -> int:
        for one in email_messages:
            line = f"{one.extra_headers['Message-ID']} {one.to[0]}\n".encode()
            # In one write at the end of the file, as a server does that several workers reach at once.
            handle = os.open(settings.EMAIL_FILE_PATH, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(handle, line)
            os.close(handle)
        return len(email_messages)


class DeadlyMailbox(CountingMailbox):
    """Takes a mail, and the worker dies before it can write down that it was sent: the worst moment there is."""

    def send_messages(self, email_messages: Any) -> int:
        super().send_messages(email_messages)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


def delivered(path: Path) -> Counter[tuple[str, str]]:
    """How often each Message-ID came for each address."""
    lines = path.read_text().splitlines() if path.exists() else []
    return Counter((line.split(" ")[0], line.split(" ")[1]) for line in lines)


def work() -> None:
    """What a worker does with what beat starts, until nothing is left to do."""
    while True:
        done = sweep()
        done += deliver_outbox(at_most=50)
        if not done:
            return


def start(run: Callable[[], None] = work, *, ahead: float = 0.0) -> int:
    """A worker in a process of its own, as the jobs role; `ahead` is how many seconds its clock is ahead. Gives its pid."""
    pid = os.fork()
    if pid:
        return pid
    # From here on it is another process: it makes a connection of its own and never returns.
    code = 1
    with suppress(BaseException):
        for one in connections.all():
            one.connection = None
            one.settings_dict["OPTIONS"]["assume_role"] = "luisterloket_jobs"
        signal.alarm(120)
        right = timezone.now
        timezone.now = lambda: right() + timedelta(seconds=ahead)
        run()
        code = 0
    os._exit(code)


def shoot(pid: int, after: float) -> bool:
    """Wait, and kill it without a word; whether it was still at work."""
    time.sleep(after)
    if os.waitpid(pid, os.WNOHANG) != (0, 0):
        return False
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True


def wait_for(*pids: int) -> None:
    """They end by themselves, and well."""
    for pid in pids:
        _pid, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0


def kill_many(times: int, seed: int) -> int:
    """Start a worker and shoot it, `times` over, each at another moment; how many were hit at work. Raises when it never ends."""
    drawn, hit = random.Random(seed), 0  # noqa: S311
    for _each in range(times):
        hit += shoot(start(), drawn.uniform(0.0, 0.15))
    return hit


@contextmanager
def mailbox(path: Path, backend: type[BaseEmailBackend] = CountingMailbox) -> Any:
    """Mail goes to this file for as long as this lasts."""
    usual = settings.EMAIL_BACKEND, getattr(settings, "EMAIL_FILE_PATH", None)
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = f"{__name__}.{backend.__name__}", str(path)
    try:
        yield
    finally:
        settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = usual


def outcome(path: Path) -> dict[str, Any]:
    """What there is afterwards, by what it is about and not by ids that differ from run to run."""
    with connection.cursor() as cursor:

        def rows(sql: str) -> list[tuple]:
            cursor.execute(sql)
            return sorted(cursor.fetchall())

        found: dict[str, Any] = {
            "stalls": rows(
                "SELECT request_id, clock, due_at::text, owner_kind, owner_id::text, level, rung, next_at::text, ended_at::text"
                " FROM backoffice_stall"
            ),
            "marks": rows("SELECT id, stalled_at IS NOT NULL FROM backoffice_specialistrequest"),
            "history": rows("SELECT verb, thing_id, details::text FROM platform_historyentry WHERE verb LIKE 'request.stall%'"),
            "events": rows(
                "SELECT e.event, coalesce(s.request_id, e.thing_id), e.delivered_at IS NOT NULL FROM platform_outboxevent e"
                " LEFT JOIN backoffice_stall s ON s.id = e.thing_id"
            ),
        }
        cursor.execute(
            "SELECT n.id::text, e.event || ' ' || coalesce(s.request_id, e.thing_id)::text FROM platform_notification n"
            " JOIN platform_outboxevent e ON e.id = n.event_id"
            " LEFT JOIN backoffice_stall s ON s.id = e.thing_id"
        )
        told = dict(cursor.fetchall())
    # An event has one mail for each person: the same one twice has the same Message-ID, and a mailbox keeps one.
    found["mails"] = sorted((told[mail_id[1:37]], to) for mail_id, to in delivered(path))
    return found
