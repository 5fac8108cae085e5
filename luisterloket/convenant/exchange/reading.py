"""Reading a file: all of it is checked before anything is made, and each mistake is told with its place."""

import json
from typing import Any

from django.utils.translation import gettext as _

from luisterloket.convenant.known import CATEGORIES, NEED_EXCEPTION
from luisterloket.convenant.models import Authorisation, AvgBasis, ConvenantParty, Phase, RetentionTerm
from luisterloket.people.roles import ROLES
from luisterloket.platform.exceptions import Refused

from .fields import Part, Problems
from .shape import FORMAT, FORMAT_VERSION, LONGEST_FILE, Parsed, ParsedGround, ParsedParty, ParsedTerm

MOST_CELLS = 20_000
WHOLE = {
    "format", "format_version", "name", "reason", "starts_on", "ends_on", "review_on", "categories", "purposes", "laws", "parties",
    "grounds", "cells", "retention", "clauses",
}  # fmt: skip


class FileRefused(Refused):
    """A file that is no convenant, with (place, what is wrong) for each mistake."""

    def __init__(self, problems: list[tuple[str, str]]):
        lines = [f"{place}: {text}" if place else text for place, text in problems]
        super().__init__(lines, code="file")
        self.problems = problems
        self.field = "file"


def parse(content: str) -> Parsed:
    """The convenant in this text. Raises `FileRefused` with everything that is wrong in it."""
    problems = Problems()
    whole = Part(_loaded(content), "", problems, WHOLE)
    if whole.value.get("format") != FORMAT or whole.value.get("format_version") != FORMAT_VERSION:
        raise FileRefused(
            [("format", _("This is not a convenant of Luisterloket in format version %(version)s.") % {"version": FORMAT_VERSION})]
        )
    categories = _categories(whole)
    purposes, laws, parties = _purposes(whole), _laws(whole), _parties(whole)
    keys = [party.key for party in parties]
    grounds = _grounds(whole, keys, purposes, categories, laws)
    parsed = Parsed(
        name=whole.text("name", 200),
        reason=whole.text("reason", 500, needed=False),
        starts_on=whole.day("starts_on", needed=False),
        ends_on=whole.day("ends_on", needed=False),
        review_on=whole.day("review_on", needed=False),
        categories=categories,
        purposes=purposes,
        laws=laws,
        parties=parties,
        grounds=grounds,
        cells=_cells(whole, keys, purposes, categories, grounds),
        retention=_retention(whole, categories),
        clauses=_clauses(whole),
    )
    if problems:
        raise FileRefused(problems.found)
    return parsed


def _loaded(content: str) -> Any:
    if len(content) > LONGEST_FILE:
        raise FileRefused([("", _("This file is too large for a convenant."))])
    try:
        return json.loads(content.removeprefix("\ufeff"), object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = _("line %(line)s, sign %(column)s") % {"line": error.lineno, "column": error.colno}
        raise FileRefused([(where, _("Here the file is no JSON any more."))]) from None
    except (RecursionError, ValueError) as error:
        text = (
            _("“%(name)s” stands there twice.") % {"name": error.name} if isinstance(error, _Double) else _("The file is no JSON.")
        )
        raise FileRefused([("", text)]) from None


class _Double(ValueError):
    def __init__(self, name: str):
        super().__init__(name)
        self.name = name[:50]


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two values under one name none would be the right one."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Double(name)
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _once(part: Part, name: str, value: Any, seen: Any) -> bool:
    if value in seen:
        part.wrong(name, _("This stands there twice."))
        return False
    return True


def _categories(whole: Part) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in whole.parts("categories", len(CATEGORIES), {"code", "name"}):
        code = part.one_of("code", CATEGORIES)
        if _once(part, "code", code, found):
            found[code] = part.text("name", 100)
    return found


def _purposes(whole: Part) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part in whole.parts("purposes", 100, {"code", "name", "why"}):
        code = part.code("code")
        if _once(part, "code", code, found):
            found[code] = (part.text("name", 150), part.text("why", 2000, needed=False, many_lines=True))
    return found


def _laws(whole: Part) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in whole.parts("laws", 200, {"code", "name"}):
        code = part.code("code")
        if _once(part, "code", code, found):
            found[code] = part.text("name", 200)
    return found


def _parties(whole: Part) -> list[ParsedParty]:
    found: dict[str, ParsedParty] = {}
    for part in whole.parts("parties", 100, {"key", "name", "kvk_number", "kind", "task", "contact", "ends_on"}):
        key = part.code("key")
        if not _once(part, "key", key, found):
            continue
        kind = part.one_of("kind", ConvenantParty.Kind.values)
        incidental = kind == ConvenantParty.Kind.INCIDENTAL
        found[key] = ParsedParty(
            key=key,
            name=part.text("name", 200),
            kvk_number=part.text("kvk_number", 8, needed=False),
            kind=kind,
            task=part.text("task", 500, needed=False),
            contact=part.text("contact", 200, needed=False),
            ends_on=part.day("ends_on", needed=False) if incidental else None,
        )
    return list(found.values())


def _grounds(
    whole: Part, keys: list[str], purposes: dict[str, Any], categories: dict[str, str], laws: dict[str, str]
) -> dict[tuple[str, str, str], ParsedGround]:
    found: dict[tuple[str, str, str], ParsedGround] = {}
    names = {"parties", "purpose", "categories", "law", "article", "avg_basis", "exception"}
    for part in whole.parts("grounds", 5_000, names):
        ground = ParsedGround(
            law=part.one_of("law", laws),
            article=part.text("article", 100),
            avg_basis=part.one_of("avg_basis", AvgBasis.values),
            exception=part.text("exception", 60, needed=False),
        )
        purpose = part.one_of("purpose", purposes)
        of = part.some_of("categories", categories)
        special = [code for code in of if CATEGORIES[code] in NEED_EXCEPTION]
        if special and not ground.exception:
            part.wrong("exception", _("Special and criminal data need an exception: %(codes)s.") % {"codes": ", ".join(special)})
        for place in ((party, purpose, category) for party in part.some_of("parties", keys) for category in of):
            if _once(part, "categories", place, found):
                found[place] = ground
    return found


def _cells(
    whole: Part, keys: list[str], purposes: dict[str, Any], categories: dict[str, str], grounds: Any
) -> dict[tuple[str, str, str, str, str], str]:
    found: dict[tuple[str, str, str, str, str], str] = {}
    for part in whole.parts("cells", 5_000, {"parties", "roles", "purpose", "phase", "level", "categories"}):
        purpose, phase = part.one_of("purpose", purposes), part.one_of("phase", Phase.values, Phase.ANY.value)
        level = part.one_of("level", Authorisation.Level.values)
        of, roles = part.some_of("categories", categories), part.some_of("roles", ROLES)
        for party in part.some_of("parties", keys):
            for category in of:
                if (party, purpose, category) not in grounds:
                    text = _("There is no ground for %(category)s of %(party)s for %(purpose)s.")
                    part.wrong("categories", text % {"category": category, "party": party, "purpose": purpose})
                for role in roles:
                    if _once(part, "categories", (party, role, purpose, category, phase), found):
                        found[party, role, purpose, category, phase] = level
        if len(found) > MOST_CELLS:
            part.wrong("categories", _("The matrix has more than %(most)s cells.") % {"most": MOST_CELLS})
            break
    return found


def _retention(whole: Part, categories: dict[str, str]) -> list[ParsedTerm]:
    found: dict[str, ParsedTerm] = {}
    for part in whole.parts("retention", len(CATEGORIES), {"category", "months", "starts", "law", "article", "checked_on"}):
        category = part.one_of("category", categories)
        day = part.day("checked_on", needed=True)
        if _once(part, "category", category, found) and day is not None:
            found[category] = ParsedTerm(
                category=category,
                months=part.number("months", 1, 1200),
                starts=part.one_of("starts", RetentionTerm.Starts.values),
                law=part.text("law", 200),
                article=part.text("article", 100, needed=False),
                checked_on=day,
            )
    return list(found.values())


def _clauses(whole: Part) -> list[tuple[int, str, str]]:
    found: dict[int, tuple[int, str, str]] = {}
    for part in whole.parts("clauses", 200, {"number", "title", "text"}):
        number = part.number("number", 1, 999)
        if _once(part, "number", number, found):
            found[number] = (number, part.text("title", 150), part.text("text", 10_000, many_lines=True))
    return list(found.values())
