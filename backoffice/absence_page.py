"""Who of a desk or team is away, who answers for them, and what of theirs lies still."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luisterloket.people.models import Unit, User
from luisterloket.people.permissions import leads, may

from . import desk_permissions as permissions
from .models import Absence, SpecialistRequest, StandInOf
from .presence import until_in_words

Status = SpecialistRequest.Status
# What is in the hands of one person: at a desk what they took up or were given, at a loket what waits for who asked.
AT_DESK = SpecialistRequest.AT_DESK
AT_LOKET = (Status.ANSWERED, Status.ASKED_BACK)


@dataclass(frozen=True)
class AbsenceLine:
    """One absence: whether it lasts now, who answers meanwhile, and how much is in this person's name."""

    absence: Absence
    now: bool
    answers: User | None
    # The stand-in is away too, and it goes on to another.
    goes_on: bool
    in_name: int
    may_change: bool = False

    @property
    def until(self) -> str:
        return until_in_words(self.absence.until)

    @property
    def period(self) -> str:
        since = date_format(self.absence.since, "j F")
        return _("From %(since)s %(until)s.") % {"since": since, "until": self.until}

    @property
    def can_pass_on(self) -> bool:
        """What they took up at the desk can go to who stands in, in one press."""
        at_desk = self.absence.unit.kind == Unit.Kind.DESK
        return at_desk and self.now and self.in_name > 0 and self.answers is not None


@dataclass(frozen=True)
class AbsencePage:
    unit: Unit
    lines: list[AbsenceLine]
    leads: bool
    is_desk: bool


def absence_page(unit: Unit, user: User) -> AbsencePage:
    """Of a desk or team, for the people who work there."""
    lines = [replace(line, may_change=may(permissions.check_may_change_absence, user, line.absence)) for line in lines_of(unit.pk)]
    return AbsencePage(unit, lines, leads=leads(user, unit.pk), is_desk=unit.kind == Unit.Kind.DESK)


def lines_of(unit_id: UUID, *, now_only: bool = False) -> list[AbsenceLine]:
    """Those that last or come, the first to begin on top. Three queries."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = Absence.objects.filter(unit=unit_id)
    found = found.on(today) if now_only else found.not_over(today)
    found = found.select_related("user", "stand_in", "unit").annotate(answers_now=StandInOf(F("user_id"), F("unit_id"), Value(now)))
    absences = list(found)
    people = {one.pk: one for one in User.objects.filter(pk__in={one.answers_now for one in absences} - {None})}
    in_name = in_names({one.user_id for one in absences}, unit_id)
    return [
        AbsenceLine(
            one, one.since <= today, people.get(one.answers_now) if one.since <= today else one.stand_in,
            goes_on=one.since <= today and bool(one.stand_in_id) and one.answers_now not in (None, one.stand_in_id),
            in_name=in_name[one.user_id],
        )
        for one in absences
    ]  # fmt: skip


def in_names(people: set[Any], unit_id: UUID) -> Counter[Any]:
    """How many requests wait in the name of each: a number, and nothing of them."""
    at_desk = SpecialistRequest.objects.filter(desk_unit=unit_id, assigned_to__in=people, status__in=AT_DESK)
    at_loket = SpecialistRequest.objects.filter(unit=unit_id, asked_by__in=people, status__in=AT_LOKET)
    found: Counter[Any] = Counter()
    if people:
        found.update(dict(at_desk.values_list("assigned_to").annotate(number=Count("pk"))))
        found.update(dict(at_loket.values_list("asked_by").annotate(number=Count("pk"))))
    return found
