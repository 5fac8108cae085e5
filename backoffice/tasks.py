"""What beat starts every minute."""

from celery import shared_task

from .sweep import sweep


@shared_task
def flag_stalled_requests() -> int:
    """Flag requests whose clock ran out; a lost run costs only a minute, because the next one finds them in the database."""
    return sweep()
