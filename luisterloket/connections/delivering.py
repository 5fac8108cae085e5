"""Telling what waits, as a job: with growing pauses while nothing arrives, and in the end not any more.

A delivery is claimed before it is sent and noted after it, so a worker that is lost in between costs one more time: at least once.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from luisterloket.platform.outbox import emit
from luisterloket.platform.writing import writing

from .http import send
from .messages import body_of, headers_of
from .models import Delivery, Webhook

# So long a delivery is someone's; then its worker was lost, and another tells it.
LEASE = timedelta(minutes=2)
# One run takes no longer than this, however slow those are who listen; the next goes on.
LONGEST_RUN = timedelta(seconds=45)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


def deliver(at_most: int) -> int:
    """Tell what is due, oldest first; how many arrived. An address that does not answer is left alone for the rest of this run."""
    arrived, silent = 0, set()
    begun = timezone.now()
    due = Delivery.objects.filter(delivered_at=None, given_up_at=None, next_at__lte=begun).order_by("at")
    for pk, webhook_id in list(due.values_list("pk", "webhook_id")[:at_most]):
        if webhook_id in silent:
            continue
        if timezone.now() - begun > LONGEST_RUN:
            break
        if _deliver(pk):
            arrived += 1
        else:
            silent.add(webhook_id)
    return arrived


def _deliver(pk: UUID) -> bool:
    """Whether it is done with, by us or by another."""
    with writing("connections.deliver"):
        now = timezone.now()
        waits = Delivery.objects.filter(pk=pk, delivered_at=None, given_up_at=None, next_at__lte=now)
        if not waits.update(next_at=now + LEASE, attempts=F("attempts") + 1):
            return True
        delivery = Delivery.objects.select_related("webhook").get(pk=pk)
        webhook = delivery.webhook
        if webhook.switched_off_at:
            Delivery.objects.filter(pk=pk).update(given_up_at=now)
            return True
        body = body_of(delivery)
        status = send(webhook.address, body, headers_of(webhook, delivery, body))
        with transaction.atomic():
            return _note(delivery, status, timezone.now())


def _note(delivery: Delivery, status: int, now: datetime) -> bool:
    if 200 <= status < 300:
        Delivery.objects.filter(pk=delivery.pk).update(delivered_at=now, last_status=status)
        Webhook.objects.filter(pk=delivery.webhook_id).update(delivered_at=now, failing_since=None)
        return True
    Delivery.objects.filter(pk=delivery.pk).update(last_status=status)
    Webhook.objects.filter(pk=delivery.webhook_id, failing_since=None).update(failing_since=now)
    # Everything for this address waits: what does not take the one does not take the next.
    waiting = Delivery.objects.filter(webhook=delivery.webhook_id, delivered_at=None, given_up_at=None)
    until = now + pause_after(delivery.attempts)
    waiting.filter(next_at__lt=until).update(next_at=until)
    _give_up(delivery.webhook_id, now)
    return False


def pause_after(attempts: int) -> timedelta:
    """A minute, two, four … and six hours at most."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def _give_up(webhook_id: UUID, now: datetime) -> None:
    """Nothing arrived for days: it is switched off, and who leads the desk is told."""
    since = now - timedelta(days=settings.WEBHOOK_GIVE_UP_DAYS)
    off = Webhook.objects.filter(pk=webhook_id, switched_off_at=None, failing_since__lt=since)
    if off.update(switched_off_at=now, switched_off_why=Webhook.Off.FAILED):
        Delivery.objects.filter(webhook=webhook_id, delivered_at=None, given_up_at=None).update(given_up_at=now)
        emit("webhook.switched_off", Webhook(pk=webhook_id))


def clear_old() -> int:
    """What was told, or given up, goes after a while. How many went."""
    before = timezone.now() - timedelta(days=settings.TRACE_DAYS)
    old = Delivery.objects.filter(at__lt=before).exclude(delivered_at=None, given_up_at=None)
    with writing("connections.clear_old"), transaction.atomic():
        return int(old.delete()[0])
