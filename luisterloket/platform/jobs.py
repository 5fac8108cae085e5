"""The background jobs of beat's schedule, and whether each runs in its time: worked out from what ran, when someone looks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from .models import JobFlag, JobRun

# How much later than due is still in time: a worker that is busy, a restart for a new version.
SLACK = timedelta(minutes=2)
SLACK_OF_A_DAY = timedelta(minutes=30)
# So many times in a row is no accident any more.
FAILS_IN_A_ROW = 3

# Of each job the last run, the last that was done, and how many failed since.
LATEST = """
SELECT one.*, done.started_at AS done_at,
  (SELECT count(*) FROM (SELECT 1 FROM platform_jobrun f WHERE f.job = names.job AND f.status = 'failed'
     AND f.at > coalesce(done.at, '-infinity') LIMIT 100) failed) AS failures,
  (SELECT min(at) FROM platform_jobrun) AS since
FROM unnest(%s::text[]) names(job)
CROSS JOIN LATERAL (SELECT * FROM platform_jobrun r WHERE r.job = names.job ORDER BY r.at DESC LIMIT 1) one
LEFT JOIN LATERAL (
  SELECT d.at, d.started_at FROM platform_jobrun d WHERE d.job = names.job AND d.status = 'done' ORDER BY d.at DESC LIMIT 1
) done ON true
"""


@dataclass(frozen=True)
class ScheduledJob:
    """A job as beat knows it."""

    name: str
    task: str
    schedule: Any

    @property
    def slug(self) -> str:
        return slugify(self.name)

    def due_after(self, moment: datetime) -> datetime:
        """When it is to run, if it last began at `moment`."""
        if isinstance(self.schedule, crontab):
            return _next_on_the_wall(self.schedule, moment)
        return moment + self._every

    def late_after(self, moment: datetime) -> datetime:
        """From when on it is late, if it last began at `moment`."""
        if isinstance(self.schedule, crontab):
            return self.due_after(moment) + SLACK_OF_A_DAY
        return moment + 2 * self._every + SLACK

    @property
    def _every(self) -> timedelta:
        return self.schedule if isinstance(self.schedule, timedelta) else timedelta(seconds=float(self.schedule))


def _next_on_the_wall(schedule: Any, moment: datetime) -> datetime:
    """The next minute of this schedule, which is written in local time."""
    found = moment.astimezone(ZoneInfo(settings.CELERY_TIMEZONE)).replace(second=0, microsecond=0) + timedelta(minutes=1)
    while not (
        found.hour in schedule.hour
        and found.minute in schedule.minute
        and found.isoweekday() % 7 in schedule.day_of_week
        and found.day in schedule.day_of_month
        and found.month in schedule.month_of_year
    ):
        found += timedelta(minutes=1)
    return found


@dataclass(frozen=True)
class JobState:
    """How one job goes. `last` is its last run; None when it never ran as far as is known."""

    job: ScheduledJob
    last: JobRun | None
    due_at: datetime | None
    reason: str

    @property
    def is_wrong(self) -> bool:
        return bool(self.reason)


def scheduled() -> list[ScheduledJob]:
    schedule: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    return [ScheduledJob(name, one["task"], one["schedule"]) for name, one in schedule.items()]


def job_by_slug(slug: str) -> ScheduledJob | None:
    return next((one for one in scheduled() if one.slug == slug), None)


def states(now: datetime | None = None) -> list[JobState]:
    """Every job and how it goes, in one query. Whoever asks works it out: no job has to run for another to be found late."""
    now = now or timezone.now()
    jobs = scheduled()
    latest: dict[str, Any] = {run.job: run for run in JobRun.objects.raw(LATEST, [[one.name for one in jobs]])}
    since = next((run.since for run in latest.values()), None)
    return [_state(job, latest.get(job.name), since, now) for job in jobs]


def wrong(now: datetime | None = None) -> list[JobState]:
    return [state for state in states(now) if state.is_wrong]


def _state(job: ScheduledJob, last: Any, since: datetime | None, now: datetime) -> JobState:
    # What never ran is late as if it began when the first of all did; when none ever did, there is no worker.
    began = (last.done_at if last else None) or since
    if began is None:
        return JobState(job, None, None, JobFlag.Reason.LATE)
    if last and last.failures >= FAILS_IN_A_ROW:
        reason = str(JobFlag.Reason.FAILING)
    else:
        reason = str(JobFlag.Reason.LATE) if job.late_after(began) < now else ""
    return JobState(job, last, job.due_after(last.started_at or began if last else began), reason)
