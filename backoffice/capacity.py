"""Whether a desk is busy, in words for who sends: never how much waits there, and never a reason to keep something out."""

from collections.abc import Iterable
from math import ceil
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Desk
from .presence import Load, loads

# Further than this is not told, and not counted.
MOST_WEEKS = 12


def room(desk: Desk, load: Load) -> int | None:
    """How many open requests the desk takes with the people who are there; None when it does not say."""
    limits = []
    if desk.person_capacity is not None:
        limits.append(desk.person_capacity * load.people)
    if desk.week_capacity is not None:
        limits.append(desk.week_capacity)
    return min(limits) if limits else None


def busy_in_words(desk: Desk, load: Load) -> str:
    """Empty when it is not busy."""
    if load.people == 0:
        return _("Nobody of this desk is there today.")
    most = room(desk, load)
    if most is None or load.waiting <= most:
        return ""
    if not desk.week_capacity:
        return _("Busy: expect an answer at the end of the term, or later.")
    weeks = ceil(load.waiting / desk.week_capacity)
    if weeks > MOST_WEEKS:
        return _("Busy: expect more than %(n)d weeks.") % {"n": MOST_WEEKS}
    return ngettext("Busy: expect about %(n)d week.", "Busy: expect about %(n)d weeks.", weeks) % {"n": weeks}


def loads_of(desks: Iterable[Desk]) -> dict[UUID, Load]:
    """What waits at these desks, by unit, as far as it matters. One query."""
    found = list(desks)
    most = max((MOST_WEEKS * (desk.week_capacity or 0) for desk in found), default=0)
    each = max((desk.person_capacity or 0 for desk in found), default=0)
    return loads([desk.unit_id for desk in found], max(most, each * 100) + 1)


def busy(desks: Iterable[Desk]) -> dict[UUID, str]:
    """By unit, for those that are."""
    found = list(desks)
    counted = loads_of(found)
    words = {desk.unit_id: busy_in_words(desk, counted.get(desk.unit_id, Load())) for desk in found}
    return {unit: text for unit, text in words.items() if text}
