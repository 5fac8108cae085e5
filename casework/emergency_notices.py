"""Mails about what was opened in an emergency: at once to the privacy officers, the coordinators and the owner; nothing of whom."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.people.models import Appointment, User
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

from .models import BreakGlass, Case
from .notices import mail_each

OPENED = gettext_noop("Somebody opened a file in an emergency. You are asked to look whether that was right.")
TRIED = gettext_noop("Somebody tried to open a file in an emergency, and found nothing. You are asked to look at it.")
LATE = gettext_noop("The review of a file that was opened in an emergency is late.")
SPOKEN = gettext_noop("Something was said of a file that was opened in an emergency.")
JUDGED = gettext_noop("The privacy officer said something of a file that was opened in an emergency.")


@on("emergency.opened")
def opened(event: OutboxEvent) -> None:
    _mail(event, OPENED, [*officers(), *_who_see_to_it(event)])


@on("emergency.tried")
def tried(event: OutboxEvent) -> None:
    """To the privacy officers only: there is no case to see to."""
    _mail(event, TRIED, officers())


@on("emergency.late")
def late(event: OutboxEvent) -> None:
    _mail(event, LATE, [*officers(), *_who_see_to_it(event)])


@on("emergency.spoken")
def spoken(event: OutboxEvent) -> None:
    _mail(event, SPOKEN, officers())


@on("emergency.judged")
def judged(event: OutboxEvent) -> None:
    """To who opened it as well: they are told what came of it."""
    who = User.objects.only("pk", "email").filter(
        pk__in=list(BreakGlass.objects.filter(pk=event.thing_id).values_list("who_id", flat=True)), is_active=True
    )
    _mail(event, JUDGED, [*_who_see_to_it(event)], also=list(who))


def officers() -> list[User]:
    """Whoever supervises, in whatever unit. A job may read no more of people than these columns."""
    roles = [role.code for role in ROLES.values() if Permission.READ_LOG in role.permissions]
    held = Appointment.objects.in_force().filter(role__in=roles).values("user_id")
    return list(User.objects.only("pk", "email", "is_active").filter(pk__in=held, is_active=True))


def _who_see_to_it(event: OutboxEvent) -> list[User]:
    """The coordinators of the wijk and the owner, as far as the case is open to them: to others it is not there."""
    found: dict[object, User] = {}
    for unit_id, case_id in BreakGlass.objects.filter(pk=event.thing_id, case__isnull=False).values_list("unit_id", "case_id"):
        those = User.objects.only("pk", "email", "is_active")
        owners = list(Case.objects.filter(pk=case_id).values_list("owner_id", flat=True))
        people = [*those.holding(Permission.DIVIDE_WORK, unit_id=unit_id), *those.filter(pk__in=owners, is_active=True)]
        found |= {one.pk: one for one in people if Case.objects.filter(pk=case_id).open_to(one).exists()}
    return list(found.values())


def _mail(event: OutboxEvent, line: str, people: list[User], *, also: list[User] | None = None) -> None:
    """One mail to each, never to who opened it themself, but for what is `also` for them."""
    who = set(BreakGlass.objects.filter(pk=event.thing_id).values_list("who_id", flat=True))
    to = {one.pk: one.email for one in people if one.pk not in who} | {one.pk: one.email for one in also or []}
    mail_each(event, to.items(), line, reverse("today"))
