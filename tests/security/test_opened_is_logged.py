"""Whatever a page opens of what was said about people comes out of the one place that discloses, or is kept in the access log.

Text about people lies encrypted, so each thing that is read passes the same door: here someone stands beside it. This is what
holds "one place discloses" for pages that are still to be written.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform import encryption
from luisterloket.platform.acting import acting
from tests import writes

from .matrix import MATRIX, SIGNED_IN, Row
from .readers import only_in_full, readers
from .world import World

ROOT = Path(__file__).resolve().parent.parent.parent
DISCLOSURE = str(ROOT / "luisterloket" / "convenant" / "disclosure.py")
# In what no resident is known yet there is nobody whose data are looked at: one's own notes, until they are linked.
OF_NOBODY_YET = {
    "casework.intake": "a conversation is of the one who hears it, and of no resident until it is a case",
    "casework.concern": "marked in a conversation that is no case yet",
    "casework.heardthing": "marked in a conversation that is no case yet",
    "casework.shortcontact": "help of a minute, of the one who noted it until it is linked to a case",
    "platform.draft": "what someone is typing themself",
}
# Pages on which only those are read.
UNLINKED = {
    "casework:intake-story", "casework:intake-marks", "casework:intake-who", "casework:intake-conclude", "casework:intake-discard",
    "casework:intake-take-over", "casework:intake-checks", "casework:short-contacts", "casework:short-contact-amend", "today",
}  # fmt: skip
PAGES = [row for row in MATRIX if row.method == "GET" and row.may and not row.public]


class Door:
    """Notes what was decrypted outside `disclose` since the last look, and in whose template."""

    def __init__(self) -> None:
        self.opened: set[str] = set()
        self.in_templates: set[tuple[str, str]] = set()
        self._real = encryption.decrypt

    def __call__(self, sealed: bytes, bound_to: str) -> str:
        field = bound_to.rsplit(":", 1)[0]
        if not field.startswith("people."):
            self._note(field)
        return self._real(sealed, bound_to)

    def _note(self, field: str) -> None:
        frame, template, app = sys._getframe(2), False, ""
        while frame:
            file = frame.f_code.co_filename
            if file == DISCLOSURE:
                return
            template = template or file.endswith("django/template/base.py")
            if template and not app and "/views" in file and str(ROOT) in file:
                top, below, *_rest = Path(file).relative_to(ROOT).parts
                app = below if top == "luisterloket" else top
            frame = frame.f_back  # type: ignore[assignment]
        self.opened.add(field)
        if app:
            self.in_templates.add((app, field))


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    door = Door()
    monkeypatch.setattr(encryption, "decrypt", door)
    return door


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    found = {role: Client() for role in SIGNED_IN}
    for role, user in world.people.items():
        with writes.allowed():
            found[role].force_login(user)
    return found


def looks(user: Any) -> int:
    with acting(user.acting):
        return AccessLogEntry.objects.filter(actor_id=user.pk).count()


def answers(
    world: World, browsers: dict[str, Client], row: Row, door: Door, *, everyone: bool = False
) -> Iterator[tuple[str, set[str], int]]:
    """Per person who is asked: what was opened outside `disclose`, and how many looks were kept."""
    for relation, role in readers(row, everyone=everyone):
        ids = dict(world.ids(row.of, relation)) if row.of else {}
        data = {row.in_data: str(ids.pop(row.in_data))} if row.in_data else {}
        address = reverse(row.name, kwargs={**ids, **row.extra}) + row.query
        before = looks(world.people[role])
        door.opened = set()
        with transaction.atomic():
            browsers[role].get(address, data, headers={"Accept": "application/json"} if row.json else {})
            kept = looks(world.people[role]) - before
            transaction.set_rollback(True)
        yield role, door.opened, kept


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.label)
def test_what_a_page_opens_was_disclosed_or_is_in_the_log(world: World, browsers: dict[str, Client], row: Row, door: Door) -> None:
    check(world, browsers, row, door)


@pytest.mark.proof
@only_in_full
def test_what_any_page_opens_for_anyone_was_disclosed_or_is_in_the_log(
    world: World, browsers: dict[str, Client], door: Door
) -> None:
    for row in PAGES:
        check(world, browsers, row, door, everyone=True)


def check(world: World, browsers: dict[str, Client], row: Row, door: Door, *, everyone: bool = False) -> None:
    wrong = defaultdict(set)
    for role, opened, kept in answers(world, browsers, row, door, everyone=everyone):
        if row.name in UNLINKED:
            opened = {field for field in opened if field.rpartition(".")[0] not in OF_NOBODY_YET}
        if opened and not kept:
            wrong[role] = opened
    assert not wrong, f"{row.name} shows what it did not get from disclose(), and nobody can see later that it was read"
    foreign = {(app, field) for app, field in door.in_templates if field.partition(".")[0] != app}
    assert not foreign, "a template of one app reads a model of another"


def test_the_door_sees_who_goes_around(world: World, browsers: dict[str, Client], door: Door, monkeypatch: Any) -> None:
    """Without its log the page of a case would be caught."""
    from casework import conference_disclosures
    from casework.views import conferences

    row = next(row for row in PAGES if row.name == "casework:conference-record")
    assert all(kept for _role, _opened, kept in answers(world, browsers, row, door))
    monkeypatch.setattr(conferences, "keep_look", lambda *details: None)
    assert any(opened and not kept for _role, opened, kept in answers(world, browsers, row, door))
    assert conference_disclosures.keep_look is not conferences.keep_look
