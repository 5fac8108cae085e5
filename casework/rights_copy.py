"""A copy of everything that is kept of one person (AVG article 15): from every source, every case and every floor.

What is about someone else, or must not be read by this person, is kept back, with the reason; the handler can decide otherwise
of each thing, and a second person reads the whole before it is given.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, disclose
from luisterloket.convenant.models import DataCategory
from luisterloket.people.models import User
from luisterloket.platform.encryption import lookup_hash
from luisterloket.platform.registries import CopySection, copies
from luisterloket.platform.templatetags.ui import days_in_full

from .disclosures import scope_of
from .groups import kept_of
from .groups_under_right import cases_of, rows_of
from .models import Case, CaseMember, CopyChoice, RightsRequest
from .rights_disclosures import GROUND
from .rights_permissions import PURPOSE
from .rights_values import plain
from .signs import SAFETY
from .withholding import Kept as Withheld
from .withholding import kept_from, kept_in


class Why(StrEnum):
    """Why something is kept back (UAVG article 41; the rights of others, AVG article 15(4))."""

    OTHER = "other_person"
    TELLS = "tells_of_another"
    WITHHELD = "withheld"
    SAFETY = "safety"
    CHOSEN = "chosen"


WHY = {
    Why.OTHER: _("It is about someone else"),
    Why.TELLS: _("It tells of someone else too"),
    Why.WITHHELD: _("It was kept from this person"),
    Why.SAFETY: _("It is of the meldcode, or a sign that someone is not safe"),
    Why.CHOSEN: _("The handler decided so"),
}
# What else is known of an item, as it is called in the readable copy; the file has everything.
DETAILS = {
    "quote": _("In their own words"),
    "since": _("Since when"),
    "who_helps": _("Who helps"),
    "urgency_label": _("How urgent"),
    "tried": _("What was tried"),
    "wanted": _("What they would like"),
    "can_do": _("What this person can do"),
    "done": _("What was done"),
    "why": _("Why"),
    "reason": _("Why"),
    "answer": _("The answer"),
    "body": _("What it says"),
    "people": _("With whom"),
    "place": _("Where"),
    "purpose": _("What for"),
    "result": _("What came of it"),
    "talent": _("With which strength"),
    "effect_word": _("What it brought"),
    "without_because": _("Why nobody who decides was asked"),
    "moved_because": _("Why it was moved"),
    "alone_because": _("Why alone"),
    "found": _("What was found"),
    "with_whom": _("With whom"),
    "file_name": _("File"),
}


@dataclass(frozen=True)
class CopyItem:
    """One thing in the copy, or kept back from it."""

    item: Item
    case_id: UUID
    category: str
    # Empty when it is given.
    why: str = ""
    # What the rule says when nobody decides otherwise.
    rule: str = ""

    @property
    def reason(self) -> Any:
        return WHY[Why(self.why)] if self.why else ""

    @property
    def more(self) -> list[tuple[Any, str]]:
        """What else is known of it, for the readable copy."""
        texts = ((label, plain(self.item.details.get(name))) for name, label in DETAILS.items())
        return [(label, text) for label, text in texts if text and text not in self.item.text]


@dataclass(frozen=True)
class Copy:
    """Everything of one person, as it is now."""

    request: RightsRequest
    name: str
    made_at: datetime
    cases: list[Case]
    given: list[CopyItem]
    kept: list[CopyItem]
    sections: list[CopySection]
    # Tells whether it is the same copy, and nothing of its content.
    fingerprint: str

    @property
    def categories(self) -> list[tuple[str, list[CopyItem]]]:
        grouped: dict[str, list[CopyItem]] = {}
        for one in self.given:
            grouped.setdefault(one.category, []).append(one)
        return list(grouped.items())

    @property
    def counts(self) -> dict[str, int]:
        """How many things of each category of data are in it, and of each part of the floors."""
        found: dict[str, int] = {}
        for one in self.given:
            found[one.item.category] = found.get(one.item.category, 0) + 1
        return found | {section.code: len(section.lines) for section in self.sections if section.lines}

    @property
    def kept_counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in self.kept:
            found[one.why] = found.get(one.why, 0) + 1
        return found

    @property
    def kept_reasons(self) -> list[tuple[Any, int]]:
        return [(WHY[Why(why)], count) for why, count in self.kept_counts.items()]

    @property
    def kept_in_words(self) -> str:
        """What the resident reads of it: how much, and the same reason for all. Which reason it was could tell whoever reads along
        at home that there is a meldcode (UAVG article 41(1)(d) and (i)).
        """
        return gettext(
            "Not in it, to protect you or someone else (AVG article 15(4), UAVG article 41): %(count)s. You may ask the Dutch Data"
            " Protection Authority whether that is right."
        ) % {"count": len(self.kept)}

    @property
    def documents(self) -> list[UUID]:
        """The documents of which the file goes along."""
        return [one.item.ref for one in self.given if one.item.kind == "document"]

    def find(self, key: str) -> CopyItem | None:
        return next((one for one in [*self.given, *self.kept] if one.item.key == key), None)


def copy_of(request: RightsRequest, user: User, *, what: str) -> Copy:
    """Everything of the person who asks, for who has the request in hand or was asked to read the copy. Each case is one look.

    Raises `NotAllowed` for anyone else.
    """
    # In the language of the municipality and with whole dates, so that it says the same to whoever reads it, on whatever day.
    with translation.override(settings.LANGUAGE_CODE), days_in_full():
        return _copy(request, user, what)


def _copy(request: RightsRequest, user: User, what: str) -> Copy:
    rows = rows_of(request)
    cases = cases_of(rows)
    choices = {one.key: one.give for one in CopyChoice.objects.filter(request=request)}
    names = dict(DataCategory.objects.values_list("code", "name"))
    given: list[CopyItem] = []
    kept: list[CopyItem] = []
    name = ""
    for case in cases or [request.case]:
        scope = scope_of(case)
        ground = Ground(GROUND, request.pk)
        disclosed = disclose(scope, to=user, purpose=PURPOSE, ground=ground, what=what)
        name = name or next((disclosed.text("name", row) for row in rows if disclosed.text("name", row)), "")
        for one in _of_case(case, disclosed, rows, kept_in(case.pk, scope.subjects), names):
            chosen = _as_chosen(one, choices)
            (kept if chosen.why else given).append(chosen)
    ids = [case.pk for case in cases]
    sections = [_without(kept, section) for offer in copies for section in offer(user, ids, rows)]
    given = _in_order(given, names)
    return Copy(request, name, timezone.now(), cases, given, kept, sections, _fingerprint(given, sections))


def _without(kept: Iterable[CopyItem], section: CopySection) -> CopySection:
    """What is kept back is in no other part either, such as what went along to a desk in the same words."""
    words = {text for one in kept for text in (one.item.text, one.item.told) if text.strip()}
    return replace(section, lines=[line for line in section.lines if line.text not in words])


def _fingerprint(given: Iterable[CopyItem], sections: Iterable[CopySection]) -> str:
    """What grows by looking at it does not count."""
    items = [[one.item.key, one.item.told, *(f"{label}: {text}" for label, text in one.more)] for one in given]
    parts = [
        [section.code, *([line.key, line.text, *map(plain, line.details.values())] for line in section.lines)]
        for section in sections
        if not section.grows
    ]
    return lookup_hash(json.dumps([items, parts]), "rights copy")


def _of_case(
    case: Case, disclosed: Disclosure, rows: list[UUID], withheld: Withheld, names: Mapping[str, str]
) -> Iterator[CopyItem]:
    person = set(kept_of(rows).values())
    others = CaseMember.objects.filter(case=case).exclude(resident__in=rows).values_list("pk", flat=True)
    of_others = {f"member:{pk}" for pk in others}
    for item in disclosed:
        why = ""
        if item.subject_id not in rows:
            why = Why.OTHER
        elif kept_from(item, withheld) & person:
            why = Why.WITHHELD
        elif item.category == SAFETY:
            why = Why.SAFETY
        elif item.tells & of_others:
            why = Why.TELLS
        yield CopyItem(item, case.pk, names.get(item.category, item.category), why, why)


def _as_chosen(one: CopyItem, choices: Mapping[str, bool]) -> CopyItem:
    """With what the handler decided of it."""
    give = choices.get(one.item.key)
    if give is None:
        return one
    return CopyItem(one.item, one.case_id, one.category, "" if give else (one.rule or Why.CHOSEN), one.rule)


def _in_order(items: Iterable[CopyItem], names: Mapping[str, str]) -> list[CopyItem]:
    """By category as the convenant orders them; within it as the sources gave them. The name of each row once."""
    place = {code: number for number, code in enumerate(names)}
    once = {(one.item.key, one.case_id): one for one in items}
    return sorted(once.values(), key=lambda one: place.get(one.item.category, len(place)))
