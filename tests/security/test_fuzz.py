"""Whoever changes ids, values and methods by hand gets no error page, and never a word about someone who is not theirs."""

import io
import json
import os
import random
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import writes

from .matrix import ANONYMOUS, MATRIX, SIGNED_IN, Row
from .world import RELATIONS, SECRET, World

FULL = os.environ.get("PROOF") == "full"
METHODS = ("GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
# Whose cases a role may read something of; for everyone else not one word of anyone is there.
READS = {
    "wijkwerker": {"mine"}, "coordinator": {"mine"}, "buddy": {"mine"}, "specialist": {"mine", "routed"}, "desk_lead": {"routed"},
    "participant": {"mine"}, "reporter": {"mine"},
    # What residents ask about their data, and their cases while it is in hand.
    "rights_handler": set(RELATIONS),
}  # fmt: skip
# Of the whole wijk, whoever has it in hand.
OF_THE_WIJK = {"early sign"}
NASTY: list[str] = [
    "", " ", "0", "-1", "99999999999999999999", "1e309", "NaN", "\u0000", "\ud7ff", "' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd",
    "{{7*7}}", "%s%n", "null", "true", "[]", "{}", "2026-02-30", "0000-00-00", "é" * 3000, "mine,other", "\r\nSet-Cookie: a=b", str(UUID(int=0)),
]  # fmt: skip
NAMES = (
    "q",
    "after",
    "before",
    "page",
    "filter",
    "form",
    "desk",
    "case",
    "next",
    "revision",
    "command_key",
    "reason",
    "text",
    "name",
    "on",
    "who",
)


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    found = {role: Client(raise_request_exception=False) for role in (*sorted(SIGNED_IN), ANONYMOUS)}
    for role, user in world.people.items():
        with writes.allowed():
            found[role].force_login(user)
    return found


def known_ids(world: World) -> list[Any]:
    """Every id of anything that is there."""
    return sorted({value for things in world.things.values() for ids in things.values() for value in ids.values()}, key=str)


class Fuzz:
    """One address, asked in a way that no page of ours asks."""

    def __init__(self, world: World, ids: list[Any], row: Row, drawn: random.Random):
        self.world, self.ids, self.row, self.drawn = world, ids, row, drawn

    def address(self) -> str:
        given = self.world.ids(self.row.of, self.drawn.choice(self.world.relations(self.row.of))) if self.row.of else {}
        wanted = {name: value for name, value in given.items() if name != self.row.in_data}
        kwargs = {name: self._id(value) if self.drawn.random() < 0.4 else value for name, value in wanted.items()}
        return reverse(self.row.name, kwargs={**kwargs, **self.row.extra})

    def _id(self, value: Any) -> Any:
        same = [each for each in self.ids if type(each) is type(value)]
        never: list[Any] = [uuid4()] if isinstance(value, UUID) else [0, 2**31] if isinstance(value, int) else []
        return self.drawn.choice([*same, *never])

    def values(self) -> dict[str, str]:
        names = self.drawn.sample([*NAMES, *self.row.data], k=self.drawn.randint(0, 5))
        return {name: str(self.drawn.choice([*NASTY, *self.ids])) for name in names}

    def send(self, browser: Client) -> tuple[str, Any]:
        method = self.drawn.choice(METHODS)
        query = "&".join(f"{name}={self.drawn.randint(0, 9)}" for name in self.values())
        address = f"{self.address()}?{query}"
        headers = self.drawn.choice([{}, {"HX-Request": "true"}, {"Accept": "application/json"}])
        if method == "GET":
            return f"GET {address}", browser.get(address, self.values(), headers=headers)
        if method == "POST" and self.drawn.random() < 0.7:
            files = {"files": io.BytesIO(b"%PDF-1.7 \x00")} if self.drawn.random() < 0.2 else {}
            return f"POST {address}", browser.post(address, {**self.row.data, **self.values(), **files}, headers=headers)
        body = self.drawn.choice([json.dumps(self.values()), "[", "null", "\x00", "a=1&a=2"])
        kind = self.drawn.choice(["application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data"])
        return f"{method} {address}", browser.generic(method, address, body, content_type=kind, headers=headers)


def wrong_with(world: World, browsers: dict[str, Client], row: Row, role: str, fuzz: Fuzz) -> str:
    of_the_wijk = {"team"} if row.of in OF_THE_WIJK and role in {"wijkwerker", "coordinator"} else set()
    unread = set(RELATIONS) - READS.get(role, set()) - of_the_wijk
    # Without any of the four left over nothing is hidden; else their names and words end in which one it is.
    hidden = re.compile(rf"{SECRET} (?:{'|'.join(unread)})" if role in READS and unread else "(?!)" if role in READS else SECRET)
    with transaction.atomic():
        asked, response = fuzz.send(browsers[role])
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    if response.status_code >= 500:
        return f"{role}: {response.status_code} at {asked}"
    told = hidden.search(body.decode(errors="replace").lower())
    return f"{role}: reads {told.group()} at {asked}" if told else ""


def rounds(world: World, browsers: dict[str, Client], rows: list[Row], roles_each: int, times: int) -> tuple[list[str], int]:
    ids, found, count = known_ids(world), [], 0
    for row in rows:
        drawn = random.Random(row.label)  # noqa: S311
        for role in drawn.sample(sorted(browsers), min(roles_each, len(browsers))):
            for _time in range(times):
                count += 1
                with writes.allowed():
                    found.append(wrong_with(world, browsers, row, role, Fuzz(world, ids, row, drawn)))
    return [one for one in found if one], count


def test_by_hand_nobody_gets_further(world: World, browsers: dict[str, Client]) -> None:
    rows = random.Random("fuzz").sample(MATRIX, 60)  # noqa: S311
    found, _count = rounds(world, browsers, rows, 2, 1)
    assert found == []


@pytest.mark.proof
def test_by_hand_nobody_gets_further_at_any_address(world: World, browsers: dict[str, Client]) -> None:
    found, count = rounds(world, browsers, MATRIX, len(browsers) if FULL else 3, 20 if FULL else 2)
    print(f"{count} requests by hand at {len(MATRIX)} rows")  # noqa: T201
    assert found == []
