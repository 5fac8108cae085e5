"""The platform's own background jobs: letting people know, and clearing up."""

from celery import shared_task

from . import delivery, job_records, mailing
from .upkeep import clear_old


@shared_task
def deliver_outbox(at_most: int = 200) -> int:
    """Tell what waits in the outbox, then mail what is due; returns how many events were told.

    First what is told in the application, so that a mail server that hangs delays no more than mails.
    """
    told = delivery.tell(at_most)
    mailing.send_due(at_most)
    delivery.flag_late()
    return told


@shared_task
def clear_old_traces() -> int:
    """Clear what was typed and never sent, and what is only needed for a while."""
    return clear_old()


@shared_task
def watch_jobs() -> int:
    """Flag jobs that did not run in their time, so that who keeps the house hears of it."""
    return job_records.watch()
