"""A clock that ran out is flagged once, with reason, owner and next step, by a job that can read no story."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from backoffice import actions
from backoffice.models import Message, RequestItem, SpecialistRequest, Stall
from backoffice.sweep import sweep
from backoffice.tasks import flag_stalled_requests
from luisterloket.platform.acting import acting
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from tests import writes
from tests.backoffice import scene
from tests.city import TestCity

# State: the clock that ran out, whose turn it is, and what to do.
WHOSE = {
    "sent": ("pick_up", "desk", None, "take_up"),
    "taken_up": ("answer", "assignee", "joost", "answer"),
    "asked_back": ("reply", "asker", "marit", "reply"),
    "answered": ("tell", "asker", "marit", "tell"),
    "closed": ("outcome", "asker", "marit", "outcome"),
}


@pytest.mark.parametrize("state", WHOSE)
def test_a_clock_that_ran_out_is_flagged_with_reason_owner_and_next_step(city, state):
    request = scene.AT[state](city)
    # Whether it worked may wait some days longer before anyone is reminded.
    scene.run_out(request, city.marit, minutes=14 * 24 * 60 if state == "closed" else 1)
    with scene.as_jobs():
        assert sweep() >= 1
        stall = Stall.objects.get(request_id=request.pk)
        assert (
            HistoryEntry.objects.filter(thing_id=request.pk, verb="request.stalled", actor_kind="job", actor_id=None).count() == 1
        )
        assert OutboxEvent.objects.filter(thing_id=request.pk, event="request.stalled").count() == 1
    clock, kind, owner, next_step = WHOSE[state]
    assert (stall.clock, stall.owner_kind, stall.next_step) == (clock, kind, next_step)
    assert stall.owner_id == (getattr(city, owner).pk if owner else None)
    assert scene.now_of(request, city.joost).stalled_at is not None


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_nothing_stalls_any_more_after_the_end(city, state):
    request = scene.AT[state](city)
    if state == "closed":
        request = actions.check_outcome(actor=city.marit, request=request, worked="worked")
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        assert sweep() == 0


def test_a_clock_that_still_runs_is_left_alone(city):
    scene.sent(city)
    with scene.as_jobs():
        assert sweep() == 0


def test_sweeping_again_flags_nothing_twice(city):
    request = scene.sent(city)
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        assert [sweep(), sweep(), sweep()] == [1, 0, 0]
        assert OutboxEvent.objects.filter(event="request.stalled").count() == 1
    # Even when the mark itself was lost.
    with writes.allowed(), acting(city.marit.acting):
        SpecialistRequest.objects.filter(pk=request.pk).update(stalled_at=None)
    with scene.as_jobs():
        assert sweep() == 0
        assert Stall.objects.count() == 1
        assert OutboxEvent.objects.filter(event="request.stalled").count() == 1


def test_the_next_clock_that_runs_out_is_a_stall_of_its_own(city):
    request = scene.sent(city)
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        sweep()
    actions.take_up_request(actor=city.joost, request=request)
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        assert sweep() == 1
        assert set(Stall.objects.values_list("clock", flat=True)) == {"pick_up", "answer"}


def test_a_flag_its_owner_cannot_act_on_goes_to_who_can(city):
    told, taken = scene.answered(city), scene.taken_up(city)
    bram = city.bram
    with writes.allowed():
        for who in (city.marit, city.joost):
            who.is_active = False
            who.save(update_fields=["is_active"])
    with writes.allowed(), acting(city.hakan.acting):
        from casework.models import Case

        Case.objects.filter(pk=told.case_id).update(owner=bram)
        SpecialistRequest.objects.filter(pk__in=[told.pk, taken.pk]).update(due_at=timezone.now() - timedelta(minutes=1))
    with scene.as_jobs():
        assert sweep() == 2
        assert Stall.objects.get(request_id=told.pk).owner_id == bram.pk
        assert Stall.objects.get(request_id=taken.pk).owner_kind == "desk"


def test_the_job_can_read_no_question_no_answer_and_nothing_that_went_along(city):
    scene.answered(city)
    with scene.as_jobs():
        assert SpecialistRequest.objects.values_list("id", "clock", "due_at").count() == 1
        for column in (
            "title",
            "question",
            "answer",
            "next_step",
            "outcome_note",
            "refused_under",
            "object_how",
            "worked_note",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                list(SpecialistRequest.objects.values_list(column))
        for model in (RequestItem, Message):
            with pytest.raises(ProgrammingError), transaction.atomic():
                model.objects.exists()


def test_the_job_can_change_nothing_but_the_mark(city):
    request = scene.sent(city)
    with scene.as_jobs(), writes.allowed():
        for field, value in {"status": "closed", "due_at": timezone.now(), "assigned_to_id": None}.items():
            with pytest.raises(ProgrammingError), transaction.atomic():
                SpecialistRequest.objects.filter(pk=request.pk).update(**{field: value})


def test_the_command_and_the_task_do_the_same(city):
    first, second = scene.sent(city), scene.sent(city)
    said = StringIO()
    scene.run_out(first, city.marit)
    with scene.as_jobs():
        call_command("sweep_stalls", stdout=said)
    assert said.getvalue() == "1 new\n"
    scene.run_out(second, city.marit)
    with scene.as_jobs():
        assert flag_stalled_requests() == 1


def test_an_idle_sweep_reads_only_the_clocks_that_run_out(city):
    """The partial index serves the sweep, whatever number of requests waits."""
    scene.sent(city)
    with scene.as_jobs(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM backoffice_specialistrequest"
            " WHERE clock <> '' AND stalled_at IS NULL AND flag_at <= now() ORDER BY flag_at LIMIT 5000"
        )
        assert "clocks_that_run" in "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.commits
def test_two_sweeps_at_once_flag_each_stall_once(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        case = scene.a_case(city)
        requests = [scene.sent(city, case) for _ in range(30)]
        for request in requests:
            scene.run_out(request, city.marit)

        def one():
            with scene.as_jobs():
                return sweep()

        flagged = scene.in_threads(*[one] * 4)
        assert sum(flagged) == 30, flagged
        with scene.as_jobs():
            assert Stall.objects.count() == 30
            assert OutboxEvent.objects.filter(event="request.stalled").count() == 30
            assert HistoryEntry.objects.filter(verb="request.stalled").count() == 30


@pytest.mark.commits
def test_a_sweep_does_not_wait_for_someone_who_is_at_work(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        request = scene.sent(city)
        scene.run_out(request, city.marit)
        with acting(city.joost.acting), transaction.atomic():
            SpecialistRequest.locked(request.pk)

            def one():
                with scene.as_jobs(), connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '2s'")
                    return sweep()

            assert scene.in_threads(one) == [0]
        with scene.as_jobs():
            assert sweep() == 1
