"""Who has to say yes for a resident: themself, who decides for them, or both. A lawyer should be asked about these [law?]."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import ConsentStep, ParentalTie, Representative, Resident

SELF, OTHER = "self", "other"
GIVES = {
    ConsentStep.GivenBy.SELF: frozenset({SELF}),
    ConsentStep.GivenBy.OTHER: frozenset({OTHER}),
    ConsentStep.GivenBy.BOTH: frozenset({SELF, OTHER}),
}


@dataclass(frozen=True)
class AgeRule:
    """From this age on who must say yes, and under what law."""

    from_age: int
    asks: frozenset[str]
    law: str
    checked_on: date


# The oldest first: the first that fits holds.
AGE_RULES = (
    AgeRule(16, frozenset({SELF}), "UAVG art. 5 lid 1", date(2026, 11, 26)),
    AgeRule(12, frozenset({SELF, OTHER}), "UAVG art. 5 lid 1; BW art. 7:450 lid 2; Jeugdwet art. 7.3.4", date(2026, 11, 26)),
    AgeRule(0, frozenset({OTHER}), "UAVG art. 5 lid 1", date(2026, 11, 26)),
)
# What a judge gave someone to decide on (UAVG art. 5 lid 2): the categories, or everything.
DECIDES_ON: dict[str, frozenset[str] | None] = {
    Representative.Kind.CURATOR: None,
    Representative.Kind.MENTOR: frozenset({"health", "mental_health", "addiction"}),
    Representative.Kind.BEWINDVOERDER: frozenset({"finances"}),
}


def must_say_yes(resident: Resident, category: str) -> frozenset[str]:
    """Of whom the yes is needed for this category. Where the age is not known exactly, the strictest that can be."""
    if any(_decides_on(one, category) for one in representatives_of(resident)):
        return frozenset({OTHER})
    return frozenset().union(*(_rule(age).asks for age in ages_of(resident.born)))


def representatives_of(resident: Resident) -> list[Representative]:
    """Who decides or speaks for someone today."""
    return list(Representative.objects.filter(resident=resident).of_today().order_by("kind", "pk"))


def ties_of(resident: Resident) -> list[ParentalTie]:
    """The parents and guardians with authority over this child today."""
    return list(ParentalTie.objects.filter(child__resident=resident, has_authority=True).of_today().order_by("kind", "pk"))


def ages_of(born: str, today: date | None = None) -> list[int]:
    """How old someone can be: one age when the day is known, two when only the year is; of whom nothing is known a grown-up."""
    today = today or timezone.localdate()
    try:
        day = date.fromisoformat(born)
        return [max(0, today.year - day.year - ((today.month, today.day) < (day.month, day.day)))]
    except ValueError:
        pass
    if not born[:4].isdigit():
        return [AGE_RULES[0].from_age]
    most = max(0, today.year - int(born[:4]))
    return sorted({max(0, most - 1), most})


def in_words(must: frozenset[str]) -> Any:
    """What the page says above the buttons; nothing when the resident decides alone."""
    if must == {SELF, OTHER}:
        return _("Between 12 and 16 years both decide: the child, and a parent or guardian with authority.")
    return _("Someone else decides about this: who was appointed, or a parent or guardian with authority.") if OTHER in must else ""


def _rule(age: int) -> AgeRule:
    return next(rule for rule in AGE_RULES if age >= rule.from_age)


def _decides_on(one: Representative, category: str) -> bool:
    if one.kind not in DECIDES_ON:
        return False
    categories = DECIDES_ON[one.kind]
    return categories is None or category in categories
