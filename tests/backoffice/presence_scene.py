"""A desk with enough people to stand in for each other, made through the actions."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from backoffice import actions
from backoffice.models import Absence
from luisterloket.people import actions as people
from luisterloket.people.models import User
from tests import writes
from tests.city import TestCity


def day(number: int = 0) -> date:
    return timezone.localdate() + timedelta(days=number)


def colleague(city: TestCity, name: str, unit: str = "wonen", role: str = "specialist") -> User:
    with writes.allowed():
        user = User.objects.create_user(f"{name}@oefenstad.example", "x" * 20, name=name.title())
    people.appoint(actor=city.olga, user=user, unit=city.unit(unit), role=role, since=date(2026, 1, 1))
    return User.objects.get(pk=user.pk)


def away(
    city: TestCity,
    user: User,
    stand_in: User | None = None,
    *,
    since: int = 0,
    until: int | None = 7,
    unit: str = "wonen",
    by: Any = None,
) -> Absence:
    last = None if until is None else day(until)
    return actions.note_absence(actor=by or user, unit=city.unit(unit), user=user, since=day(since), until=last, stand_in=stand_in)
