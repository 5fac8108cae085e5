"""What the outside may hear, kept in the same transaction and told after it; a lost worker costs only time."""

from collections.abc import Callable
from typing import Any

from .models import OutboxEvent

Handler = Callable[[OutboxEvent], None]
_handlers: dict[str, list[Handler]] = {}


def on(event: str) -> Callable[[Handler], Handler]:
    """Let a function hear of an event. It runs as a job: it gets ids and can be called again for the same event.

    Events are told one at a time, so it only writes rows: what takes long, such as a mail, leaves from those by a run of its own.
    """

    def add(handler: Handler) -> Handler:
        _handlers.setdefault(event, []).append(handler)
        return handler

    return add


def handlers(event: str) -> list[Handler]:
    return _handlers.get(event, [])


def emit(event: str, thing: Any) -> None:
    """Tell, after this transaction, that something happened to `thing`."""
    OutboxEvent.objects.create(
        event=event, thing_label=thing._meta.label_lower, thing_id=thing.pk, unit_id=getattr(thing, "unit_id", None)
    )
