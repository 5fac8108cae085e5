"""What the pages of background jobs show: how each goes, and of one its last runs. Numbers and moments, and no text."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from luisterloket.platform import jobs
from luisterloket.platform.models import JobFlag, JobRun

from .models import User

SHOWN = 50
# The names in beat's schedule, as they are shown.
NAMES = (
    gettext_noop("flag stalled requests"), gettext_noop("flag late contacts"), gettext_noop("wipe early signs"),
    gettext_noop("clear files without a document"), gettext_noop("flag late reviews of emergencies"),
    gettext_noop("propose erasures"), gettext_noop("clear old traces"), gettext_noop("erase what was approved"),
    gettext_noop("list contracts that end"), gettext_noop("bring convenants into force"), gettext_noop("seal the access log"),
    gettext_noop("watch the access log"), gettext_noop("flag rights requests"),
    gettext_noop("keep the yearly review of access"), gettext_noop("warn of data breaches"), gettext_noop("watch the jobs"),
    gettext_noop("deliver the outbox"), gettext_noop("flag late hand-ins"), gettext_noop("flag pauses that end"),
    gettext_noop("wipe answered hand-ins"), gettext_noop("deliver webhooks"), gettext_noop("clear old deliveries"),
)  # fmt: skip


@dataclass(frozen=True)
class JobLine:
    """One job as the list shows it."""

    state: jobs.JobState
    name: str
    tone: str
    says: Any
    took: str
    # Of the last day: how often, how many things, how often it failed.
    runs: int
    things: int
    failed: int


@dataclass(frozen=True)
class RunLine:
    run: JobRun
    tone: str
    took: str
    asked_by: str


def job_lines() -> list[JobLine]:
    """Every job of the schedule, what is wrong first. Two queries."""
    now = timezone.now()
    lately = JobRun.objects.filter(at__gt=now - timedelta(days=1)).values("job")
    counted = {
        one["job"]: one
        for one in lately.annotate(
            runs=Count("pk"), failed=Count("pk", filter=Q(status="failed")), some=Count("pk", filter=Q(count__gt=0))
        )
    }
    lines = [_line(state, counted.get(state.job.name, {})) for state in jobs.states(now)]
    return sorted(lines, key=lambda line: (not line.state.is_wrong, line.name))


def run_lines(job: jobs.ScheduledJob) -> list[RunLine]:
    """The last runs of one job, newest first."""
    runs = list(JobRun.objects.filter(job=job.name).order_by("-at")[:SHOWN])
    names = dict(User.objects.filter(pk__in=[run.asked_by_id for run in runs if run.asked_by_id]).values_list("pk", "name"))
    tones = {"done": "done", "failed": "acute", "running": "waiting", "asked": "waiting"}
    return [RunLine(run, tones[run.status], took(run), names.get(run.asked_by_id, "")) for run in runs]


def name_of(job: jobs.ScheduledJob) -> str:
    told = gettext(job.name)
    return told[:1].upper() + told[1:]


def took(run: JobRun | None) -> str:
    """How long a run took, as one says it."""
    if run is None or run.started_at is None or run.ended_at is None:
        return ""
    seconds = (run.ended_at - run.started_at).total_seconds()
    if seconds < 1:
        return gettext("less than a second")
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", round(seconds)) % {"n": round(seconds)}
    return ngettext("%(n)d minute", "%(n)d minutes", round(seconds / 60)) % {"n": round(seconds / 60)}


def _line(state: jobs.JobState, counted: Any) -> JobLine:
    tone: str = "done"
    says: Any = _("In time")
    if state.last is None:
        tone, says = ("acute", _("Never ran")) if state.is_wrong else ("neutral", _("Has not been due yet"))
    elif state.is_wrong:
        tone, says = "acute", JobFlag.Reason(state.reason).label
    elif state.last.status == JobRun.Status.FAILED:
        tone, says = "waiting", _("The last run failed")
    elif state.last.status in {JobRun.Status.RUNNING, JobRun.Status.ASKED}:
        tone, says = "waiting", state.last.get_status_display()
    return JobLine(
        state,
        name_of(state.job),
        tone,
        says,
        took(state.last),
        counted.get("runs", 0),
        counted.get("some", 0),
        counted.get("failed", 0),
    )
