"""Everyone gets exactly what the matrix says, at every address: what is theirs, a plain no, or nothing that is there."""

import json
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import writes

from .matrix import ANONYMOUS, ANY, EXEMPT, MATRIX, NONE, SIGNED_IN, Row
from .world import SECRET, World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROLES = (*sorted(SIGNED_IN), ANONYMOUS)
LOG_IN = "/inloggen/"
FULL = os.environ.get("PROOF") == "full"
# How many of those who get the same answer are asked each time; the proof asks all.
DRAWN = 1
# A form that was not filled in well, a text that changed meanwhile, something too large: the person may, but not like this.
ANSWERS_OF_A_FORM = {400, 409, 413, 422}
# What differs between two questions to the database that are the same one: the values, and how many there are.
VALUES = re.compile(r"'(?:[^']|'')*'(?:::uuid)?|\b\d+\b")
MANY = re.compile(r"(?:\?(?:, )?)+")
# What differs between two answers to the same question: proof of origin and the nonce of scripts.
FRESH = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": "|nonce="|nonce&quot;:&quot;)[^"&]*')


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Client]:
    """A browser for each, signed in."""
    browsers = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, user in world.people.items():
        with writes.allowed():
            browsers[role].force_login(user)
    return browsers


class Answer:
    """A response in the words of the matrix."""

    def __init__(self, response: Any, address: str, queries: list[dict[str, str]]):
        plain = (query["sql"] for query in queries if "SAVEPOINT" not in query["sql"])
        self.queries = [MANY.sub("?", VALUES.sub("?", sql)) for sql in plain]
        self.status = response.status_code
        # The choice of language gives back the address that was asked for: that is no news to who asked.
        self.body = FRESH.sub(rb"\1", response.getvalue()).replace(address.encode(), b"")
        self.to = response.headers.get("Location", "")

    def __str__(self) -> str:
        if self.status == 401 or (self.status == 302 and self.to.startswith(LOG_IN)):
            return f"sign in ({self.status})"
        if self.status < 400 or self.status in ANSWERS_OF_A_FORM:
            return "ok"
        return str(self.status)


def ask(world: World, browser: Client, row: Row, relation: str, method: str = "") -> Answer:
    """Send this row's request, and undo all that came of it, the cookies too."""
    method = method or row.method
    ids = world.ids(row.of, relation) if row.of else {}
    data = {name: world.value(text, relation) for name, text in row.data.items()}
    if row.in_data:
        data[row.in_data], ids = str(ids[row.in_data]), {}
    address = reverse(row.name, kwargs={**ids, **row.extra}) + row.query
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    headers = {"Accept": "application/json"} if row.json else {}
    # Else what was asked before counts towards the most that is remembered.
    connection.queries_log.clear()
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        if method == "GET":
            response = browser.get(address, headers=headers)
        elif method == "POST" and not row.json:
            response = browser.post(address, data, headers=headers)
        else:
            body = json.dumps({"revision": int(data.get("revision", 0)), "values": {}})
            response = browser.generic(method, address, body, content_type="application/json", headers=headers)
        transaction.set_rollback(True)
    browser.cookies = SimpleCookie(cookies)
    return Answer(response, address, asked.captured_queries)


def check(world: World, people: dict[str, Client], row: Row, *, everyone: bool = False, everything: bool = False) -> Counter[str]:
    """Ask, and hold each answer that is not the one of the matrix against the row.

    Not `everyone`: of those who get the same answer some are drawn, by the row. Not `everything`: of what does not exist for
    someone, one thing is drawn, by the row and the role. The proof asks everyone, and in full everything.
    """
    wrong: list[str] = []
    asked: Counter[str] = Counter()
    for role in ROLES if everyone else _drawn(row):
        absent = ask(world, people[role], row, NONE) if row.of else None
        for relation in _relations(world, row, role, everything=everything):
            answer = absent if relation == NONE and absent else ask(world, people[role], row, relation)
            expected = _expected(row, role, relation)
            asked[expected] += 1
            where = f"{role}, {relation}"
            if str(answer) != expected:
                wrong.append(f"{where}: {answer} ({answer.status} {answer.to}), and not {expected}")
            elif expected in {"403", "404"} and SECRET.encode() in answer.body.lower():
                wrong.append(f"{where}: the page that says no tells something of the resident")
            elif expected == "404" and absent and answer.body != absent.body:
                wrong.append(f"{where}: what is not theirs looks different from what is not there")
            # Crossed: something of one's own stands in the address too, and is found. Who sees the thing elsewhere knows it is there.
            elif expected == "404" and absent and not _knows(row, role, relation) and answer.queries != absent.queries:
                more, less = (Counter(one.queries) - Counter(other.queries) for one, other in ((answer, absent), (absent, answer)))
                wrong.append(f"{where}: what is not theirs is asked for differently: also {list(more)}, not {list(less)}")
    assert not wrong, f"{row.label}: {row.why}\n" + "\n".join(wrong)
    return asked


def _knows(row: Row, role: str, relation: str) -> bool:
    """Whether this person sees the thing, or a part of its address, at another address."""
    same = (other for other in MATRIX if other.of == row.of)
    return relation == "crossed" or any(role in {*other.may.get(relation, ()), *other.told.get(relation, ())} for other in same)


def _drawn(row: Row) -> list[str]:
    """Some of those who may, who are told no, and for whom nothing is there; of an address without an object a few of all."""
    drawn = random.Random(row.label)  # noqa: S311
    may, told = (sorted(set().union(*kind.values())) for kind in (row.may, row.told))
    rest = [role for role in ROLES if role not in {*may, *told}]
    return [role for kind in (may, told, rest) for role in drawn.sample(kind, min(DRAWN, len(kind)))]


def _relations(world: World, row: Row, role: str, *, everything: bool) -> list[str]:
    if not row.of:
        return [ANY]
    known = world.relations(row.of)
    if everything:
        return known
    hidden = [each for each in known if each != NONE and _expected(row, role, each) not in {"ok", "403"}]
    drawn = random.Random(f"{row.label} {role}").sample(hidden, min(1, len(hidden)))  # noqa: S311
    return [each for each in known if each not in hidden or each in drawn]


def _expected(row: Row, role: str, relation: str) -> str:
    if row.public:
        return "ok"
    if role == ANONYMOUS:
        return "sign in (401)" if row.json or row.method == "POST" else "sign in (302)"
    return row.expected(role, relation)


def _names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{space}{pattern.name}"


def _exempt(name: str) -> bool:
    return name.startswith(tuple(EXEMPT))


NAMES = sorted(set(_names()))
OTHER_METHODS = [
    (next(row for row in MATRIX if row.name == name), method)
    for name in NAMES
    if any(row.name == name for row in MATRIX)
    for method in METHODS
    if method not in {row.method for row in MATRIX if row.name == name}
]


def test_every_address_has_a_row_or_a_reason_to_need_none() -> None:
    rows = {row.name for row in MATRIX}
    assert [name for name in NAMES if name not in rows and not _exempt(name)] == []
    assert rows - set(NAMES) == set()
    assert [prefix for prefix, why in EXEMPT.items() if not why or not any(name.startswith(prefix) for name in NAMES)] == []


def test_every_row_says_why_and_stands_there_once() -> None:
    assert [row.label for row in MATRIX if not row.why.endswith(".")] == []
    assert [label for label, times in Counter(row.label for row in MATRIX).items() if times > 1] == []


def test_every_relation_in_the_table_is_one_of_the_world(world: World) -> None:
    for row in MATRIX:
        known = set(world.relations(row.of)) - {NONE} if row.of else {ANY}
        assert {*row.may, *row.told} <= known, row.label


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.label)
def test_everyone_gets_what_the_matrix_says(world: World, people: dict[str, Client], row: Row) -> None:
    check(world, people, row)


@pytest.mark.parametrize(
    ("row", "method"),
    [
        pytest.param(
            row,
            method,
            id=f"{method} {row.name}",
        )
        for row, method in OTHER_METHODS
    ],
)
def test_a_method_without_a_row_is_refused(world: World, people: dict[str, Client], row: Row, method: str) -> None:
    assert _answered(world, people, row, method, everything=False) == []


@pytest.mark.proof
def test_everyone_and_in_full_everything_gets_what_the_matrix_says(world: World, people: dict[str, Client]) -> None:
    asked, wrong = Counter[str](), []
    for row in MATRIX:
        try:
            asked += check(world, people, row, everyone=True, everything=FULL)
        except AssertionError as difference:
            wrong.append(str(difference))
    for row, method in OTHER_METHODS if FULL else []:
        wrong += _answered(world, people, row, method, everything=True)
        asked["method refused"] += len(ROLES) * len(_relations(world, row, "nobody", everything=True))
    print(  # noqa: T201
        f"{asked.total()} questions: {len(NAMES)} addresses ({sum(map(_exempt, NAMES))} of signing in exempt),"
        f" {len(MATRIX)} rows, {len(OTHER_METHODS)} methods without a row, {len(ROLES)} people: {dict(asked)}"
    )
    assert not wrong, "\n\n".join(wrong)


def _answered(world: World, people: dict[str, Client], row: Row, method: str, *, everything: bool) -> list[str]:
    """Who got an answer to a method that this address does not have."""
    answered = []
    # Those who may do something here say most: for them only the method is wrong.
    may = set().union(*row.may.values())
    for role in ROLES if everything else [each for each in ROLES if each in may or each in {"nobody", ANONYMOUS}]:
        relations = sorted(_relations(world, row, role, everything=True), key=lambda each: _expected(row, role, each) != "ok")
        for relation in relations if everything else relations[:1]:
            answer = ask(world, people[role], row, relation, method)
            signs_in = role == ANONYMOUS and not row.public and str(answer).startswith("sign in")
            if answer.status not in {403, 404, 405} and not signs_in:
                answered.append(f"{method} {row.name} {role}, {relation}: {answer.status}")
    return answered
