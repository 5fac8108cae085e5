"""What beat starts: a lost run costs only time, because the next one finds its work in the database."""

from celery import shared_task

from .breach_clock import warn


@shared_task
def warn_of_breaches() -> int:
    """Tell the privacy officer how long a data breach waits."""
    return warn()
