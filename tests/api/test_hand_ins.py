"""A partner's system hands residents in and hears of them what its people would hear, and no more."""

import pytest

from backoffice import actions
from backoffice.models import HandIn
from luisterloket.platform.acting import acting
from tests.backoffice import handing_in, scene

from .scene import System

pytestmark = pytest.mark.django_db
SCOPES = ("overdrachten:lezen", "overdrachten:indienen")
SAID = {
    "soort": "betalingsachterstand", "categorie": "finances", "naam": "Rachida Amrani", "adres": "Hoefkade 12",
    "toelichting": "Drie rekeningen niet betaald.", "inwonerWeet": "weetHetNiet", "partner": "drinkwater",
    "bedragInCenten": 23140, "kenmerk": "BRON-42",
}  # fmt: skip


@pytest.fixture
def bron(city):
    return System(city, "bron", SCOPES, name="Incassosysteem De Bron")


def said(city, **details):
    return {**SAID, "loketId": str(city.unit("schilderswijk").pk), **details}


def test_a_resident_is_handed_in_once_and_the_sender_hears_what_becomes_of_it(city, bron):
    first = bron.post("/overdrachten", said(city), key="BRON-42")
    again = bron.post("/overdrachten", said(city), key="BRON-42")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert (first.json()["status"], first.json()["kenmerk"]) == ("ingediend", "BRON-42")
    found = handing_in.now_of(HandIn(pk=first.json()["id"]), city.sanne)
    actions.send_back_hand_in(actor=city.marit, hand_in=found, reason="other_wijk", words="Woont in Laak.")
    answer = bron.get(f"/overdrachten/{found.pk}").json()
    assert (answer["status"], answer["teruggestuurdWegens"]) == ("teruggestuurd", "andereWijk")
    assert [one["id"] for one in bron.get("/overdrachten").json()["overdrachten"]] == [str(found.pk)]


def test_no_answer_tells_whether_the_loket_knew_the_resident(city, bron):
    scene.a_case(city)
    known, unknown = bron.post("/overdrachten", said(city)), bron.post("/overdrachten", said(city, naam="Niemand Bekend"))
    without = lambda answer: {  # noqa: E731
        name: value for name, value in answer.json().items() if name not in {"id", "ingediendOp"}
    }
    assert without(known) == without(unknown)
    assert "Rachida" not in known.content.decode()


def test_where_and_of_what_one_may_hand_in(city, bron):
    answer = bron.get("/loketten").json()
    assert str(city.unit("schilderswijk").pk) in {one["id"] for one in answer["loketten"]}
    assert "finances" in answer["categorieen"]


@pytest.mark.parametrize(
    ("details", "location"),
    [
        ({"loketId": "00000000-0000-4000-8000-000000000000"}, "loketId"),
        ({"categorie": "health"}, "categorie"),
        ({"adres": ""}, "telefoon"),
        ({"partner": None}, "partner"),
        ({"signaaldatum": "2999-01-01"}, "signaaldatum"),
        ({"bedragInCenten": "23140"}, "bedragInCenten"),
    ],
)
def test_what_is_wrong_is_told_at_its_property(city, bron, details, location):
    answer = bron.post("/overdrachten", said(city, **details))
    assert (answer.status_code, [each["location"] for each in answer.json()["errors"]]) == (400, [location])


def test_what_another_handed_in_does_not_exist(city, bron):
    theirs = handing_in.handed_in(city)
    absent = "00000000-0000-4000-8000-000000000000"
    for answers in (
        [bron.get(f"/overdrachten/{pk}") for pk in (theirs.pk, absent)],
        [bron.post(f"/overdrachten/{pk}/_intrekken") for pk in (theirs.pk, absent)],
    ):
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert bron.get("/overdrachten").json()["overdrachten"] == []
    assert bron.get("/verzoeken").status_code == 403


def test_it_is_taken_back_as_long_as_nobody_answered(city, bron):
    pk = bron.post("/overdrachten", said(city)).json()["id"]
    assert bron.post(f"/overdrachten/{pk}/_intrekken").json()["status"] == "ingetrokken"
    assert bron.post(f"/overdrachten/{pk}/_intrekken").status_code == 409
    with acting(city.sanne.acting):
        assert HandIn.objects.get(pk=pk).sent_by == bron.user
