"""What beat starts for casework."""

from celery import shared_task

from .listing import every_day


@shared_task
def list_contracts_that_end() -> int:
    """List and remind; a lost run costs only an hour, because the next one finds its work in the database."""
    return every_day()
