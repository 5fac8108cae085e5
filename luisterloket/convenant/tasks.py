"""What beat starts: a lost run costs only time, because the next one finds its work in the logs."""

from celery import shared_task

from .sealing import seal
from .watching import watch


@shared_task
def seal_access_log() -> int:
    """Seal what was kept since the last time."""
    return seal()


@shared_task
def watch_access_log() -> int:
    """Raise what is out of the ordinary in what was kept since the last time."""
    return watch()
