"""What a story of the demo city holds: what someone told, and how it was written down."""

from dataclasses import dataclass, field

from casework.domains import Severity

ACUTE, HEAVY, HARD, FAIR, GOOD = Severity


@dataclass(frozen=True)
class Story:
    """One resident of the demo city; `owner` listened, `quiet_for` is in days."""

    key: str
    owner: str
    name: str
    own_words: str
    quote: str = ""
    asked: str = ""
    behind: str = ""
    unit: str = "schilderswijk"
    known_as: str = ""
    born: str = ""
    phone: str = ""
    address: str = ""
    language: str = ""
    household: list[tuple[str, str, str]] = field(default_factory=list)
    # Life domain, severity, text, since, who helps.
    concerns: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    strengths: list[tuple[str, str]] = field(default_factory=list)
    # Name, relation, what they can do.
    people: list[tuple[str, str, str]] = field(default_factory=list)
    days_ago: int = 0
    quiet_for: int = 0
    agreed: bool = False
    # What stood in the summary, and how it was said instead before it was agreed.
    reworded: tuple[str, str] | None = None
