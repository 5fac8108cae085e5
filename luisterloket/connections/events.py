"""What can be told to systems of partners. The apps offer what happens with them; here is who hears of it (decision 43)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

from .models import Connection, Delivery, Webhook


@dataclass(frozen=True)
class EventKind:
    """One kind: its name for the outside, what it is called here, and under which address of the API its subject is read.

    `unit_of` gives the unit whose systems may hear of it; it runs as a job, which reads ids only. Of these only who may read the
    subject hear of it: `scope` is what their connection is for then.
    """

    code: str
    label: Any
    resource: str
    unit_of: Callable[[UUID], UUID | None]
    scope: str

    def __str__(self) -> str:
        return str(self.label)


EVENTS: dict[str, EventKind] = {}
# Sent by hand from the page, to try whether an address listens.
TRIAL = EventKind("nl.luisterloket.proef", _("A trial message"), "", lambda _subject: None, "")


def offer(outbox_event: str, kind: EventKind) -> None:
    """Let systems be told of this kind, each time that this event comes out of the outbox."""
    EVENTS[kind.code] = kind

    @on(outbox_event)
    def tell(event: OutboxEvent) -> None:
        queue(kind, event)


def named(code: str) -> Any:
    return TRIAL.label if code == TRIAL.code else EVENTS[code].label if code in EVENTS else code


def choices(connection: Connection) -> list[tuple[str, Any]]:
    """What a connection may hear of."""
    return [(one.code, one.label) for one in EVENTS.values() if one.scope in connection.scopes]


def queue(kind: EventKind, event: OutboxEvent) -> int:
    """A delivery for each address that asked for it; telling the same event twice makes none twice. How many there are."""
    unit_id = kind.unit_of(event.thing_id)
    if unit_id is None:
        return 0
    webhooks = Webhook.objects.filter(
        connection__unit_id=unit_id,
        connection__ended_at=None,
        connection__scopes__contains=[kind.scope],
        switched_off_at=None,
        events__contains=[kind.code],
    )
    waiting = [
        Delivery(webhook_id=pk, event_id=event.pk, kind=kind.code, subject=event.thing_id, at=event.at)
        for pk in webhooks.values_list("pk", flat=True)
    ]
    Delivery.objects.bulk_create(waiting, ignore_conflicts=True)
    return len(waiting)
