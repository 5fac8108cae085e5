"""Who hears that a data breach waits, and nothing of what happened."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.notices import with_permission
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, group, kind, notify
from luisterloket.platform.outbox import on

# The 72 hours of AVG article 33 run at night and in weekends too.
BREACHES = group("breaches", gettext_lazy("Data breaches"), concerns=lambda user: user.has(Permission.HANDLE_BREACHES), duty=True)
REPORTED = kind(
    "breach.reported",
    BREACHES,
    gettext_noop("A data breach was reported. From when it was discovered there are 72 hours."),
    urgent=True,
)
WARNED = kind(
    "breach.warned",
    BREACHES,
    gettext_noop("A data breach waits for your decision. Look how much of the 72 hours is left."),
    urgent=True,
)


@on("breach.reported")
def reported(event: OutboxEvent) -> None:
    _tell(event, REPORTED)


@on("breach.warned")
def warned(event: OutboxEvent) -> None:
    _tell(event, WARNED)


def _tell(event: OutboxEvent, of: Kind) -> None:
    people = with_permission(Permission.HANDLE_BREACHES).values_list("pk", flat=True)
    notify(event, people, of, reverse("breach", args=[event.thing_id]))
