"""Keeps of every run of a scheduled job that it ran, and flags those that do not: as the jobs role, with no text of any error."""

import logging
from typing import Any
from uuid import UUID

from celery.signals import task_postrun, task_prerun
from django.db import transaction
from django.utils import timezone

from . import jobs
from .models import JobFlag, JobRun
from .outbox import emit
from .writing import writing

log = logging.getLogger(__name__)
Status = JobRun.Status


def _name_of(task: Any) -> str | None:
    return next((one.name for one in jobs.scheduled() if one.task == task.name), None)


@task_prerun.connect(dispatch_uid="a job begins")
def begins(task_id: str, task: Any, **_known: Any) -> None:
    """A job begins. A task that is delivered once more, since its worker was lost, is the same run that begins anew."""
    name = _name_of(task)
    if name is None:
        return
    with writing("platform.jobs"):
        began = {"job": name, "status": Status.RUNNING, "started_at": timezone.now(), "ended_at": None, "failed_as": ""}
        JobRun.objects.update_or_create(id=UUID(task_id), defaults=began)


@task_postrun.connect(dispatch_uid="a job ended")
def ended(task_id: str, task: Any, retval: Any = None, state: str | None = None, **_known: Any) -> None:
    """A job ended: how many things it did, or the class of what went wrong."""
    if _name_of(task) is None:
        return
    failed = isinstance(retval, BaseException)
    with writing("platform.jobs"):
        JobRun.objects.filter(pk=UUID(task_id)).update(
            status=Status.FAILED if failed else Status.DONE,
            ended_at=timezone.now(),
            count=retval if isinstance(retval, int) else None,
            failed_as=type(retval).__name__[:100] if failed else "",
        )


def watch() -> int:
    """Flag each job that did not run in its time or keeps failing, once for as long as it lasts; how many were new.

    When nothing runs at all this does not run either: the page works it out for itself, and `check_jobs` is for outside.
    """
    now, new = timezone.now(), 0
    with writing("platform.jobs"), transaction.atomic():
        open_flags = {flag.job: flag for flag in JobFlag.objects.select_for_update().filter(ended_at=None)}
        for state in jobs.states(now):
            flag = open_flags.get(state.job.name)
            if state.is_wrong and flag is None:
                flag, is_new = JobFlag.objects.get_or_create(
                    job=state.job.name, ended_at=None, defaults={"reason": state.reason, "flagged_at": now}
                )
                if is_new:
                    emit("job.flagged", flag)
                    log.error("A background job is not as it should be", extra={"job": state.job.name, "reason": state.reason})
                    new += 1
            elif not state.is_wrong and flag is not None:
                flag.ended_at = now
                flag.save(update_fields=["ended_at"])
    return new
