"""Who hears that something of a connection is to be looked at. As jobs, which see ids only."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import group, kind, notify
from luisterloket.platform.outbox import on

from .models import Webhook

CONNECTIONS = group("connections", gettext_lazy("Systems of your desk"), concerns=lambda user: user.has(Permission.DIVIDE_DESK))
OFF = kind(
    "webhook.switched_off",
    CONNECTIONS,
    gettext_noop("A system of your desk hears nothing any more: its address did not answer for days, and was switched off."),
)


@on("webhook.switched_off")
def switched_off(event: OutboxEvent) -> None:
    """To who leads the desk."""
    found = Webhook.objects.filter(pk=event.thing_id).values_list("connection_id", "connection__unit_id")
    for connection_id, unit_id in found:
        leads = User.objects.holding(Permission.DIVIDE_DESK, unit_id=unit_id)
        notify(event, leads.values_list("pk", flat=True), OFF, reverse("connections-one", args=[connection_id]))
