"""What beat starts: a lost run costs only time, because the next one finds its work in the database."""

from celery import shared_task

from .review_rounds import keep_rounds


@shared_task
def keep_access_reviews() -> int:
    """Open the rounds of the yearly review that are due, remind, and flag what is late."""
    return keep_rounds()
