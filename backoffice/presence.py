"""Who may be given work now, and who answers for someone who is away. The one place that says so.

The database says the same in `is_absent` and `stand_in_of` (migration 0031), for what works on many rows at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luisterloket.people.models import Appointment, User
from luisterloket.people.permissions import LEADS
from luisterloket.people.roles import ROLES
from luisterloket.platform.exceptions import Refused

from .models import Absence, Desk, IsAbsent

# Whose work this is at a desk or a team: those to whom the files of the unit open. The database has the same list.
WORKS = tuple(role.code for role in ROLES.values() if role.opens_files)
LEADING = tuple(role.code for role in ROLES.values() if any(one in role.permissions for one in LEADS))


@dataclass(frozen=True)
class Load:
    """How much waits at a desk, counted no further than is told, and how many people are there."""

    waiting: int = 0
    people: int = 0


def assignable(desk: Desk, at: datetime | None = None) -> QuerySet[User]:
    """Those of this desk to whom a request can be given at this moment, by name: who works there and is not away. One query."""
    return present(desk.unit_id, at)


def present(unit_id: UUID, at: datetime | None = None) -> QuerySet[User]:
    """As `assignable`, of any desk or team."""
    return _there(unit_id, at or timezone.now(), WORKS)


def who_answers_for(user: User, desk: Desk, at: datetime | None = None) -> list[User]:
    """Whom something of this person comes to at this moment. See `answering`."""
    return answering(user.pk, desk.unit_id, at)


def answering(user_id: UUID, unit_id: UUID, at: datetime | None = None) -> list[User]:
    """Oneself when present; else the first along the chain of stand-ins who is there. When nobody is left, who leads the unit
    and is there; and when they are away too, whoever is there. Empty only when nobody is.
    """
    at = at or timezone.now()
    one = stand_in_of(user_id, unit_id, at)
    if one is not None:
        return list(_known().filter(pk=one))
    return list(_there(unit_id, at, LEADING)) or list(present(unit_id, at))


def stand_in_of(user_id: UUID, unit_id: UUID, at: datetime | None = None) -> UUID | None:
    """Oneself when present, else who along the chain of stand-ins is; None when the chain ends or goes round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stand_in_of(%s, %s, %s)", [user_id, unit_id, at or timezone.now()])
        found: UUID | None = cursor.fetchone()[0]
    return found


def refuse_when_absent(user: Any, unit_id: UUID, at: datetime | None = None) -> None:
    """Nothing is ever given to who is away. Raises `Refused` in words for who gives it, or takes it."""
    absence = Absence.objects.on(timezone.localdate(at or timezone.now())).filter(unit_id=unit_id, user_id=user.pk).first()
    if absence is not None:
        message = _("%(who)s is noted as absent %(until)s. Choose someone else, or first note who is back.")
        raise Refused(message % {"who": user, "until": until_in_words(absence.until)}, code="absent")


def loads(units: Iterable[UUID], at_most: int, at: datetime | None = None) -> dict[UUID, Load]:
    """What waits and who is there, of several desks at once. Numbers only, so that whoever sends may know that it is busy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit, waiting, people FROM desk_loads(%s::uuid[], %s, %s)",
            [[str(unit) for unit in units], at or timezone.now(), at_most],
        )
        return {unit: Load(waiting, people) for unit, waiting, people in cursor.fetchall()}


def until_in_words(until: date | None) -> str:
    """Until when someone is away, as it stands in a sentence."""
    if until is None:
        return _("until further notice")
    return _("until and including %(day)s") % {"day": date_format(until, "j F")}


def works_on(unit_id: UUID, day: date, roles: Iterable[str] = WORKS) -> QuerySet[User]:
    """Who has an appointment at this unit on this day, away or not, by name."""
    posts = Appointment.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day, role__in=roles, unit_id=unit_id)
    return _known().filter(Exists(posts.filter(user=OuterRef("pk"))), is_active=True, is_machine=False).order_by("name", "pk")


def _known() -> QuerySet[User]:
    """What a background job may read of people, too."""
    return User.objects.only("pk", "email", "name", "is_active", "is_machine")


def _there(unit_id: UUID, at: datetime, roles: Iterable[str]) -> QuerySet[User]:
    return works_on(unit_id, timezone.localdate(at), roles).exclude(IsAbsent("pk", Value(unit_id), Value(at)))
