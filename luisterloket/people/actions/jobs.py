"""Starting a background job by hand."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luisterloket.people import permissions
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.jobs import ScheduledJob
from luisterloket.platform.models import JobRun

Status = JobRun.Status


@command
def run_job_now(*, actor: Any, job: ScheduledJob) -> JobRun:
    """Ask the worker to run a job at once, besides its schedule. For the account administrator.

    Raises `Refused` when it was asked for already and has not begun: then the worker is what needs a look.
    """
    permissions.check_may_manage_accounts(actor)
    latest = JobRun.objects.filter(job=job.name).order_by("-at").first()
    if latest is not None and latest.status == Status.ASKED:
        message = _("This was asked for already and has not begun. Look whether the worker runs.")
        raise Refused(message, code="asked_already")
    run = JobRun(job=job.name, status=Status.ASKED, asked_by_id=actor.pk).put()
    record(actor, "job.asked", run, job=job.name)
    # A queue that cannot be reached is no reason to lose that it was asked for: the page shows that it did not begin.
    transaction.on_commit(partial(_start, job.task, str(run.pk)), robust=True)
    return run


def _start(task: str, run_id: str) -> None:
    # Here, since the worker's own settings come with it.
    from luisterloket.celery import app

    app.send_task(task, task_id=run_id, retry=False, ignore_result=True)
