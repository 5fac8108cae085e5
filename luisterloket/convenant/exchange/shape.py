"""What a file of a convenant holds, once it was checked."""

from dataclasses import dataclass
from datetime import date

FORMAT, FORMAT_VERSION = "luisterloket-convenant", 1
# In characters. A large city's convenant is some hundred thousand.
LONGEST_FILE = 1_000_000


@dataclass(frozen=True)
class ParsedParty:
    """A party by its key in the file; which organisation it is here is said at import."""

    key: str
    name: str
    kvk_number: str
    kind: str
    task: str
    contact: str
    ends_on: date | None


@dataclass(frozen=True)
class ParsedGround:
    law: str
    article: str
    avg_basis: str
    exception: str


@dataclass(frozen=True)
class ParsedTerm:
    category: str
    months: int
    starts: str
    law: str
    article: str
    checked_on: date


@dataclass(frozen=True)
class Parsed:
    """A whole convenant: grounds by (party, purpose, category), cells by (party, role, purpose, category, phase) to a level."""

    name: str
    reason: str
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    categories: dict[str, str]
    purposes: dict[str, tuple[str, str]]
    laws: dict[str, str]
    parties: list[ParsedParty]
    grounds: dict[tuple[str, str, str], ParsedGround]
    cells: dict[tuple[str, str, str, str, str], str]
    retention: list[ParsedTerm]
    clauses: list[tuple[int, str, str]]
