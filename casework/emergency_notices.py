"""Who hears of what was opened in an emergency: the privacy officers, the coordinators and the owner; nothing of whom."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.models import Appointment, User
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, group, kind, notify
from luisterloket.platform.outbox import on

from .models import BreakGlass, Case

EMERGENCIES = group(
    "emergencies",
    gettext_lazy("Files opened in an emergency"),
    concerns=lambda user: user.has(Permission.READ_LOG) or user.has(Permission.LISTEN) or user.has(Permission.BREAK_GLASS),
    duty=True,
)
OPENED = kind(
    "emergency.opened",
    EMERGENCIES,
    gettext_noop("Somebody opened a file in an emergency. You are asked to look whether that was right."),
)
TRIED = kind(
    "emergency.tried",
    EMERGENCIES,
    gettext_noop("Somebody tried to open a file in an emergency, and found nothing. You are asked to look at it."),
)
LATE = kind("emergency.late", EMERGENCIES, gettext_noop("The review of a file that was opened in an emergency is late."))
SPOKEN = kind("emergency.spoken", EMERGENCIES, gettext_noop("Something was said of a file that was opened in an emergency."))
JUDGED = kind(
    "emergency.judged", EMERGENCIES, gettext_noop("The privacy officer said something of a file that was opened in an emergency.")
)


@on("emergency.opened")
def opened(event: OutboxEvent) -> None:
    _tell(event, OPENED, [*officers(), *_who_see_to_it(event)])


@on("emergency.tried")
def tried(event: OutboxEvent) -> None:
    """To the privacy officers only: there is no case to see to."""
    _tell(event, TRIED, officers())


@on("emergency.late")
def late(event: OutboxEvent) -> None:
    _tell(event, LATE, [*officers(), *_who_see_to_it(event)])


@on("emergency.spoken")
def spoken(event: OutboxEvent) -> None:
    _tell(event, SPOKEN, officers())


@on("emergency.judged")
def judged(event: OutboxEvent) -> None:
    """To who opened it as well: they are told what came of it."""
    who = BreakGlass.objects.filter(pk=event.thing_id).values_list("who_id", flat=True)
    _tell(event, JUDGED, [*_who_see_to_it(event)], also=list(who))


def officers() -> list[User]:
    """Whoever supervises, in whatever unit. A job may read no more of people than this."""
    roles = [role.code for role in ROLES.values() if Permission.READ_LOG in role.permissions]
    held = Appointment.objects.in_force().filter(role__in=roles).values("user_id")
    return list(User.objects.only("pk", "is_active").filter(pk__in=held, is_active=True))


def _who_see_to_it(event: OutboxEvent) -> list[User]:
    """The coordinators of the wijk and the owner, as far as the case is open to them: to others it is not there."""
    found: dict[object, User] = {}
    for unit_id, case_id in BreakGlass.objects.filter(pk=event.thing_id, case__isnull=False).values_list("unit_id", "case_id"):
        those = User.objects.only("pk", "is_active")
        owners = list(Case.objects.filter(pk=case_id).values_list("owner_id", flat=True))
        people = [*those.holding(Permission.DIVIDE_WORK, unit_id=unit_id), *those.filter(pk__in=owners, is_active=True)]
        found |= {one.pk: one for one in people if Case.objects.filter(pk=case_id).open_to(one).exists()}
    return list(found.values())


def _tell(event: OutboxEvent, of: Kind, people: list[User], *, also: Iterable[UUID] = ()) -> None:
    """Never to who opened it themself, but for what is `also` for them."""
    who = set(BreakGlass.objects.filter(pk=event.thing_id).values_list("who_id", flat=True))
    notify(event, [*(one.pk for one in people if one.pk not in who), *also], of, reverse("today"))
