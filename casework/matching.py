"""Whose keys fit what was typed: found by range and equality in the database, ranked here. Tells ids, never a name.

Row-level security lets only comparisons that leak nothing use an index, so likeness is not asked of the database: it gives at
most `CANDIDATES` residents whose words begin, or sound, as what was typed, and the nearest of those are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from . import search_keys
from .models import SearchKey
from .search_keys import Query

Kind = SearchKey.Kind
CANDIDATES = 200
WORDS_AT_MOST = 6
# After every text that begins with the same letters, in byte order.
LAST = "\U0010ffff"
# How good it is when a typed word begins a word of the name; when it is the whole word it is 1.
BEGINS = 0.9


@dataclass(frozen=True)
class Hit:
    """A resident whose keys fit. `facts` are the kinds of exact values that fit too."""

    resident_id: UUID
    nearness: float
    whole_name: bool
    facts: frozenset[str]
    # Kinds of which the resident has another value than was typed.
    others: frozenset[str] = frozenset()


def find(units: Iterable[UUID], query: Query, *, wide: bool = False) -> tuple[list[Hit], bool]:
    """The residents of these units who fit, the nearest first, and whether there were too many to rank them all.

    Every word must fit, as it is or as it sounds; with a slip of the finger only when none fits so, or when `wide`. When some
    fit the exact values as well, the others are left out, unless `wide`; without words only those values count.
    """
    units = list(units)
    if query.words:
        rows = _candidates(units, query, near=wide)
        hits = _ranked(rows, query, narrow=not wide)
        if not hits and not wide and len(rows) <= CANDIDATES:
            rows = _candidates(units, query, near=True)
            hits = _ranked(rows, query)
    else:
        rows = _with_facts(units, query)
        hits = _ranked(rows, query)
    return hits, len(rows) > CANDIDATES


def fit(typed: str, word: str) -> float:
    """How well a typed word fits a word of a name: 1 for the same, 0 for another."""
    if word.startswith(typed):
        return 1.0 if word == typed else BEGINS
    longest = max(len(typed), len(word))
    allowed = _allowed(min(len(typed), len(word)))
    # A word that is too much longer is not measured: it takes at least that many changes.
    changes = distance(typed, word) if abs(len(typed) - len(word)) <= allowed else longest
    if changes <= allowed:
        return BEGINS * (1 - changes / longest)
    heard = search_keys.sound(typed)
    if heard and search_keys.sound(word).startswith(heard):
        # Also of what is only begun: "rasj" for Rachida.
        changes = min(changes, distance(typed, word[: len(typed)]))
        if changes <= len(typed) // 2:
            return BEGINS * (1 - changes / longest)
    return 0.0


def fits_all(typed: Iterable[str], words: Iterable[str]) -> bool:
    """Whether each typed word fits one of these."""
    words = list(words)
    return all(any(fit(one, word) for word in words) for one in typed)


def distance(one: str, other: str) -> int:
    """How many letters to add, leave out, change or swap with their neighbour (Damerau)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        now = [row]
        for column, right in enumerate(other, 1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                least = min(least, before[column - 2] + 1)
            now.append(least)
        before, last = last, now
    return last[-1]


def _allowed(length: int) -> int:
    if length < 4:
        return 0
    return 1 if length < 7 else 2


Row = tuple[UUID, list[str]]


@dataclass(frozen=True)
class _Range:
    """Keys that fit a typed word, in SQL with the values it asks for; in the order of how well they fit."""

    fits: str
    values: list[Any]


def _ranges(word: str, *, near: bool) -> list[_Range]:
    """A word that begins so, or sounds so; when `near` also one that begins with the same letter and is about as long."""
    one = "kind = '{kind}' AND key >= %s AND key < %s"
    found = [_Range(one.format(kind=Kind.WORD), [word, word + LAST])]
    if heard := search_keys.sound(word):
        found.append(_Range(one.format(kind=Kind.SOUND), [heard, heard + LAST]))
    if near and _allowed(len(word)):
        about = one.format(kind=Kind.WORD) + " AND length(key) BETWEEN %s AND %s"
        found.append(_Range(about, [word[:1], word[:1] + LAST, len(word) - 2, len(word) + 2]))
    return found


def _candidates(units: list[UUID], query: Query, *, near: bool) -> list[Row]:
    """Who fits the longest word, and of those who fits the others too: that one is rarest, and the rest is asked of few."""
    first, *others = (_ranges(word, near=near) for word in query.words[:WORDS_AT_MOST])
    # Only numbers and texts of this module are put into the SQL; what was typed goes along as a value.
    each = [
        f"SELECT resident_id, {rank} AS rank FROM casework_searchkey WHERE unit_id = ANY (%s) AND {one.fits}"  # noqa: S608
        for rank, one in enumerate(first)
    ]
    found = f"SELECT resident_id, min(rank) AS rank FROM ({' UNION ALL '.join(each)}) each GROUP BY resident_id"  # noqa: S608
    values: list[Any] = [value for one in first for value in (units, *one.values)]
    if not others and not query.facts:
        return _rows(f"WITH fitting AS ({found} ORDER BY rank, resident_id LIMIT {CANDIDATES + 1})", values)
    facts = " + ".join(["count(*) FILTER (WHERE kind = %s AND key = ANY (%s))"] * len(query.facts)) or "0"
    ranks = "".join(f", {_rank(ranges)} AS w{number}" for number, ranges in enumerate(others))
    asked = f"SELECT {facts} AS facts{ranks} FROM casework_searchkey k WHERE k.resident_id = found.resident_id"  # noqa: S608
    values += [part for kind, keys in query.facts for part in (str(kind), list(keys))]
    values += [value for ranges in others for one in ranges for value in one.values]
    names = [f"w{number}" for number in range(len(others))]
    best = (
        f"SELECT resident_id FROM found CROSS JOIN LATERAL ({asked}) asked"  # noqa: S608
        f" WHERE {' AND '.join(f'{name} IS NOT NULL' for name in names) or 'true'}"
        f" ORDER BY facts DESC, {' + '.join(['rank', *names])}, resident_id LIMIT {CANDIDATES + 1}"
    )
    return _rows(f"WITH found AS ({found}), fitting AS ({best})", values)


def _rank(ranges: list[_Range]) -> str:
    """How well the best of someone's keys fits a word; nothing when none does."""
    return f"min(CASE {' '.join(f'WHEN {one.fits} THEN {rank}' for rank, one in enumerate(ranges))} END)"


def _with_facts(units: list[UUID], query: Query) -> list[Row]:
    one = "SELECT resident_id FROM casework_searchkey WHERE unit_id = ANY (%s) AND kind = %s AND key = ANY (%s)"
    # A day says the year as well.
    facts = [fact for fact in query.facts if fact[0] != Kind.YEAR or Kind.BORN not in dict(query.facts)]
    values = [value for kind, keys in facts for value in (units, str(kind), list(keys))]
    all_of_them = " INTERSECT ".join([one] * len(facts))
    return _rows(f"WITH fitting AS (SELECT resident_id FROM ({all_of_them}) found LIMIT {CANDIDATES + 1})", values)  # noqa: S608


def _rows(fitting: str, values: list[Any]) -> list[Row]:
    """One round trip: who fits, each with all their keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            fitting + " SELECT k.resident_id, array_agg(k.kind || ':' || k.key) FROM fitting"  # noqa: S608
            " JOIN casework_searchkey k USING (resident_id) WHERE k.kind <> 'sound' GROUP BY k.resident_id",
            values,
        )
        return cursor.fetchall()


def _ranked(rows: list[Row], query: Query, *, narrow: bool = True) -> list[Hit]:
    hits = [hit for row in rows[:CANDIDATES] if (hit := _hit(row, query))]
    if narrow and any(hit.facts for hit in hits):
        hits = [hit for hit in hits if hit.facts]
    return sorted(hits, key=lambda hit: (-len(hit.facts), -hit.whole_name, -hit.nearness, str(hit.resident_id)))


def _hit(row: Row, query: Query) -> Hit | None:
    resident_id, keys = row
    names = [key.removeprefix("word:") for key in keys if key.startswith("word:")]
    fits = [max((fit(typed, word) for word in names), default=0.0) for typed in query.words[:WORDS_AT_MOST]]
    if not all(fits):
        return None
    facts = frozenset(kind for kind, wanted in query.facts if any(f"{kind}:{one}" in keys for one in wanted))
    whole = bool(query.words) and any(f"{Kind.NAME}:{one}" in keys for one in query.full_name)
    held = {key.partition(":")[0] for key in keys}
    others = frozenset(kind for kind, _key in query.facts if kind in held and kind not in facts)
    return Hit(resident_id, sum(fits) / len(fits) if fits else 1.0, whole, facts, others)
