"""Mails about connections: that something is to be looked at. Sent by jobs, which see ids and addresses only."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.mails import mail_each
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

from .models import Webhook

OFF = gettext_noop("A system of your desk hears nothing any more: its address did not answer for days, and was switched off.")


@on("webhook.switched_off")
def switched_off(event: OutboxEvent) -> None:
    """To who leads the desk."""
    found = Webhook.objects.filter(pk=event.thing_id).values_list("connection_id", "connection__unit_id")
    for connection_id, unit_id in found:
        leads = User.objects.holding(Permission.DIVIDE_DESK, unit_id=unit_id)
        mail_each(event, leads.values_list("pk", "email"), OFF, reverse("connections-one", args=[connection_id]))
