"""Taking values out of a file, keeping of each that is wrong where it stands and what is wrong."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")
# More than so many is no help to who mends the file.
MOST_PROBLEMS = 30


class Problems:
    """What is wrong in a file, each with its place."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def add(self, place: str, text: str) -> None:
        if len(self.found) < MOST_PROBLEMS:
            self.found.append((place, text))

    def __bool__(self) -> bool:
        return bool(self.found)


class Part:
    """One object of the file, at a place in it. Each getter gives a value that is right, or a harmless one and a problem."""

    def __init__(self, value: Any, place: str, problems: Problems, known: Collection[str]):
        self.place, self.problems = place, problems
        if not isinstance(value, dict):
            problems.add(place, _("This must be an object: { … }."))
            value = {}
        self.value: dict[str, Any] = value
        for name in sorted(set(value) - set(known)):
            self.wrong(name, _("This is not part of the format."))

    def wrong(self, name: str, text: str) -> None:
        self.problems.add(f"{self.place}.{name}" if self.place else name, text)

    def text(self, name: str, longest: int, *, needed: bool = True, many_lines: bool = False) -> str:
        found = self.value.get(name, "")
        if not isinstance(found, str):
            self.wrong(name, _("This must be a text."))
            return ""
        found = found.strip()
        if any(ord(sign) < 32 and not (many_lines and sign in "\n\t\r") for sign in found):
            self.wrong(name, _("This holds a sign that is no text."))
            return ""
        if needed and not found:
            self.wrong(name, _("This may not be empty."))
        if len(found) > longest:
            self.wrong(name, _("This is longer than %(longest)s characters.") % {"longest": longest})
            return found[:longest]
        return found

    def code(self, name: str) -> str:
        found = self.text(name, 50)
        if found and not CODE.fullmatch(found):
            self.wrong(name, _("A code has only small letters, digits, - and _."))
        return found

    def one_of(self, name: str, choices: Collection[str], otherwise: str | None = None) -> str:
        found = self.value.get(name, otherwise)
        if not isinstance(found, str) or found not in choices:
            self.wrong(name, _("“%(found)s” is not known here. Choose from: %(choices)s.") % _shown(found, choices))
            return next(iter(choices), "")
        return found

    def some_of(self, name: str, choices: Collection[str]) -> list[str]:
        found = self.value.get(name)
        if not isinstance(found, list) or not found:
            self.wrong(name, _("This must be a list with at least one thing."))
            return []
        for order, one in enumerate(found):
            if not isinstance(one, str) or one not in choices:
                self.wrong(f"{name}[{order}]", _("“%(found)s” is not known here. Choose from: %(choices)s.") % _shown(one, choices))
        return [one for one in found if isinstance(one, str) and one in choices]

    def day(self, name: str, *, needed: bool) -> date | None:
        found = self.value.get(name)
        if found is None and not needed:
            return None
        try:
            return date.fromisoformat(str(found))
        except ValueError:
            self.wrong(name, _("Write a day as 2026-11-26."))
            return None

    def number(self, name: str, least: int, most: int) -> int:
        found = self.value.get(name)
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            self.wrong(name, _("This must be a whole number from %(least)s to %(most)s.") % {"least": least, "most": most})
            return least
        return found

    def parts(self, name: str, most: int, known: Collection[str]) -> "Iterator[Part]":
        """The objects of a list, each at its own place."""
        found = self.value.get(name, [])
        if not isinstance(found, list):
            self.wrong(name, _("This must be a list: [ … ]."))
            return
        if len(found) > most:
            self.wrong(name, _("There are more than %(most)s of these.") % {"most": most})
        for order, one in enumerate(found[:most]):
            yield Part(one, f"{self.place}.{name}[{order}]" if self.place else f"{name}[{order}]", self.problems, known)


def _shown(found: Any, choices: Collection[str]) -> dict[str, str]:
    return {"found": str(found)[:50], "choices": ", ".join(list(choices)[:25]) or "-"}
