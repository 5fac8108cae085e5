"""Sentences for a resident, as data: a phrase and what fills it, so that they can be said in the language of who reads them.

Every phrase is named once with `phrase(gettext_noop("…"))`. A language that a municipality supplies must have them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# In the order in which they were named.
_phrases: dict[str, None] = {}


def phrase(text: str) -> str:
    """Name a phrase; its own English text is its key."""
    _phrases[text] = None
    return text


def phrases() -> list[str]:
    """Every phrase that a summary may use, of all floors."""
    return list(_phrases)


@dataclass(frozen=True)
class Plain:
    """One whole sentence or more, in plain words (B1) and without labels. `about` tells which thing it is of."""

    phrase: str
    details: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
