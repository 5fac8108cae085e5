"""Background jobs: each run is kept, one that does not run in its time is flagged, and nothing of what it was about is told."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from celery.schedules import crontab
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from luisterloket.celery import app
from luisterloket.people import actions
from luisterloket.people.panels import jobs_that_stand_still
from luisterloket.platform import job_records, jobs
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, JobFlag, JobRun
from luisterloket.platform.tasks import deliver_outbox
from luisterloket.platform.upkeep import clear_old
from tests import writes
from tests.backoffice.scene import as_jobs

pytestmark = pytest.mark.django_db
SWEEP = "flag stalled requests"


def test_every_job_of_the_schedule_is_a_task_that_the_worker_knows():
    """A name that no worker knows is thrown away without a sound."""
    app.loader.import_default_modules()
    assert [one.task for one in jobs.scheduled() if one.task not in app.tasks] == []
    assert len({one.slug for one in jobs.scheduled()}) == len(jobs.scheduled())


def all_ran(*, but: str = "", ago: timedelta = timedelta(0)) -> None:
    """Every job ran a moment ago, but one."""
    now = timezone.now()
    with writes.allowed(), as_jobs():
        JobRun.objects.bulk_create(
            JobRun(
                job=one.name, status="done", at=now - (ago if one.name == but else timedelta(0)),
                started_at=now - (ago if one.name == but else timedelta(0)), ended_at=now, count=0,
            )
            for one in jobs.scheduled()
        )  # fmt: skip


def run(task_name: str, result: object, *, task_id: str | None = None) -> JobRun:
    """As a worker runs it."""
    task, task_id = SimpleNamespace(name=task_name), task_id or str(uuid4())
    with as_jobs():
        job_records.begins(task_id=task_id, task=task)
        job_records.ended(task_id=task_id, task=task, retval=result)
    return JobRun.objects.get(pk=task_id)


def test_a_run_is_kept_with_its_number_and_a_failure_with_its_class_alone():
    done = run("backoffice.tasks.flag_stalled_requests", 3)
    assert (done.job, done.status, done.count, done.failed_as) == (SWEEP, "done", 3, "")
    failed = run("backoffice.tasks.flag_stalled_requests", ValueError("Rachida Amrani"))
    assert (failed.status, failed.failed_as, failed.count) == ("failed", "ValueError", None)
    assert "Rachida" not in str(vars(failed))


def test_a_task_that_is_delivered_twice_is_one_run():
    twice = str(uuid4())
    for _each in range(2):
        run("backoffice.tasks.flag_stalled_requests", 0, task_id=twice)
    assert JobRun.objects.count() == 1


def test_what_is_not_in_the_schedule_is_not_kept():
    with as_jobs():
        job_records.begins(task_id=str(uuid4()), task=SimpleNamespace(name="something.else"))
    assert not JobRun.objects.exists()


@pytest.mark.parametrize(
    ("schedule", "due", "late"),
    [
        (60.0, "2026-11-26 12:01", "2026-11-26 12:04"),
        (timedelta(hours=1), "2026-11-26 13:00", "2026-11-26 14:02"),
        # Written in local time, which is an hour ahead in November.
        (crontab(hour=2, minute=40), "2026-11-27 01:40", "2026-11-27 02:10"),
        (crontab(minute=10), "2026-11-26 12:10", "2026-11-26 12:40"),
        (crontab(minute=0, hour=4, day_of_week="sun"), "2026-11-29 03:00", "2026-11-29 03:30"),
    ],
)
def test_when_a_job_is_due_and_late(schedule, due, late):
    job = jobs.ScheduledJob("one", "task", schedule)
    began = datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert [f"{one.astimezone(UTC):%Y-%m-%d %H:%M}" for one in (job.due_after(began), job.late_after(began))] == [due, late]


def test_a_job_that_did_not_run_in_its_time_is_flagged_once_and_mailed_to_the_administrators(city):
    all_ran(but=SWEEP, ago=timedelta(minutes=10))
    with as_jobs():
        assert [job_records.watch(), job_records.watch()] == [1, 0]
        mail.outbox.clear()
        deliver_outbox()
    assert [one.to for one in mail.outbox] == [[city.olga.email]]
    assert JobFlag.objects.get().reason == "late"
    run("backoffice.tasks.flag_stalled_requests", 0)
    with as_jobs():
        assert job_records.watch() == 0
    assert JobFlag.objects.get().ended_at is not None


def test_a_job_that_keeps_failing_is_flagged(city):
    all_ran()
    for _each in range(3):
        run("luisterloket.platform.tasks.deliver_outbox", OSError())
    assert [(one.job.name, one.reason) for one in jobs.wrong()] == [("deliver the outbox", "failing")]


def test_when_nothing_runs_the_page_and_the_command_find_it_by_themselves(city, sign_in):
    assert len(jobs.wrong()) == len(jobs.scheduled())
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_jobs", stdout=said)
    assert ended.value.code == 1
    assert SWEEP in said.getvalue()
    assert jobs_that_stand_still(city.olga)
    assert jobs_that_stand_still(city.marit) == []
    all_ran()
    call_command("check_jobs", stdout=said)
    assert jobs_that_stand_still(city.olga) == []


def test_the_page_says_how_each_goes_and_the_administrator_can_run_one_now(
    city, sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    all_ran()
    run("backoffice.tasks.flag_stalled_requests", ValueError("geheim"))
    client = sign_in(city.olga)
    page = client.get(reverse("jobs")).content.decode()
    assert reverse("job-one", args=["flag-stalled-requests"]) in page
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, **more: sent.append((name, more["task_id"])))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("job-run", args=["flag-stalled-requests"]), {"command_key": str(uuid4())})
    asked = JobRun.objects.get(status="asked")
    assert sent == [("backoffice.tasks.flag_stalled_requests", str(asked.pk))]
    with acting(city.olga.acting):
        assert HistoryEntry.objects.filter(verb="job.asked", thing_id=asked.pk).exists()
    page = client.get(reverse("job-one", args=["flag-stalled-requests"])).content.decode()
    assert "ValueError" in page
    assert "geheim" not in page
    assert "Olga Vermeulen" in page
    run("backoffice.tasks.flag_stalled_requests", 2, task_id=str(asked.pk))
    asked.refresh_from_db()
    assert (asked.status, asked.count) == ("done", 2)


def test_nobody_else_runs_a_job_and_nobody_asks_twice(city, sign_in):
    job = jobs.job_by_slug("flag-stalled-requests")
    with pytest.raises(NotAllowed):
        actions.run_job_now(actor=city.petra, job=job)
    actions.run_job_now(actor=city.olga, job=job)
    with pytest.raises(Refused):
        actions.run_job_now(actor=city.olga, job=job)
    assert sign_in(city.olga).get(reverse("job-one", args=["geen"])).status_code == 404


def test_what_ran_is_cleared_and_the_last_that_was_done_stays(city):
    long_ago = timezone.now() - timedelta(days=60)
    with writes.allowed(), as_jobs():
        for days in (0, 1):
            at = long_ago + timedelta(days=days)
            JobRun.objects.create(job=SWEEP, status="done", at=at, started_at=at, ended_at=at, count=4)
        lately = timezone.now() - timedelta(days=3)
        for hours in (0, 1):
            at = lately + timedelta(hours=hours)
            JobRun.objects.create(job="deliver the outbox", status="done", at=at, started_at=at, ended_at=at, count=0)
    with as_jobs():
        clear_old()
    assert sorted(JobRun.objects.values_list("job", flat=True)) == ["deliver the outbox", SWEEP]
