"""Who hears of conversations and cases: that something waits, and nothing of whom it is about. As jobs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import group, kind, notify
from luisterloket.platform.outbox import on

from .models import Case, EarlySign, FollowUp, Intake

CASES = group("cases", gettext_lazy("Cases and conversations"), concerns=lambda user: user.has(Permission.LISTEN))
ACUTE = kind("intake.acute", CASES, gettext_noop("A colleague hears something acute now. Ask whether help is needed."), urgent=True)
JOINED = kind("case.joined", CASES, gettext_noop("A colleague joined a case of yours."))
FLAGGED = kind("contact.late", CASES, gettext_noop("Somebody waits to hear from us, and it is late."))


@on("intake.acute")
def acute(event: OutboxEvent) -> None:
    """To who divides the work in the wijk, as long as it is being heard; after that the case itself is on Vandaag."""
    # Only named columns: a job may read no other.
    units = list(Intake.objects.open().filter(pk=event.thing_id).values_list("unit_id", flat=True))
    people = User.objects.holding(Permission.DIVIDE_WORK, unit_id=units[0]) if units else User.objects.none()
    notify(event, people.values_list("pk", flat=True), ACUTE, reverse("casework:intake-acute", args=[event.thing_id]))


@on("case.joined")
def joined(event: OutboxEvent) -> None:
    """To the owner."""
    owners = Case.objects.filter(pk=event.thing_id).values_list("owner_id", flat=True)
    notify(event, owners, JOINED, reverse("casework:case", args=[event.thing_id]))


@on("follow_up.flagged")
def follow_up_flagged(event: OutboxEvent) -> None:
    """To whose it is, and to who sees to it in the wijk; of a protected case only to whom it is open."""
    for unit_id, case_id, who_id in FollowUp.objects.filter(pk=event.thing_id).values_list("unit_id", "case_id", "who_id"):
        people = [user for user in _who_see_to_it(unit_id, who_id) if Case.objects.filter(pk=case_id).open_to(user).exists()]
        notify(event, [user.pk for user in people], FLAGGED, reverse("today"))


@on("sign.flagged")
def sign_flagged(event: OutboxEvent) -> None:
    for unit_id, owner_id in EarlySign.objects.filter(pk=event.thing_id).values_list("unit_id", "owner_id"):
        people = _who_see_to_it(unit_id, owner_id)
        notify(event, [user.pk for user in people], FLAGGED, reverse("today"))


def _who_see_to_it(unit_id: Any, owner_id: Any) -> list[User]:
    """The owner, as long as they work here, with the coordinator; in a wijk without one whoever works there."""
    # A job may read no more of people than these.
    those = User.objects.only("pk", "is_active")
    divides = those.holding(Permission.DIVIDE_WORK, unit_id=unit_id)
    seers = list(divides) or list(those.holding(Permission.LISTEN, unit_id=unit_id))
    owner = list(those.holding(Permission.LISTEN, unit_id=unit_id).filter(pk=owner_id))
    return list({user.pk: user for user in [*owner, *seers]}.values())
