"""The demo city: each app makes its own part of it, through its actions, in a fixed order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from . import acting
from .writing import writing

BASE = 100
# Of everyone in the demo city; a locked screen of the demo tells it.
PASSPHRASE = "eerst luisteren dan pas doen"  # noqa: S105


@dataclass
class City:
    """What was made so far, by a short name, for the parts that come after."""

    organisations: dict[str, Any] = field(default_factory=dict)
    wijken: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    desks: dict[str, Any] = field(default_factory=dict)
    cases: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Any] = field(default_factory=dict)


Part = Callable[[City], None]
_parts: list[tuple[int, Part]] = []


def part(order: int) -> Callable[[Part], Part]:
    """Register a part of the city. Below `BASE` it is what every city needs; from there on it is people's stories."""

    def add(function: Part) -> Part:
        _parts.append((order, function))
        _parts.sort(key=lambda entry: entry[0])
        return function

    return add


def build(*, stories: bool = True) -> City:
    """Make the city in one transaction, as the owner of the database."""
    city = City()
    with transaction.atomic(), writing("demo city"), acting.acting(acting.NOBODY):
        for order, function in _parts:
            if order < BASE or stories:
                function(city)
    return city
