"""The platform's own background job: telling what is in the outbox."""

import logging
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from . import job_records, outbox
from .models import OutboxEvent
from .upkeep import clear_old
from .writing import writing

log = logging.getLogger(__name__)
TRIES = 8


@shared_task
def deliver_outbox(at_most: int = 200) -> int:
    """Tell what waits, oldest first, each in its own transaction; returns how many were told.

    An event that keeps failing is tried eight times and then stays, undelivered, for a person to look at.
    """
    told = 0
    waiting = OutboxEvent.objects.filter(delivered_at=None, attempts__lt=TRIES).order_by("at").values_list("pk", flat=True)
    for pk in list(waiting[:at_most]):
        told += _deliver(pk)
    return told


@shared_task
def clear_old_traces() -> int:
    """Clear what was typed and never sent, and what is only needed for a while."""
    return clear_old()


@shared_task
def watch_jobs() -> int:
    """Flag jobs that did not run in their time, so that who keeps the house hears of it."""
    return job_records.watch()


def _deliver(pk: UUID) -> bool:
    with writing("platform.deliver_outbox"):
        try:
            with transaction.atomic():
                event = OutboxEvent.objects.select_for_update(skip_locked=True).filter(pk=pk, delivered_at=None).first()
                if event is None:
                    return False
                for handler in outbox.handlers(event.event):
                    handler(event)
                OutboxEvent.objects.filter(pk=pk).update(delivered_at=timezone.now())
                return True
        except Exception:
            log.exception("An outbox event could not be told", extra={"event_id": str(pk)})
            OutboxEvent.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
            return False
