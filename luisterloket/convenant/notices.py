"""Mails about data breaches: that one waits, and nothing of what happened. Sent by jobs."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.people.notices import with_permission
from luisterloket.people.roles import Permission
from luisterloket.platform.mails import mail_each
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

REPORTED = gettext_noop("A data breach was reported. From when it was discovered there are 72 hours.")
WARNED = gettext_noop("A data breach waits for your decision. Look how much of the 72 hours is left.")


@on("breach.reported")
def reported(event: OutboxEvent) -> None:
    _mail(event, REPORTED)


@on("breach.warned")
def warned(event: OutboxEvent) -> None:
    _mail(event, WARNED)


def _mail(event: OutboxEvent, line: str) -> None:
    people = with_permission(Permission.HANDLE_BREACHES).values_list("pk", "email")
    mail_each(event, people, line, reverse("breach", args=[event.thing_id]))
