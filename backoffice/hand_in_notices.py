"""Mails about what was handed in and about pauses of collection: that something waits, and nothing of whom or of what.

The sender gets the same mail at the same moment, whether the loket knew the resident or not.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from casework.models import Case
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.mails import mail_each
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

from .models import CollectionPause, HandIn, Reception

CAME_IN = gettext_noop("Someone was handed in at your loket. You owe an answer by a day.")
NEWS = gettext_noop("There is news about someone you handed in.")
LATE = gettext_noop("Someone was handed in at your loket, and the sender still waits.")
PAUSE_ENDS = gettext_noop("A pause of collection ends soon.")


@on("hand_in.sent")
def came_in(event: OutboxEvent) -> None:
    """To who divides the work in the wijk; where nobody does, to whoever works there."""
    for unit_id, _sender in _hand_in(event):
        mail_each(event, _see_to_it(unit_id), CAME_IN, reverse("backoffice:received", args=[event.thing_id]))


@on("hand_in.accepted")
@on("hand_in.sent_back")
@on("hand_in.concluded")
def news(event: OutboxEvent) -> None:
    """To who handed it in, as long as they may."""
    for desk_unit_id, sender in HandIn.objects.filter(pk=event.thing_id).order_by().values_list("desk_unit_id", "sent_by_id"):
        people = User.objects.holding(Permission.HAND_IN, unit_id=desk_unit_id).filter(pk=sender)
        mail_each(event, _addresses(people), NEWS, reverse("backoffice:hand-in", args=[event.thing_id]))


@on("hand_in.late")
def late(event: OutboxEvent) -> None:
    """To whose turn it is, and to who sees to it in the wijk."""
    for unit_id, owner in Reception.objects.filter(hand_in=event.thing_id).order_by().values_list("unit_id", "owner_id"):
        mine = User.objects.holding(Permission.LISTEN, unit_id=unit_id).filter(pk=owner)
        people = dict([*_addresses(mine), *_see_to_it(unit_id)])
        mail_each(event, people.items(), LATE, reverse("backoffice:received", args=[event.thing_id]))


@on("pause.ends")
def pause_ends(event: OutboxEvent) -> None:
    """To the owner of the case."""
    cases = list(CollectionPause.objects.filter(request=event.thing_id).order_by().values_list("case_id", flat=True))
    owners = list(Case.objects.filter(pk__in=cases).values_list("owner_id", flat=True))
    people = User.objects.filter(pk__in=owners, is_active=True)
    mail_each(event, _addresses(people), PAUSE_ENDS, reverse("backoffice:request", args=[event.thing_id]))


def _hand_in(event: OutboxEvent) -> list[tuple[Any, Any]]:
    """Only named columns: a job may read no other."""
    return list(HandIn.objects.filter(pk=event.thing_id).order_by().values_list("unit_id", "sent_by_id"))


def _see_to_it(unit_id: Any) -> list[tuple[Any, str]]:
    divides = _addresses(User.objects.holding(Permission.DIVIDE_WORK, unit_id=unit_id))
    return divides or _addresses(User.objects.holding(Permission.LISTEN, unit_id=unit_id))


def _addresses(people: Any) -> list[tuple[Any, str]]:
    return list(people.values_list("pk", "email"))
