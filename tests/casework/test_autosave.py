"""What is typed is saved by compare-and-set: who saves an older text is shown the newer one."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from casework import actions
from casework.models import Intake
from luisterloket.platform.acting import acting
from tests.casework.heard import an_intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(city):
    return an_intake(city.marit, city.unit("schilderswijk"))


@pytest.fixture
def save(sign_in, city, intake):
    client = sign_in(city.marit)

    def patch(body, pk=None):
        body = body if isinstance(body, str) else json.dumps(body)
        return client.patch(reverse("casework:intake-sheet", args=[pk or intake.pk]), body, content_type="application/json")

    return patch


def now(city, intake):
    with acting(city.marit.acting):
        return Intake.objects.get(pk=intake.pk)


def test_typing_is_saved_and_the_next_revision_given(city, intake, save):
    answer = save({"revision": 1, "values": {"own_words": "Meer", "quote": "Nog meer"}})
    assert answer.status_code == 200
    assert answer.json()["revision"] == 2
    assert now(city, intake).own_words == "Meer"


def test_an_older_revision_gets_the_other_text_and_overwrites_nothing(city, intake, save):
    save({"revision": 1, "values": {"own_words": "Van de een"}})
    answer = save({"revision": 1, "values": {"own_words": "Van de ander", "member-0-name": "Sofia"}})
    assert answer.status_code == 409
    assert answer.json() == {"revision": 2, "values": {"own_words": "Van de een", "member-0-name": ""}}
    assert now(city, intake).own_words == "Van de een"


def test_the_household_is_saved_by_its_rows(city, intake, save):
    rows = {
        "member-0-name": "Ilyas",
        "member-0-part": "child",
        "member-0-born": "2022",
        "member-1-name": "",
        "member-1-part": "child",
    }
    assert save({"revision": 1, "values": rows}).status_code == 200
    with acting(city.marit.acting):
        assert [person.name for person in actions.household_of(Intake.objects.get(pk=intake.pk))] == ["Ilyas"]


@pytest.mark.parametrize("name", ["status", "unit_id", "held_by_id", "case_id", "revision", "household", "id", "__class__"])
def test_nothing_but_the_sheet_can_be_written(city, intake, save, name):
    before = now(city, intake)
    assert save({"revision": 1, "values": {name: str(uuid4())}}).status_code == 200
    after = now(city, intake)
    assert (after.status, after.unit_id, after.held_by_id, after.household) == (
        before.status,
        before.unit_id,
        before.held_by_id,
        "",
    )


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "1",
        "null",
        {},
        {"revision": 1},
        {"values": {}},
        {"revision": "1", "values": {}},
        {"revision": True, "values": {}},
        {"revision": 1, "values": []},
        {"revision": 1, "values": {"own_words": None}},
        {"revision": 1, "values": {"own_words": ["x"]}},
        {"revision": 1, "values": {"language": "x" * 51}},
        {"revision": 1, "values": {"own_words": "x" * 200_001}},
        {"revision": None, "values": {}},
        {"revision": 1.0, "values": {}},
    ],
)
def test_what_is_no_sheet_is_refused(city, intake, save, body):
    assert save(body).status_code == 400
    assert now(city, intake).revision == 1


def test_what_is_far_too_big_is_not_even_read(city, intake, save):
    assert save({"revision": 1, "values": {"own_words": "x" * (3 * 1024 * 1024)}}).status_code == 413
    assert now(city, intake).revision == 1


def test_a_text_with_a_nul_is_refused_or_kept_but_never_breaks(city, intake, save):
    assert save({"revision": 1, "values": {"own_words": "a\x00b", "language": "a\x00b"}}).status_code in {200, 400}


@pytest.mark.parametrize("name", ["bram", "hakan", "noor", "fatna", "joost", "daan"])
def test_a_sheet_of_another_is_not_there(city, sign_in, intake, name):
    client = sign_in(getattr(city, name))
    body = json.dumps({"revision": 1, "values": {"own_words": "Overschreven"}})
    address = reverse("casework:intake-sheet", args=[intake.pk])
    assert client.patch(address, body, content_type="application/json").status_code == 404
    assert now(city, intake).own_words == "Wij slapen vannacht nergens."


def test_who_is_signed_out_is_told_so(client, intake):
    answer = client.patch(
        reverse("casework:intake-sheet", args=[intake.pk]),
        "{}",
        content_type="application/json",
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 401


def test_a_sheet_that_has_become_a_case_takes_nothing_more(city, intake, save):
    actions.conclude_intake(actor=city.marit, intake=intake)
    assert save({"revision": 1, "values": {"own_words": "Te laat"}}).status_code == 400
    assert now(city, intake).own_words == "Wij slapen vannacht nergens."
