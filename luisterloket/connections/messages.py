"""What is told: a CloudEvent after the Dutch government's profile, with a reference and no personal data, and its signature."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from .api import PREFIX
from .events import EVENTS
from .models import Delivery, Webhook

MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"


def cloud_event(delivery: Delivery) -> dict[str, Any]:
    """CloudEvents 1.0, structured. `dataref` is where who may, reads more."""
    event = {
        "specversion": "1.0",
        "id": str(delivery.event_id),
        "source": settings.EVENT_SOURCE,
        "type": delivery.kind,
        "subject": str(delivery.subject),
        "time": delivery.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    kind = EVENTS.get(delivery.kind)
    return {**event, "dataref": f"{settings.BASE_URL}{PREFIX}{kind.resource}/{delivery.subject}"} if kind else event


def body_of(delivery: Delivery) -> bytes:
    return json.dumps(cloud_event(delivery), separators=(",", ":")).encode()


def secret_of(webhook: Webhook, number: int | None = None) -> str:
    """The secret that signs for this address. Derived each time from the installation's own key: no table and no copy has it."""
    number = webhook.round if number is None else number
    text = f"connections.webhook:{webhook.pk}:{number}"
    return "whsec_" + base64.b64encode(hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()).decode()


def headers_of(webhook: Webhook, delivery: Delivery, body: bytes, now: datetime | None = None) -> dict[str, str]:
    """The headers of Standard Webhooks: id, moment and signature. Just after a new secret both sign, so that none is missed."""
    now = now or timezone.now()
    stamp = str(int(now.timestamp()))
    rounds = [webhook.round]
    if webhook.both_until and webhook.both_until > now:
        rounds.append(webhook.round - 1)
    signed = f"{delivery.event_id}.{stamp}.".encode() + body
    return {
        "Content-Type": MEDIA_TYPE,
        "webhook-id": str(delivery.event_id),
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{signature(secret_of(webhook, one), signed)}" for one in rounds),
    }


def signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
