"""Workers are killed in the middle of sweeps and deliveries; afterwards there is exactly what there is without that."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from backoffice import sweep as sweeping
from backoffice.models import SpecialistRequest
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice import chaos, scene
from tests.city import TestCity
from tests.conftest import _clone, _server, _use

pytestmark = pytest.mark.commits
FULL = os.environ.get("PROOF") == "full"
SEED = int(os.environ.get("CHAOS_SEED", 20261126))


@pytest.fixture
def late_city(own_database: str, django_db_blocker: Any) -> Any:
    """Requests whose clocks ran out, some so long ago that they go all the way up."""
    with django_db_blocker.unblock():
        city = TestCity()
        case = scene.a_case(city)
        makes = (scene.sent, scene.taken_up, scene.answered, scene.asked_back)
        requests = [makes[number % 4](city, case=case) for number in range(12)]
        with writes.allowed(), acting(city.marit.acting):
            for number, request in enumerate(requests):
                ago = timedelta(days=number * 40, minutes=number + 1)
                SpecialistRequest.objects.filter(pk=request.pk).update(due_at=timezone.now() - ago)
        yield own_database


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a few rows, so that there are many moments at which a worker can be hit."""
    monkeypatch.setattr(sweeping, "BATCH", 3)


def copy_of(name: str) -> str:
    _use("postgres")
    copy = f"luisterloket_own_{uuid4().hex[:12]}"
    _clone(name, copy)
    return copy


def drop(name: str) -> None:
    with _server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def seen(name: str, box: Path) -> dict[str, Any]:
    """As the owner, who sees all."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            return chaos.outcome(box)
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def undisturbed(name: str, box: Path) -> dict[str, Any]:
    copy = copy_of(name)
    try:
        _use(copy)
        with chaos.mailbox(box):
            chaos.wait_for(chaos.start())
        return seen(copy, box)
    finally:
        _use(name)
        drop(copy)


@pytest.mark.parametrize("kills", [10, pytest.param(100 if FULL else 25, marks=pytest.mark.proof)])
def test_killed_workers_lose_nothing_and_double_nothing(late_city: str, django_db_blocker: Any, tmp_path: Path, kills: int) -> None:
    with django_db_blocker.unblock():
        expected = undisturbed(late_city, tmp_path / "undisturbed")
        box = tmp_path / "killed"
        with chaos.mailbox(box):
            hit = chaos.kill_many(kills, SEED)
            chaos.wait_for(chaos.start())
        assert hit, "no worker was hit at work"
        assert seen(late_city, box) == expected
        assert len(expected["stalls"]) == 12
        assert {level for *_rest, level, _rung, _next, _ended in expected["stalls"]} >= {"owner", "wethouder"}
        # Whoever came more than once came with the same Message-ID, which is what `delivered` counts by.
        assert set(chaos.delivered(tmp_path / "undisturbed").values()) == {1}


def test_two_beats_and_a_task_that_is_delivered_twice_do_it_once(late_city: str, django_db_blocker: Any, tmp_path: Path) -> None:
    with django_db_blocker.unblock():
        expected = undisturbed(late_city, tmp_path / "undisturbed")
        box = tmp_path / "twice"
        with chaos.mailbox(box):
            chaos.wait_for(*[chaos.start() for _each in range(4)])
            chaos.wait_for(chaos.start())
        assert seen(late_city, box) == expected
        assert set(chaos.delivered(box).values()) == {1}


def test_a_clock_that_jumps_flags_each_wait_once(late_city: str, django_db_blocker: Any, tmp_path: Path) -> None:
    """A day ahead, back again, behind by a day: what was flagged early stays flagged, and nobody hears of it twice."""
    with django_db_blocker.unblock():
        box = tmp_path / "jumps"
        with chaos.mailbox(box):
            for ahead in (-86_400.0, 86_400.0, 0.0, -86_400.0, 3600.0, 0.0):
                chaos.wait_for(chaos.start(ahead=ahead))
        found = seen(late_city, box)
        assert len(found["stalls"]) == 12
        assert set(chaos.delivered(box).values()) == {1}
        assert len(set(found["mails"])) == len(found["mails"])
        raised = [(thing, details) for verb, thing, details in found["history"] if verb == "request.stall_raised"]
        assert len(set(raised)) == len(raised)


def test_a_mail_that_left_before_the_worker_died_leaves_again_with_the_same_message_id(
    late_city: str, django_db_blocker: Any, tmp_path: Path
) -> None:
    with django_db_blocker.unblock():
        box = tmp_path / "again"
        with chaos.mailbox(box, chaos.DeadlyMailbox):
            _pid, status = os.waitpid(chaos.start(), 0)
            assert os.waitstatus_to_exitcode(status) == -9
        [(first, times)] = chaos.delivered(box).items()
        assert times == 1
        with chaos.mailbox(box):
            chaos.wait_for(chaos.start())
        again = chaos.delivered(box)
        assert again[first] == 2
        assert {count for one, count in again.items() if one != first} == {1}
