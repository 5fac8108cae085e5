"""What a token can be good for. The apps that have a resource in the API offer its scopes; a token has no right of its own beside
what the appointments of its system give: a scope only makes that smaller.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scope:
    """One thing a token is good for, and the role that a system needs for it in each kind of unit where that can be."""

    code: str
    label: Any
    roles: Mapping[str, str]

    def __str__(self) -> str:
        return str(self.label)


SCOPES: dict[str, Scope] = {}


def offer(*scopes: Scope) -> None:
    SCOPES.update({one.code: one for one in scopes})


def choices() -> list[tuple[str, Any]]:
    return [(one.code, one.label) for one in SCOPES.values()]


def labels(codes: list[str]) -> list[Any]:
    """What these are called; a scope that is offered no more by its code."""
    return [SCOPES[code].label if code in SCOPES else code for code in codes]


def unit_kinds() -> set[str]:
    """Where a system can work at all."""
    return {kind for one in SCOPES.values() for kind in one.roles}


def roles_of(codes: list[str], unit_kind: str) -> list[str]:
    """The roles that a system with these scopes plays at a unit of this kind."""
    return sorted({SCOPES[code].roles[unit_kind] for code in codes})
