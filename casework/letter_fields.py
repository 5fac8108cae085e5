"""What a case can fill in in a letter, and of which categories each of these fields tells.

A field is filled with what was disclosed to the writer for these readers. What they may not see stays open, and so does what is not
known.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Item

from .document_categories import names_of
from .domains import CATEGORY_OF
from .letter_filling import Field, Filling, Writer
from .letter_plan import FIELDS_OF_PLAN

FIELD = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
# What still has to be written by hand.
OPEN = re.compile(r"\[[^\[\]\n]{1,80}\]")


@dataclass(frozen=True)
class Filled:
    """A text with its fields filled in, of which categories and things it tells, and which fields stayed open, and why."""

    text: str
    categories: frozenset[str]
    things: frozenset[str]
    unknown: tuple[str, ...] = ()
    not_for_writer: tuple[str, ...] = ()


def _first(kind: str, *, of_main: bool = True) -> Callable[[Filling], tuple[str, list[Item]]]:
    def fill(filling: Filling) -> tuple[str, list[Item]]:
        found = (filling.of(kind) if of_main else filling.disclosed.of(kind))[:1]
        return (found[0].text, found) if found else ("", [])

    return fill


def _all(kind: str, category: str) -> Callable[[Filling], tuple[str, list[Item]]]:
    def fill(filling: Filling) -> tuple[str, list[Item]]:
        found = [item for item in filling.disclosed.of(kind) if item.category == category]
        return "; ".join(item.text for item in found), found

    return fill


def _meeting(tell: Callable[[Item], str]) -> Callable[[Filling], tuple[str, list[Item]]]:
    """Something of the first appointment that is to come."""

    def fill(filling: Filling) -> tuple[str, list[Item]]:
        to_come = [item for item in filling.disclosed.of("meeting") if not item.details["ended"] and not item.details["over"]]
        return (tell(to_come[0]), to_come[:1]) if to_come else ("", [])

    return fill


def _of_writer(tell: Callable[[Writer], str]) -> Callable[[Filling], tuple[str, list[Item]]]:
    return lambda filling: (tell(filling.writer), [])


def _moment(item: Item) -> str:
    return _day_and_time(item.details["starts_at"])


def _place(item: Item) -> str:
    return item.details["place"] or str(item.details["kind_name"])


def _day_and_time(moment: Any) -> str:
    """Written out: a letter is read on another day than that on which it was written."""
    at = timezone.localtime(moment)
    return f"{date_format(at, 'l j F Y')}, {date_format(at, 'H:i')}"


def _today(filling: Filling) -> tuple[str, list[Item]]:
    return date_format(timezone.localdate(), "j F Y"), []


FIELDS: dict[str, Field] = {
    "naam": Field(_("Name of the resident"), "identity", _first("name")),
    "geboren": Field(_("Day of birth"), "identity", _first("born")),
    "adres": Field(_("Address"), "contact", _first("address")),
    "telefoon": Field(_("Telephone number"), "contact", _first("phone")),
    "afspraak": Field(
        _("When the next appointment is"), "contact", _meeting(lambda item: _day_and_time(item.details["starts_at"]))
    ),
    "plaats": Field(_("Where the next appointment is"), "contact", _meeting(_place)),
    "met_wie": Field(_("With whom the next appointment is"), "contact", _meeting(lambda item: item.details["people"])),
    "gezin": Field(_("The household"), "household", _all("member", "household")),
    "vraag": Field(_("The question asked"), "story", _first("asked_question", of_main=False)),
    "krachten": Field(_("What goes well"), "strengths", _all("strength", "strengths")),
    "schulden": Field(_("The debts"), "finances", _all("debt", "finances")),
    "medewerker": Field(_("Name of who writes"), "", _of_writer(lambda writer: writer.name)),
    "loket": Field(_("Name of the loket"), "", _of_writer(lambda writer: writer.unit)),
    "vandaag": Field(_("Today"), "", _today),
    **FIELDS_OF_PLAN,
    # What is hard, by kind of data: zorg_housing, zorg_finances, and so on.
    **{f"zorg_{one}": Field(_("What is hard"), one, _all("concern", one)) for one in sorted({*CATEGORY_OF.values(), "safety"})},
}


def fields_by_name() -> list[tuple[str, str]]:
    """The fields with what they are, for whoever makes a template; of what is hard or agreed with the kind of data. One query."""
    names = names_of({field.category for field in FIELDS.values()})
    hard = {name for name in FIELDS if name.startswith(("zorg_", "afgesproken_", "doelen_"))}
    return [
        (name, f"{field.label}: {names.get(field.category, '')}" if name in hard else str(field.label))
        for name, field in FIELDS.items()
    ]


def names_in(text: str) -> list[str]:
    """The fields that a text asks for."""
    return list(dict.fromkeys(FIELD.findall(text)))


def categories_of(names: Iterable[str]) -> set[str]:
    return {category for name in names if name in FIELDS for category in FIELDS[name].needs | FIELDS[name].beside}


def filled_in(text: str, filling: Filling, language: str) -> Filled:
    """Fill a text, in its own language. What cannot be filled stays as an open field with its name."""
    said: dict[str, str] = {}
    items: list[Item] = []
    unknown, not_for_writer = [], []
    with override(language):
        for name in names_in(text):
            field = FIELDS[name]
            found, of = field.fill(filling)
            said[name] = found or f"[{gettext(str(field.label)).lower()}]"
            items += of
            if field.needs and not field.needs & set(filling.disclosed.allowed):
                not_for_writer.append(name)
            elif not found:
                unknown.append(name)
    return Filled(
        FIELD.sub(lambda match: said[match[1]], text),
        frozenset(item.category for item in items),
        frozenset(key for item in items for key in (item.key, *item.tells)),
        tuple(unknown),
        tuple(not_for_writer),
    )
