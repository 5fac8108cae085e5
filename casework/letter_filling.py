"""What a field of a letter is, and what it is filled from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from luisterloket.convenant.disclosure import Disclosure, Item


@dataclass(frozen=True)
class Writer:
    """Who writes, and for which loket."""

    name: str
    unit: str


@dataclass(frozen=True)
class Filling:
    """What fields are filled from: what was disclosed, about whom the letter is, and who writes."""

    disclosed: Disclosure
    main: Any
    writer: Writer

    def of(self, kind: str) -> list[Item]:
        return self.disclosed.of(kind, self.main)


@dataclass(frozen=True)
class Field:
    """One name that a template may use."""

    label: Any
    category: str
    fill: Callable[[Filling], tuple[str, list[Item]]]
    # Of what is in more than one category: filled with what the writer sees of these, and open when that is none of them.
    any_of: frozenset[str] = frozenset()
    # What it names people by.
    beside: frozenset[str] = frozenset()

    @property
    def needs(self) -> frozenset[str]:
        """Of these the writer sees at least one."""
        return self.any_of or frozenset({self.category} - {""})
