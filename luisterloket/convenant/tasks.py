"""What beat starts: a lost run costs only time, because the next one finds its work in the database."""

from celery import shared_task

from .breach_clock import warn
from .calendar import follow_the_calendar
from .sealing import seal
from .watching import watch


@shared_task
def bring_convenants_into_force() -> int:
    """Bring a signed version into force on its first day, and end the one whose last day has passed."""
    return follow_the_calendar()


@shared_task
def seal_access_log() -> int:
    """Seal what was kept since the last time."""
    return seal()


@shared_task
def watch_access_log() -> int:
    """Raise what is out of the ordinary in what was kept since the last time."""
    return watch()


@shared_task
def warn_of_breaches() -> int:
    """Tell the privacy officer how long a data breach waits."""
    return warn()
