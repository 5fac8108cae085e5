"""An identity number that was written down stands on no page, in no paper and in no address, for anyone, before or after."""

import io
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from casework import search_keys
from casework.models import IdentityNumber
from luisterloket.platform.acting import acting
from tests import writes
from tests.convenant.numbers import NUMBER

from .matrix import MATRIX, SIGNED_IN, Row
from .readers import only_in_full, readers
from .world import World

# As digits, in groups, and as it is kept to be found by.
LEAKS = re.compile(
    rb"[\s.-]?".join(NUMBER.encode()[at : at + 1] for at in range(9)) + b"|" + search_keys.number_key(NUMBER).encode()
)
PAGES = [row for row in MATRIX if row.method == "GET"]


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    found = {role: Client() for role in SIGNED_IN}
    for role, user in world.people.items():
        with writes.allowed():
            found[role].force_login(user)
    return found


def text_of(response: Any) -> bytes:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/pdf":
        body = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
    return body + str(dict(response.headers)).encode()


def test_the_number_is_there_to_leak(world: World, browsers: dict[str, Client]) -> None:
    ids = world.ids("case person", "mine")
    with acting(world.people["wijkwerker"].acting):
        assert IdentityNumber.objects.get(resident=ids["resident"]).number == NUMBER
    with transaction.atomic():
        shown = browsers["wijkwerker"].post(reverse("casework:case-person-number", kwargs=ids))
        transaction.set_rollback(True)
    assert LEAKS.search(text_of(shown))
    assert LEAKS.search(b"9999 90 019")


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.label)
def test_no_page_shows_the_number_to_anyone_who_may_read_it(world: World, browsers: dict[str, Client], row: Row) -> None:
    check(world, browsers, row)


@pytest.mark.proof
@only_in_full
def test_no_page_shows_the_number_to_anyone_at_all(world: World, browsers: dict[str, Client]) -> None:
    for row in PAGES:
        check(world, browsers, row, everyone=True)


def check(world: World, browsers: dict[str, Client], row: Row, *, everyone: bool = False) -> None:
    """A page that also is a form is asked as a page; who may not read it gets a page of `test_access`."""
    for relation, role in readers(row, everyone=everyone):
        ids = dict(world.ids(row.of, relation)) if row.of else {}
        data = {row.in_data: str(ids.pop(row.in_data))} if row.in_data else {}
        with transaction.atomic():
            address = reverse(row.name, kwargs={**ids, **row.extra}) + row.query
            response = browsers[role].get(address, data, headers={"Accept": "application/json"} if row.json else {})
            transaction.set_rollback(True)
        leak = LEAKS.search(text_of(response))
        assert not leak, f"{role} reads it at {row.name} ({relation})"


def test_what_was_found_and_what_goes_to_a_desk_do_not_hold_it(world: World, browsers: dict[str, Client]) -> None:
    pk = world.ids("case", "mine")["pk"]
    with transaction.atomic():
        by_name = browsers["wijkwerker"].post(reverse("casework:residents"), {"q": "zilverberk"})
        part = browsers["wijkwerker"].post(reverse("casework:residents"), {"q": NUMBER}, headers={"HX-Request": "true"})
        transaction.set_rollback(True)
    assert by_name.context["found"].count
    assert part.context["found"].count
    assert not LEAKS.search(text_of(by_name))
    assert not LEAKS.search(text_of(part))
    desks = [str(world.ids("desk", relation)["pk"]) for relation in ("mine", "other")]
    for desk in desks:
        with transaction.atomic():
            choice = browsers["wijkwerker"].get(reverse("backoffice:request-new", args=[pk]), {"desk": desk})
            transaction.set_rollback(True)
        assert not LEAKS.search(text_of(choice))
        assert "bsn" not in {line.item.category for line in choice.context["page"].lines}
