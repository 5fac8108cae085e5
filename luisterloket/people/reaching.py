"""How the people of the house are reached, as the platform asks it when something happened. Read by jobs: ids and addresses."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from luisterloket.platform.notifications import Address, Kind, Mail, reach

from .models import NotificationSettings, User


def plan(ids: Collection[UUID], kind: Kind, now: datetime) -> Mapping[UUID, Mail | None]:
    """When each of these is mailed of this kind; who has no open account is not in it."""
    return {pk: chosen.mail(kind, now) for pk, chosen in _chosen(_open(ids)).items()}


def addresses(ids: Collection[UUID], now: datetime) -> Mapping[UUID, Address]:
    emails = _open(ids)
    return {pk: Address(emails[pk], chosen.language, chosen.next_digest(now)) for pk, chosen in _chosen(emails).items()}


def settings_of(user: User) -> NotificationSettings:
    """What this person chose, or what the house set."""
    return NotificationSettings.objects.filter(pk=user.pk).first() or NotificationSettings.by_default(user)


def _open(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(User.objects.filter(pk__in=ids, is_active=True, is_machine=False).values_list("pk", "email"))


def _chosen(ids: Collection[UUID]) -> dict[UUID, NotificationSettings]:
    kept = NotificationSettings.objects.in_bulk(list(ids))
    return {pk: kept.get(pk) or NotificationSettings.by_default() for pk in ids}


reach.offer(plan=plan, addresses=addresses)
