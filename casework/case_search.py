"""Searching in one case: in what the convenant lets this person see of it, and in nothing else.

The texts are encrypted, so the database cannot search them: what is disclosed is read once and searched here. The words sought are
kept nowhere.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .models import Case
from .timeline_lines import Sort, key_of

FOUND_AT_MOST, WORDS_AT_MOST = 50, 8
AROUND = 90
# A word of at least so many letters is also found inside another: Dutch writes "huurschuld" as one word.
INSIDE_FROM = 4
WORD = re.compile(r"\w+")
# Texts of an item beside the one that it shows.
MORE_TEXTS = (
    "words",
    "body",
    "purpose",
    "place",
    "quote",
    "tried",
    "wanted",
    "who_helps",
    "can_do",
    "file_name",
    "creditor",
    "reason",
    "moved_because",
    "effect_word",
    "without_because",
)
# The same of one kind, where another has a code under that name.
MORE_OF_KIND = {"exception": ("why", "answer")}
# What stands on a page that is also for who may open the case and does not work on it.
FOR_ALL = frozenset({"goal", "plan_step", "reading", "ending", "loose_end", "early_sign"})


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is what was sought."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Hit:
    """One thing in which all words were found, with the words around them, and where it is."""

    label: Any
    pieces: list[Piece]
    url: str
    item: Item


@dataclass(frozen=True)
class SearchPage:
    case: Case
    name: str
    hits: list[Hit]
    more: bool
    # Whether there was anything to search for.
    sought: bool


def search_in(case: Case, user: User, words: str, *, works: bool) -> SearchPage:
    """One disclosure, in a fixed number of queries."""
    scope = scope_of(case)
    sought = _words(words)[:WORDS_AT_MOST]
    ground = Ground("involvement", case.pk)
    # Without words only whose case it is stands on the page.
    only = None if sought else ["identity"]
    disclosed = disclose(scope, to=user, purpose="listening", ground=ground, what="search in a case", only=only)
    hits: list[Hit] = []
    if sought:
        for item in disclosed:
            if (text := _matching(item, sought)) is not None:
                hits.append(Hit(item.label, _around(text, sought), _where(case, item, works=works), item))
    return SearchPage(
        case, disclosed.text("name", scope.subjects[0]), hits[:FOUND_AT_MOST], len(hits) > FOUND_AT_MOST, bool(sought)
    )


def folded(text: str) -> str:
    """Without accents and capitals; each letter stays in its place, so that what is found can be shown as it was written."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    low = base.casefold()
    return low if len(low) == 1 else base.lower()[:1]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(WORD.findall(folded(unicodedata.normalize("NFC", text)))))


def _matching(item: Item, sought: list[str]) -> str | None:
    """The text of an item when every word is in it somewhere; the one of its texts that says most of them."""
    texts = [unicodedata.normalize("NFC", text) for text in _texts(item)]
    inside = [WORD.findall(folded(text)) for text in texts]
    if not all(any(_has(words, one) for words in inside) for one in sought):
        return None
    return max(zip(texts, inside, strict=True), key=lambda pair: sum(_has(pair[1], one) for one in sought))[0]


def _texts(item: Item) -> Iterator[str]:
    yield f"{item.label}: {item.text}"
    for name in (*MORE_TEXTS, *MORE_OF_KIND.get(item.kind, ())):
        more = item.details.get(name)
        if isinstance(more, str | Promise) and str(more).strip():
            yield str(more)


def _has(words: Iterable[str], sought: str) -> bool:
    return any(word.startswith(sought) or (len(sought) >= INSIDE_FROM and sought in word) for word in words)


def _around(text: str, sought: list[str]) -> list[Piece]:
    """The text around the first word that was found, with every word that was sought marked."""
    marks = sorted(_marks(folded(text), sought))
    first = marks[0][0] if marks else 0
    start, end = max(first - AROUND, 0), min(first + 2 * AROUND, len(text))
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", first, end), marks[0][1] if marks else first)
    pieces, at = [Piece("… ", False)] if start else [], start
    for begins, stops in marks:
        if begins < at or stops > end:
            continue
        pieces += [Piece(text[at:begins], False), Piece(text[begins:stops], True)]
        at = stops
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]


def _marks(text: str, sought: list[str]) -> Iterator[tuple[int, int]]:
    for word in WORD.finditer(text):
        for one in sought:
            at = 0 if word[0].startswith(one) else word[0].find(one) if len(one) >= INSIDE_FROM else -1
            if at >= 0:
                yield word.start() + at, word.start() + at + len(one)
                break


def _where(case: Case, item: Item, *, works: bool) -> str:
    """Where something is shown, for who works on the case; else the page of the case itself."""
    place = PLACES.get(item.kind)
    if place is None or not (works or item.kind in FOR_ALL):
        return case.get_absolute_url()
    return place(case, item)


def _at(name: str, anchor: str) -> Callable[[Case, Item], str]:
    """The line of this thing on a page with more of them."""
    return lambda case, item: reverse(f"casework:{name}", args=[case.pk]) + f"#{anchor}-{item.ref}"


def _told(sort: Sort) -> Callable[[Case, Item], str]:
    """Where it stands in the timeline, between its own kind only."""
    return lambda case, item: reverse("casework:case-timeline", args=[case.pk]) + f"?soort={sort}#{key_of(item)}"


def _follow_up(case: Case, item: Item) -> str:
    if item.details["done_at"] is None:
        return reverse("casework:case-follow-up", args=[case.pk])
    return _told(Sort.CONTACT)(case, item)


def _page(name: str, anchor: str = "") -> Callable[[Case, Item], str]:
    return lambda case, item: reverse(f"casework:{name}", args=[case.pk]) + anchor


def _thing(name: str) -> Callable[[Case, Item], str]:
    return lambda case, item: reverse(f"casework:{name}", args=[case.pk, item.ref])


def _person(case: Case, item: Item) -> str:
    return reverse("casework:case-person", args=[case.pk, item.subject_id])


PLACES: dict[str, Callable[[Case, Item], str]] = {
    "contact_moment": _thing("case-contact-amend"),
    "short_contact": _page("case-contact", "#short"),
    "meeting": _at("case-meetings", "meeting"),
    "goal": _at("case-plan", "goal"),
    "plan_step": _at("case-plan", "step"),
    "reading": _page("case-plan", "#how"),
    "follow_up": _follow_up,
    "ending": _told(Sort.COURSE),
    "loose_end": _told(Sort.COURSE),
    "early_sign": _told(Sort.CONTACT),
    "exception": _at("case-exceptions", "exception"),
    "handover_note": _at("case-handover", "note"),
    "document": _thing("case-document"),
    "letter": _thing("case-letter"),
    "debt": _page("case-money"),
    "income": _page("case-money"),
    "cost": _page("case-money"),
    "member": _person,
    "former_member": _person,
    "representative": _person,
    "tie": _person,
    "phone": _person,
    "email": _person,
    "address": _person,
}
