"""Jobs that tell systems of partners what happened."""

from celery import shared_task

from . import delivering


@shared_task(soft_time_limit=90, time_limit=110)
def deliver_webhooks(at_most: int = 100) -> int:
    """Tell what is due; returns how many arrived."""
    return delivering.deliver(at_most)


@shared_task
def clear_old_deliveries() -> int:
    return delivering.clear_old()
