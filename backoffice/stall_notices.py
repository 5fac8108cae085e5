"""Who hears that something stands still, one step further each time. In the mail itself nothing of whom or of what."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.models import Appointment, Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, group, kind, notify
from luisterloket.platform.outbox import on

from .models import Stall
from .stall_kinds import Owner

STALLS = group(
    "stalls",
    gettext_lazy("What stands still with those you lead"),
    concerns=lambda user: any(
        user.has(one)
        for one in (Permission.DIVIDE_DESK, Permission.DIVIDE_WORK, Permission.ANSWER, Permission.ROUTE, Permission.APPROVE_LINE)
    ),
)
RAISED = kind("stall.raised", STALLS, gettext_noop("A request still stands still. You lead those whose turn it is."))
IN_MY_WIJK = kind(
    "stall.in_my_wijk",
    STALLS,
    gettext_noop("A request in your wijk has stood still for a long time. You can ask who leads it to act."),
)
WOKE = kind("stall.woke", STALLS, gettext_noop("A request that was put off waits for you again."))
ASKED = kind("stall.asked", STALLS, gettext_noop("The wijkwethouder asks you something about a request that stands still."))
# What a job may read of a stall is all of it: ids, moments and codes.


@on("request.stall_raised_lead")
def to_the_lead(event: OutboxEvent) -> None:
    for stall in _open(event):
        _tell(event, leads_of_desk(stall), RAISED)


@on("request.stall_raised_coordinator")
def to_the_coordinator(event: OutboxEvent) -> None:
    for stall in _open(event):
        _tell(event, leads_of_team(stall), RAISED)


@on("request.stall_raised_wethouder")
def to_the_wethouder(event: OutboxEvent) -> None:
    for stall in _open(event):
        wijk = Unit.objects.filter(pk=stall.unit_id).values("wijk_id")
        there = Appointment.objects.in_force().filter(unit__wijk__in=wijk, role="wijkwethouder").values("user_id")
        _tell(event, User.objects.filter(pk__in=there, is_active=True), IN_MY_WIJK)


@on("request.stall_woke")
def woke(event: OutboxEvent) -> None:
    """To whose turn it is, and who put it off."""
    for stall in _open(event):
        notify(event, _ids(_owners(stall)), WOKE, reverse("backoffice:request", args=[stall.request_id]))


@on("request.stall_asked")
def asked(event: OutboxEvent) -> None:
    """To who leads the desk and who leads the team."""
    for stall in _open(event):
        _tell(event, leads_of_team(stall) | leads_of_desk(stall), ASKED)


def leads_of_desk(stall: Stall) -> Any:
    """Who leads the desk; or when nobody does, all who answer there."""
    return _holding(stall.desk_unit_id, Permission.DIVIDE_DESK, Permission.ANSWER)


def leads_of_team(stall: Stall) -> Any:
    """Who leads the team; or when nobody does, all who listen there."""
    return _holding(stall.unit_id, Permission.DIVIDE_WORK, Permission.ROUTE)


def _holding(unit_id: UUID, *permissions: Permission) -> Any:
    for permission in permissions:
        found = User.objects.holding(permission, unit_id=unit_id)
        if found.exists():
            return found
    return User.objects.none()


def _owners(stall: Stall) -> Any:
    if stall.owner_id is not None:
        return User.objects.filter(pk=stall.owner_id, is_active=True)
    return leads_of_team(stall) if stall.owner_kind == Owner.COORDINATOR else leads_of_desk(stall)


def _open(event: OutboxEvent) -> list[Stall]:
    """The stall, unless someone was quicker than the mail or put it off."""
    return list(Stall.objects.open().awake().filter(pk=event.thing_id))


def _tell(event: OutboxEvent, people: Any, of: Kind) -> None:
    notify(event, _ids(people), of, reverse("backoffice:stalls"))


def _ids(people: Any) -> Iterable[UUID]:
    return people.values_list("pk", flat=True)
