"""Telling what is in the outbox, in order and at least once; and saying so when something waits too long."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from . import outbox
from .models import Notification, OutboxEvent
from .writing import writing

log = logging.getLogger(__name__)
LATE = "deliveries.late"
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(days=1)
# Held while one event is told, so that two workers keep its order; and the name space of what is said once a day.
TELLING = 7_406
ONCE_A_DAY = UUID("4d1c0a5e-54f6-4b0e-9f0a-6f1d1f6f0f41")


def tell(at_most: int = 200) -> int:
    """Tell what waits, oldest first, each in its own transaction; returns how many were told.

    An event that fails is tried again, after twice as long each time up to a day, until it is told. What came later about the same
    thing waits for it; everything else goes on.
    """
    waiting = list(_waiting(timezone.now()).order_by("at").values_list("pk", flat=True)[:at_most])
    return sum(_tell(pk) for pk in waiting)


def flag_late() -> bool:
    """Let the administrators know, once a day, that something has waited too long; whether that was now."""
    now = timezone.now()
    since = now - timedelta(hours=settings.DELIVERY_LATE_HOURS)
    late = OutboxEvent.objects.filter(delivered_at=None, at__lt=since).exclude(event=LATE).exists()
    if not late and not Notification.objects.to_mail(since).exists():
        return False
    pk = uuid5(ONCE_A_DAY, timezone.localdate().isoformat())
    if OutboxEvent.objects.filter(pk=pk).exists():
        return False
    with writing("platform.flag_late"), transaction.atomic():
        event = OutboxEvent(id=pk, event=LATE, thing_label=OutboxEvent._meta.label_lower, thing_id=pk)
        OutboxEvent.objects.bulk_create([event], ignore_conflicts=True)
    log.error("Messages have waited for more than %d hours", settings.DELIVERY_LATE_HOURS)
    return True


@dataclass(frozen=True)
class Waiting:
    """How much waits, of how many people, since when, how often it was tried, until when it rests, and the name of the error."""

    number: int
    people: int
    since: datetime | None
    attempts: int
    next_try_at: datetime | None
    error: str


def waiting() -> dict[str, Waiting]:
    """What waits to be told (`events`) and to be mailed (`mails`). Never what it is or whose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, number, people, since, attempts, next_try_at, error FROM waiting_deliveries()")
        return {what: Waiting(*rest) for what, *rest in cursor.fetchall()}


def _waiting(now: datetime) -> QuerySet[OutboxEvent]:
    """What is to be told by now, but for what waits for something earlier about the same thing that failed."""
    failing = OutboxEvent.objects.filter(delivered_at=None, attempts__gt=0, thing_id=OuterRef("thing_id"), at__lt=OuterRef("at"))
    due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return OutboxEvent.objects.filter(due, ~Exists(failing), delivered_at=None)


def _tell(pk: UUID) -> bool:
    with writing("platform.deliver_outbox"):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TELLING])
                # Another worker may have told it meanwhile, or met a failure that this one waits for.
                event = _waiting(timezone.now()).filter(pk=pk).first()
                if event is None:
                    return False
                for handler in outbox.handlers(event.event):
                    handler(event)
                OutboxEvent.objects.filter(pk=pk).update(delivered_at=timezone.now())
                return True
        except Exception:
            log.exception("An outbox event could not be told", extra={"event_id": str(pk)})
            _rest(pk)
            return False


def _rest(pk: UUID) -> None:
    attempts = OutboxEvent.objects.values_list("attempts", flat=True).get(pk=pk)
    pause = min(FIRST_REST * 2 ** min(attempts, 16), LONGEST_REST)
    OutboxEvent.objects.filter(pk=pk).update(attempts=F("attempts") + 1, next_try_at=timezone.now() + pause)
