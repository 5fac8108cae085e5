"""Who hears of requests of residents about their data: that something waits or is late, and nothing of whom or of what."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, group, kind, notify
from luisterloket.platform.outbox import on

from .models import Case, RightsCopy, RightsCorrection, RightsRequest
from .rights_permissions import handlers_of, supervisors

RIGHTS = group(
    "rights",
    gettext_lazy("Rights of residents about their data"),
    concerns=lambda user: any(user.has(one) for one in (Permission.HANDLE_RIGHTS, Permission.READ_LOG, Permission.LISTEN)),
)
CAME_IN = kind("rights.recorded", RIGHTS, gettext_noop("A resident asks something about their data. The law sets a term for it."))
NEAR = kind("rights.near", RIGHTS, gettext_noop("The legal term of a request of a resident about their data comes near."))
LATE = kind("rights.late", RIGHTS, gettext_noop("The legal term of a request of a resident about their data has passed."))
TO_READ = kind("rights.copy_to_read", RIGHTS, gettext_noop("A colleague asks you to read a copy before it is given."))
WAS_READ = kind("rights.copy_read", RIGHTS, gettext_noop("The copy that you asked to have read was read."))
PUT_RIGHT = kind("rights.to_put_right", RIGHTS, gettext_noop("A resident asks to have something put right in a case of yours."))


@on("rights.recorded")
def came_in(event: OutboxEvent) -> None:
    for unit_id, _handler in _request(event):
        _tell(event, _handlers(unit_id), CAME_IN)


@on("rights.near")
def comes_near(event: OutboxEvent) -> None:
    """To who has it in hand; as long as that is nobody, to all who could."""
    for unit_id, handler in _request(event):
        _tell(event, _handler_or_all(unit_id, handler), NEAR)


@on("rights.late")
def is_late(event: OutboxEvent) -> None:
    """The same, and the privacy officer."""
    for unit_id, handler in _request(event):
        people = {user.pk: user for user in [*_handler_or_all(unit_id, handler), *supervisors().only("pk")]}
        _tell(event, people.values(), LATE)


@on("rights.copy_asked")
def copy_to_read(event: OutboxEvent) -> None:
    found = list(RightsCopy.objects.filter(pk=event.thing_id, read_at=None).order_by().values_list("reader_id", "request_id"))
    for reader, request in found:
        _tell(event, _active([reader]), TO_READ, reverse("casework:rights-copy", args=[request]))


@on("rights.copy_read")
def copy_was_read(event: OutboxEvent) -> None:
    """To who has the request in hand."""
    requests = RightsCopy.objects.filter(pk=event.thing_id).order_by().values_list("request_id", flat=True)
    for handler in RightsRequest.objects.filter(pk__in=list(requests)).order_by().values_list("handler_id", flat=True):
        _tell(event, _active([handler]), WAS_READ)


@on("rights.correction_asked")
def to_put_right(event: OutboxEvent) -> None:
    """To the owner of the case that it is in."""
    cases = list(RightsCorrection.objects.filter(pk=event.thing_id).order_by().values_list("case_id", flat=True))
    for pk, owner in Case.objects.filter(pk__in=cases).values_list("pk", "owner_id"):
        _tell(event, _active([owner]), PUT_RIGHT, reverse("casework:case-rights", args=[pk]))


def _request(event: OutboxEvent) -> list[tuple[Any, Any]]:
    """Only named columns: a job may read no other."""
    return list(RightsRequest.objects.filter(pk=event.thing_id).order_by().values_list("unit_id", "handler_id"))


def _handlers(unit_id: Any) -> list[User]:
    return list(handlers_of(Unit.objects.get(pk=unit_id)).only("pk"))


def _handler_or_all(unit_id: Any, handler: Any) -> list[User]:
    return _active([handler]) or _handlers(unit_id)


def _active(ids: Iterable[Any]) -> list[User]:
    return list(User.objects.filter(pk__in=[one for one in ids if one], is_active=True).only("pk"))


def _tell(event: OutboxEvent, people: Iterable[User], of: Kind, path: str = "") -> None:
    notify(event, [user.pk for user in people], of, path or reverse("casework:rights"))
