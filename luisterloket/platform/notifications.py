"""The one way to let someone know that something happened: in the application at once, and by mail as they chose.

A handler of an event says whom it concerns and what kind it is. What the person reads is the sentence of the kind, so that neither
a page nor a mail tells of whom, of what, or which desk it is about (decision 41).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy, gettext_noop, ngettext

from .models import Notification, OutboxEvent

# More unread ones than this are counted as "more than".
MOST_COUNTED = 99
OTHERWISE = gettext_noop("Something is waiting for you in Luisterloket")


class How(models.TextChoices):
    """How someone hears of a kind, besides in the application, where it always is."""

    APP = "app", gettext_lazy("Only in Luisterloket")
    MAIL = "mail", gettext_lazy("By mail, at once")
    DIGEST = "digest", gettext_lazy("In one mail a day")


@dataclass(frozen=True)
class Group:
    """Kinds for which one chooses together. `duty` asks that they are mailed, whatever one chose."""

    code: str
    name: Any
    # Whom it can concern: others need not choose.
    concerns: Callable[[Any], bool]
    duty: bool = False


@dataclass(frozen=True)
class Kind:
    """What happened, as one sentence without a person, a desk or a subject. What is `urgent` may break quiet hours."""

    code: str
    group: Group
    text: str
    urgent: bool = False

    @property
    def at_any_hour(self) -> bool:
        """What duty asks and cannot wait goes out at night as well: a legal term runs in hours."""
        return self.urgent and self.group.duty


@dataclass(frozen=True)
class Mail:
    """When something is to be mailed, alone or in a digest."""

    at: datetime
    in_digest: bool = False


@dataclass(frozen=True)
class Address:
    """Where and in which language someone is mailed, and when their next digest is."""

    email: str
    language: str
    next_digest: datetime


Plan = Callable[[Collection[UUID], Kind, datetime], Mapping[UUID, Mail | None]]
Addresses = Callable[[Collection[UUID], datetime], Mapping[UUID, Address]]


class _Reach:
    """How people are reached; the floor that knows people gives this. Who is not in the answer has no open account."""

    plan: Plan
    addresses: Addresses

    def offer(self, *, plan: Plan, addresses: Addresses) -> None:
        self.plan, self.addresses = plan, addresses


reach = _Reach()
groups: dict[str, Group] = {}
kinds: dict[str, Kind] = {}


def group(code: str, name: Any, *, concerns: Callable[[Any], bool], duty: bool = False) -> Group:
    """Register a group of kinds."""
    groups[code] = Group(code, name, concerns, duty)
    return groups[code]


def kind(code: str, of: Group, text: str, *, urgent: bool = False) -> Kind:
    """Register a kind; `text` is a sentence marked with `gettext_noop`."""
    kinds[code] = Kind(code, of, text, urgent)
    return kinds[code]


def notify(event: OutboxEvent, to: Iterable[UUID], of: Kind, path: str = "") -> None:
    """Let these people know of this event, each once. Called by the handlers of events, as the jobs."""
    people = list(dict.fromkeys(to))
    if not people:
        return
    plans = reach.plan(people, of, timezone.now())
    told = []
    for pk in people:
        if pk in plans:
            mail = plans[pk]
            told.append(
                Notification(
                    event_id=event.pk,
                    recipient_id=pk,
                    kind=of.code,
                    path=path,
                    at=event.at,
                    mail_at=mail.at if mail else None,
                    in_digest=bool(mail and mail.in_digest),
                )
            )
    Notification.objects.bulk_create(told, ignore_conflicts=True)


def text_of(code: str) -> str:
    """The sentence of a kind, to be translated; a general one for a kind that is not there any more."""
    return kinds[code].text if code in kinds else OTHERWISE


def unread_along() -> ArraySubquery:
    """What an account has not read, to be loaded with it: as many as are counted, so that it costs the same for anyone."""
    unread = Notification.objects.unread().filter(recipient_id=OuterRef("pk"))
    return ArraySubquery(unread.order_by().values("pk")[: MOST_COUNTED + 1])


def unread_count(user: Any) -> int:
    """How many someone has not read, up to one more than `MOST_COUNTED`; of who was loaded with them it asks nothing."""
    loaded = getattr(user, "loaded_unread", None)
    if loaded is not None:
        return len(loaded)
    return Notification.objects.unread().filter(recipient_id=user.pk)[: MOST_COUNTED + 1].count()


def counted(user: Any) -> dict[str, Any]:
    """How many are new, as a number beside the bell and in words, and what tells whether that changed."""
    many = unread_count(user)
    words = ngettext("%(n)d new message", "%(n)d new messages", many) % {"n": many} if many else gettext("No new messages")
    return {
        "number": many,
        "shown": f"{MOST_COUNTED}+" if many > MOST_COUNTED else str(many),
        "words": words,
        "tag": f'"{many}.{translation.get_language()}"',
    }
