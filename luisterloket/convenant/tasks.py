"""What beat starts: a lost run costs only an hour, because the next one finds its work in the database."""

from celery import shared_task

from .calendar import follow_the_calendar


@shared_task
def bring_convenants_into_force() -> int:
    """Bring a signed version into force on its first day, and end the one whose last day has passed."""
    return follow_the_calendar()
