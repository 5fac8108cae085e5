"""What the pages of connections show."""

from dataclasses import dataclass
from typing import Any

from luisterloket.people.permissions import may

from . import events, permissions, scopes
from .models import ApiToken, Connection, Delivery, Webhook

LAST = 10


@dataclass(frozen=True)
class Line:
    """A connection in the list: how many tokens open something now, and whether something is wrong."""

    connection: Connection
    tokens: int
    failing: bool


@dataclass(frozen=True)
class WebhookLine:
    webhook: Webhook
    told: list[Any]
    last: list[tuple[Delivery, Any]]


@dataclass(frozen=True)
class ConnectionPage:
    connection: Connection
    what_for: list[Any]
    tokens: list[tuple[ApiToken, list[Any]]]
    webhooks: list[WebhookLine]
    may_keep: bool


def lines(user: Any) -> list[Line]:
    """The connections that this person sees, those that work first."""
    found = list(Connection.objects.visible_to(user).select_related("unit__organisation").order_by("ended_at", "name"))
    usable = ApiToken.objects.usable().filter(connection__in=found).values_list("connection_id", flat=True)
    counted = list(usable)
    failing = set(
        Webhook.objects.filter(connection__in=found)
        .exclude(failing_since=None, switched_off_why="")
        .exclude(switched_off_why__in=[Webhook.Off.BY_HAND, Webhook.Off.ENDED])
        .values_list("connection_id", flat=True)
    )
    return [Line(one, counted.count(one.pk), one.pk in failing and one.ended_at is None) for one in found]


def connection_page(connection: Connection, user: Any) -> ConnectionPage:
    tokens = ApiToken.objects.filter(connection=connection).select_related("issued_by", "revoked_by")
    webhooks = Webhook.objects.filter(connection=connection)
    return ConnectionPage(
        connection=connection,
        what_for=scopes.labels(connection.scopes),
        tokens=[(one, scopes.labels(one.scopes)) for one in tokens],
        webhooks=[
            WebhookLine(one, [events.named(code) for code in one.events], [(each, events.named(each.kind)) for each in _last(one)])
            for one in webhooks
        ],
        may_keep=connection.ended_at is None and may(permissions.check_may_keep_connections, user, connection),
    )


def _last(webhook: Webhook) -> list[Delivery]:
    return list(Delivery.objects.filter(webhook=webhook)[:LAST])
