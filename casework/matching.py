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
    changes = distance(typed, word)
    if changes <= _allowed(min(len(typed), len(word))):
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


def _candidates(units: list[UUID], query: Query, *, near: bool) -> list[Row]:
    parts, values = [], []
    words = query.words[:WORDS_AT_MOST]
    for number, word in enumerate(words):
        sql, its = _of_word(units, word, near=near)
        # Only numbers and texts of this module are put into the SQL; what was typed goes along as a value.
        parts.append(f"w{number} AS (SELECT resident_id, min(rank) AS rank FROM ({sql}) found GROUP BY resident_id)")  # noqa: S608
        values += its
    tables = " JOIN ".join(f"w{number}" + (" USING (resident_id)" if number else "") for number in range(len(words)))
    rank = " + ".join(f"w{number}.rank" for number in range(len(words)))
    facts, theirs = _facts_of("c.resident_id", query)
    parts.append(f"c AS (SELECT resident_id, {rank} AS rank FROM {tables})")  # noqa: S608
    best = f"SELECT resident_id FROM c ORDER BY ({facts}) DESC, rank, resident_id LIMIT {CANDIDATES + 1}"  # noqa: S608
    return _rows(f"WITH {', '.join(parts)}, fitting AS ({best})", [*values, *theirs])


def _of_word(units: list[UUID], word: str, *, near: bool) -> tuple[str, list[Any]]:
    """Residents with a word that begins so (0) or sounds so (1); when `near` also one that begins alike and is about as long."""
    ranges: list[tuple[int, str, str, str, list[Any]]] = [(0, Kind.WORD, word, "", [])]
    if heard := search_keys.sound(word):
        ranges.append((1, Kind.SOUND, heard, "", []))
    if near and _allowed(len(word)):
        about = " AND length(key) BETWEEN %s AND %s"
        lengths = [len(word) - 2, len(word) + 2]
        ranges += [(2, Kind.WORD, word[:2], about, lengths), (3, Kind.WORD, word[:1], about, lengths)]
    sql, values = [], []
    for rank, kind, begin, more, its in ranges:
        sql.append(
            f"SELECT resident_id, {rank} AS rank FROM casework_searchkey"  # noqa: S608
            f" WHERE unit_id = ANY (%s) AND kind = %s AND key >= %s AND key < %s{more}"
        )
        values += [units, str(kind), begin, begin + LAST, *its]
    return " UNION ALL ".join(sql), values


def _facts_of(resident: str, query: Query) -> tuple[str, list[str]]:
    """An expression that counts how many of the exact values fit."""
    one = f"EXISTS (SELECT FROM casework_searchkey f WHERE f.resident_id = {resident} AND f.kind = %s AND f.key = %s)::int"  # noqa: S608
    return " + ".join([one] * len(query.facts)) or "0 + 0", [str(part) for fact in query.facts for part in fact]


def _with_facts(units: list[UUID], query: Query) -> list[Row]:
    one = "SELECT resident_id FROM casework_searchkey WHERE unit_id = ANY (%s) AND kind = %s AND key = %s"
    values = [value for kind, key in query.facts for value in (units, str(kind), key)]
    all_of_them = " INTERSECT ".join([one] * len(query.facts))
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
    facts = frozenset(kind for kind, key in query.facts if f"{kind}:{key}" in keys)
    whole = bool(query.words) and f"{Kind.NAME}:{query.full_name}" in keys
    held = {key.partition(":")[0] for key in keys}
    others = frozenset(kind for kind, _key in query.facts if kind in held and kind not in facts)
    return Hit(resident_id, sum(fits) / len(fits) if fits else 1.0, whole, facts, others)
