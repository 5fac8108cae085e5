"""What the page of a desk shows: what it is for, who works there, how busy it is, and what it asks."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from casework.domains import LifeDomain
from luisterloket.people.models import Appointment, User
from luisterloket.people.permissions import may
from luisterloket.people.roles import ROLES

from . import terms
from .absence_page import AbsenceLine, lines_of
from .capacity import busy_in_words, loads_of, room
from .desk_permissions import check_may_keep_desk, check_may_see_absences
from .models import Desk, DeskQuestion
from .presence import LEADING, WORKS, Load
from .sending import in_words


@dataclass(frozen=True)
class Member:
    """Someone who works at the desk: as what, and whether they lead it."""

    user: User
    role: Any
    leads: bool
    # Only for the people of the desk itself.
    away: AbsenceLine | None = None


@dataclass(frozen=True)
class DeskPage:
    desk: Desk
    domains: list[Any]
    terms: list[str]
    hours: str
    members: list[Member]
    busy: str
    questions: list[DeskQuestion]
    may_keep: bool
    is_of_it: bool
    load: Load = field(default_factory=Load)
    room: int | None = None

    @property
    def leads(self) -> list[Member]:
        return [one for one in self.members if one.leads]


def desk_page(desk: Desk, user: User) -> DeskPage:
    """The page of a desk, for who sends or answers. Who is away is told to its own people only."""
    is_of_it = may(check_may_see_absences, user, desk.unit_id)
    away = {line.absence.user_id: line for line in lines_of(desk.unit_id, now_only=True)} if is_of_it else {}
    load = loads_of([desk]).get(desk.unit_id, Load())
    return DeskPage(
        desk,
        domains=[LifeDomain(code) for code in LifeDomain.values if code in desk.domains],
        terms=in_words(desk, terms.of_desks([desk], timezone.localdate())),
        hours=hours_in_words(desk),
        members=_members(desk, away),
        busy=busy_in_words(desk, load),
        questions=list(desk.questions.asked_now().select_related("category")),
        may_keep=may(check_may_keep_desk, user, desk),
        is_of_it=is_of_it,
        load=load,
        room=room(desk, load),
    )


def hours_in_words(desk: Desk) -> str:
    """When it is open: days with the same hours that follow each other are said together."""
    told = []
    for hours, found in groupby(enumerate(desk.week), key=lambda day: day[1]):
        days = [str(WEEKDAYS[number]) for number, _hours in found]
        if hours:
            said = days[0] if len(days) == 1 else _("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}
            told.append(_("%(days)s from %(opens)s to %(closes)s") % {"days": said, "opens": hours[0], "closes": hours[1]})
    return "; ".join(told)


def _members(desk: Desk, away: dict[Any, AbsenceLine]) -> list[Member]:
    """Who works there today by appointment, who leads first."""
    posts = Appointment.objects.in_force().filter(unit=desk.unit_id, role__in=WORKS, user__is_active=True).select_related("user")
    found: dict[Any, Member] = {}
    for post in sorted(posts, key=lambda post: (post.role not in LEADING, post.user.name)):
        found.setdefault(post.user_id, Member(post.user, ROLES[post.role].name, post.role in LEADING, away.get(post.user_id)))
    return list(found.values())
