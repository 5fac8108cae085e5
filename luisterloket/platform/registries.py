"""What a lower floor offers and a higher floor fills: the case page knows no request, yet shows them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from .plain import Plain

F = TypeVar("F", bound=Callable)


class Registry(Generic[F]):
    """Functions in a stated order, given by the apps when they start."""

    def __init__(self, purpose: str):
        self.purpose = purpose
        self._entries: list[tuple[int, F]] = []

    def register(self, *, order: int) -> Callable[[F], F]:
        def add(function: F) -> F:
            self._entries.append((order, function))
            self._entries.sort(key=lambda entry: entry[0])
            return function

        return add

    def __iter__(self) -> Iterator[F]:
        return (function for _, function in self._entries)


@dataclass(frozen=True)
class NavigationItem:
    """A place in the main menu. It is the current one on every page whose address starts with its own."""

    label: Any
    url: str
    icon: str
    # The search box in the header leads here.
    searches: bool = False


@dataclass(frozen=True)
class TodayItem:
    """One thing that needs this person now: when, what, why, and what to do. The resident's name is added by the page."""

    title: Any
    url: str
    action: Any
    why: Any = ""
    due_at: datetime | None = None
    tone: str = "neutral"
    state: Any = ""
    icon: str = ""
    owner: Any = ""
    case_id: UUID | None = None


@dataclass(frozen=True)
class Beginning:
    """Something one begins from Vandaag with one press, such as a new conversation. It is sent, so it may change something."""

    label: Any
    url: str
    icon: str


@dataclass(frozen=True)
class Banner:
    """What stands on top of every page of someone as long as it lasts, with where to go and one thing that can be done at once."""

    text: Any
    url: str
    link: Any
    act_url: str = ""
    act: Any = ""


@dataclass(frozen=True)
class CasePanel:
    """A part of the case page: a template, what it shows, and what it adds to “what now”."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    # (moment or None, sentence, address) of what waits in this part.
    waits: list[tuple[datetime | None, Any, str]] = field(default_factory=list)


@dataclass(frozen=True)
class MoneyNote:
    """Something of a higher floor that stands with the money of a case, such as that collecting is paused; when it asks for
    something, `due_at` says by when.
    """

    text: Any
    url: str
    tone: str = "neutral"
    icon: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class LooseEnd:
    """Something in a case that is still open, such as a request without an answer: no case ends without a decision on it."""

    kind: str
    ref: UUID
    case_id: UUID
    text: Any
    url: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.ref}"


@dataclass(frozen=True)
class StepLink:
    """Something of a higher floor that a step of a plan can be, such as a request, and where it stands."""

    # With its id it is the key under which the thing is told of and kept back.
    label: str
    id: UUID
    text: str
    url: str
    state: Any
    tone: str

    @property
    def key(self) -> str:
        return f"{self.label}:{self.id}"


@dataclass(frozen=True)
class StepLinks:
    """What there is of one kind of step in a case, and where one begins another: no address when that is not for this person."""

    kind: str
    begin: Any
    begin_url: str
    links: list[StepLink]


@dataclass(frozen=True)
class GroundEnded:
    """The ground under which one party had one category of these residents, for one purpose, is not there any more."""

    case_id: UUID
    purpose: str
    category: str
    organisation_id: UUID
    # Every row of the person it is of.
    residents: frozenset[UUID]


@dataclass(frozen=True)
class GivenOut:
    """Something of a case that went to someone outside it: when, to whom, which categories, of whom, and where to read of it."""

    # The key under which it is told of and kept back.
    key: str
    at: datetime
    to: str
    categories: frozenset[str]
    # Nobody named means of the case as a whole.
    subjects: frozenset[UUID]
    url: str
    # The purpose and party it was for; empty for what follows no cell, such as a letter.
    purpose: str = ""
    organisation_id: UUID | None = None
    # It can still be read there; or who has it was told by itself that the ground ended.
    is_open: bool = False
    is_told: bool = False

    def falls_under(self, ended: GroundEnded) -> bool:
        """Whether it gave what this ground allowed."""
        same_party = not self.purpose or (self.purpose, self.organisation_id) == (ended.purpose, ended.organisation_id)
        about = not self.subjects or bool(self.subjects & ended.residents)
        return same_party and about and ended.category in self.categories


@dataclass(frozen=True)
class CopyLine:
    """One thing about a resident as it stands in a copy of everything, with what else is known of it, by name."""

    key: str
    text: str
    at: datetime | date | None = None
    # What it is about in words, and each text that goes with it.
    label: Any = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def readable(self) -> list[str]:
        """Of the details what reads as it is: texts, and lists of them; the file has everything by name."""
        found: list[str] = []
        for value in self.details.values():
            texts = value if isinstance(value, list | tuple) else [value]
            found += [str(text) for text in texts if text and not isinstance(text, int | date)]
        return found


@dataclass(frozen=True)
class CopySection:
    """A part of a copy of everything about a resident. `code` names it in the file, and never changes."""

    code: str
    title: Any
    lines: list[CopyLine]
    # What grows by looking at it, such as who looked: it does not make it another copy.
    grows: bool = False


navigation: Registry[Callable[[Any], list[NavigationItem]]] = Registry("main menu: user -> items")
landing: Registry[Callable[[Any], str | None]] = Registry("start page: user -> address, or None when it is not for them")
today: Registry[Callable[[Any], list[TodayItem]]] = Registry("what needs this person now: user -> items")
beginnings: Registry[Callable[[Any], list[Beginning]]] = Registry("what one begins from Vandaag: user -> beginnings")
banners: Registry[Callable[[Any], list[Banner]]] = Registry("what stands on top of every page: user -> banners")
case_panels: Registry[Callable[[Any, Any], CasePanel | None]] = Registry("parts of the case page: (user, case) -> panel")
money_notes: Registry[Callable[[Any, Any], list[MoneyNote]]] = Registry("what stands with the money: (user, case) -> notes")
step_links: Registry[Callable[[Any, Any], StepLinks | None]] = Registry("what a step of a plan can be: (user, case) -> links")
# Whole sentences in plain words (B1), without labels: what was asked, what waits, on whom and until when.
summary_sentences: Registry[Callable[[Any, Any], list[Plain]]] = Registry("the resident's summary: (user, case) -> sentences")

# Called in the transaction in which the ground ends, with the ground of the case held: what was open under it closes at once.
grounds_end: Registry[Callable[[Any, GroundEnded], None]] = Registry("a ground ended: (actor, what ended) -> None")
given_out: Registry[Callable[[Any, Any], list[GivenOut]]] = Registry("what went out of a case: (user, case) -> what, newest first")
loose_ends: Registry[Callable[[Collection[UUID]], list[LooseEnd]]] = Registry("what is still open: ids of cases -> loose ends")
# When a case goes to another worker. Each floor moves what names the old one as doer, or fills what the checklist can see.
moves_along: Registry[Callable[[Any, Any, Any, Any], None]] = Registry(
    "what goes along: (actor, case, old owner, new owner) -> None"
)
# Who leaves a unit leaves nothing behind: each floor tells what is still in the hands of a person, or of the whole unit.
in_hands: Registry[Callable[[UUID | None, UUID], list[Any]]] = Registry("(user id or None, unit id) -> sentences")
# A code of the checklist without sentences says that there is nothing of it, so that nobody has to tick it.
handover_facts: Registry[Callable[[Any, Any], Mapping[str, list[Any]]]] = Registry("(user, case) -> what is there, per code")
holds_back: Registry[Callable[[Any], list[Any]]] = Registry("why a case cannot go to another unit yet: case -> sentences")

# What was heard became part of a case, or was thrown away: whoever led to the conversation follows it, in the same transaction.
became_part: Registry[Callable[[Any, Any], None]] = Registry("a conversation became part of a case: (intake, case) -> None")
thrown_away: Registry[Callable[[Any, Any], None]] = Registry("a conversation was thrown away: (actor, intake) -> None")

# What a floor keeps of a resident that is no source of disclosure, for a copy of everything (AVG article 15). Asked only for who
# has the request in hand; the rows are those of this one person.
copies: Registry[Callable[[Any, Collection[UUID], Collection[UUID]], list[CopySection]]] = Registry(
    "a copy of all data: (user, cases, rows of the resident) -> sections"
)
# An item was put right: each floor tells who got it before, and gives how many that were (AVG article 19).
corrected: Registry[Callable[[Any, UUID, str, UUID, str], int]] = Registry(
    "something was put right: (actor, case, kind, its id, the text of before) -> how many were told"
)
# Erasure was granted (AVG article 17): whoever keeps data of this person begins erasing what the law allows.
erasers_on_request: Registry[Callable[[Any, Any, Collection[UUID]], None]] = Registry(
    "erasure was granted: (actor, request, rows of the resident) -> None"
)

# What a verb in the history reads as in a timeline: icon and sentence. `%(who)s` is who did it; `details` fill the rest.
sentences: dict[str, tuple[str, Any]] = {}


def sentence(verb: str, icon: str, text: Any) -> None:
    sentences[verb] = (icon, text)
