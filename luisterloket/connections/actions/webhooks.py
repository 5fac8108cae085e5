"""Addresses that are told that something happened: added, given a new secret, tried, switched off."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.connections import events, permissions
from luisterloket.connections.addresses import check_address
from luisterloket.connections.models import Connection, Delivery, Webhook
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

# So long after a new secret the one of before signs as well.
BOTH = timedelta(days=7)
MOST = 5


@command
def add_webhook(*, actor: Any, connection: Connection, address: str, for_what: list[str]) -> Webhook:
    """Tell this address from now on of these events. For who leads the desk.

    Raises `Refused` for an address inside our own network, without https, or without an event that the connection may read of, and
    for more than a few of them.
    """
    permissions.check_may_keep_connections(actor, connection)
    connection = Connection.objects.select_for_update(no_key=True, of=("self",)).get(pk=connection.pk)
    if connection.ended_at:
        raise Refused(_("This connection was ended already."), code="ended")
    check_address(address)
    if not for_what or not set(for_what) <= {code for code, _label in events.choices(connection)}:
        raise Refused(_("Choose what is told to it."), code="events")
    if Webhook.objects.filter(connection=connection, switched_off_at=None).count() >= MOST:
        raise Refused(_("No more than %(most)d addresses are told. Switch one off first.") % {"most": MOST}, code="most")
    webhook = Webhook(connection=connection, address=address, events=sorted(set(for_what)), made_by=actor).put()
    record(actor, "webhook.added", connection, webhook=str(webhook.pk), events=webhook.events)
    return webhook


@command
def renew_secret(*, actor: Any, webhook: Webhook) -> Webhook:
    """Another secret signs from now on; for a week the old one signs as well. For who leads the desk."""
    permissions.check_may_keep_connections(actor, webhook.connection)
    webhook = _on(webhook)
    webhook.round += 1
    webhook.both_until = timezone.now() + BOTH
    webhook.save(update_fields=["round", "both_until"])
    record(actor, "webhook.secret_renewed", webhook.connection, webhook=str(webhook.pk))
    return webhook


@command
def switch_off(*, actor: Any, webhook: Webhook) -> Webhook:
    """Nothing is told to it any more; what still waited is not told either."""
    permissions.check_may_revoke(actor, webhook.connection)
    webhook = _on(webhook)
    webhook.switched_off_at, webhook.switched_off_why = timezone.now(), Webhook.Off.BY_HAND
    webhook.save(update_fields=["switched_off_at", "switched_off_why"])
    Delivery.objects.filter(webhook=webhook, delivered_at=None, given_up_at=None).update(given_up_at=webhook.switched_off_at)
    record(actor, "webhook.switched_off", webhook.connection, webhook=str(webhook.pk))
    return webhook


@command
def try_webhook(*, actor: Any, webhook: Webhook) -> Delivery:
    """A message that says no more than that it is one, sent by the next run of the job. For who leads the desk."""
    permissions.check_may_keep_connections(actor, webhook.connection)
    webhook = _on(webhook)
    trial = Delivery(webhook=webhook, event_id=uuid4(), kind=events.TRIAL.code, subject=webhook.connection_id, at=timezone.now())
    return trial.put()


def _on(webhook: Webhook) -> Webhook:
    found: Webhook = Webhook.objects.select_for_update(no_key=True, of=("self",)).select_related("connection").get(pk=webhook.pk)
    if found.switched_off_at:
        raise Refused(_("This address was switched off already."), code="off")
    return found
