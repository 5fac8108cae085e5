"""What a desk's own system reads and does: the same as its people, with the same looks kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice import actions
from backoffice.models import SpecialistRequest
from backoffice.request_page import request_at_desk
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.backoffice import scene
from tests.city import TestCity

from .scene import HANDLES, READS, System

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(city: TestCity) -> System:
    return System(city)


def looks(city: TestCity, system: System) -> list[AccessLogEntry]:
    with acting(city.daan.acting):
        return list(AccessLogEntry.objects.filter(actor_id=system.user.pk).order_by("at"))


def test_the_list_is_that_of_the_desk_and_keeps_who_was_in_it(city, system):
    request = scene.sent(city)
    elsewhere = scene.sent(city, to="inkomen")
    answer = system.get("/verzoeken")
    assert answer.status_code == 200
    assert [one["id"] for one in answer.json()["verzoeken"]] == [str(request.pk)]
    assert str(elsewhere.pk) not in answer.content.decode()
    (look,) = looks(city, system)
    assert (look.what, look.categories, set(look.subjects)) == ("queue", ["known"], set(scene.now_of(request, city.marit).subjects))


def test_one_request_is_opened_as_on_its_page_and_the_look_is_kept(city, system):
    request = scene.sent(city)
    answer = system.get(f"/verzoeken/{request.pk}").json()
    assert answer["vraag"] == "Kan zij in de opvang?"
    assert answer["status"] == "verzonden"
    assert answer["verzondenOp"].endswith("Z")
    assert {item["categorie"] for item in answer["meegestuurd"]} == {item.category for item in scene_items(city, request)}
    assert scene.now_of(request, city.marit).opened_at is not None
    (look,) = looks(city, system)
    assert look.what == "request"
    assert look.client == "program"


def scene_items(city: TestCity, request: SpecialistRequest) -> Any:
    with acting(city.joost.acting), writes.allowed():
        return request_at_desk(request, city.joost, None).items


def test_the_whole_loop_of_a_desk(city, system):
    request = scene.sent(city)
    at = f"/verzoeken/{request.pk}"
    taken = system.post(f"{at}/_oppakken")
    assert (taken.status_code, taken.json()["status"], taken.json()["zelfOpgepakt"]) == (200, "opgepakt", True)
    asked = system.post(f"{at}/_terugvragen", {"tekst": "Hoe oud zijn de kinderen?"})
    assert asked.json()["status"] == "wachtOpLoket"
    assert [each["van"] for each in asked.json()["berichten"]] == ["bureau"]
    actions.reply_to_desk(actor=city.marit, request=scene.now_of(request, city.marit), text="Twee en vier.")
    done = system.post(f"{at}/_beantwoorden", {"resultaat": "toegekend", "antwoord": "Er is plek."})
    assert done.json()["antwoord"] == {"resultaat": "toegekend", "tekst": "Er is plek.", "vervolgstap": "", "grond": ""}
    with acting(city.marit.acting):
        verbs = (
            HistoryEntry.objects.filter(thing_id=request.pk, actor_id=system.user.pk).order_by("at").values_list("verb", flat=True)
        )
        assert list(verbs) == ["request.taken_up", "request.opened", "request.asked_back", "request.answered"]


def test_the_same_key_has_one_effect(city, system):
    request = scene.taken_up(city)
    at = f"/verzoeken/{request.pk}/_terugvragen"
    first = system.post(at, {"tekst": "Hoe oud zijn de kinderen?"}, key="zaak-12-vraag")
    again = system.post(at, {"tekst": "Hoe oud zijn de kinderen?"}, key="zaak-12-vraag")
    other = system.post(at, {"tekst": "Iets heel anders?"}, key="zaak-12-vraag")
    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert len(again.json()["berichten"]) == 1


def test_the_key_of_one_system_is_not_that_of_another(city, system):
    other = System(city, "schuldhulp", name="Ander systeem")
    mine, theirs = scene.sent(city), scene.sent(city, to="schuldhulp")
    assert system.post(f"/verzoeken/{mine.pk}/_oppakken", key="1").status_code == 200
    assert other.post(f"/verzoeken/{theirs.pk}/_oppakken", key="1").status_code == 200


def test_all_that_is_wrong_is_told_at_once(city, system):
    request = scene.taken_up(city)
    answer = system.post(f"/verzoeken/{request.pk}/_beantwoorden", {"resultaat": "misschien", "tekst": 3}, key=None)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    found = {(each["in"], each["location"]) for each in answer.json()["errors"]}
    assert found == {("body", "resultaat"), ("body", "antwoord"), ("body", "tekst"), ("header", "Idempotency-Key")}


def test_a_refusal_needs_what_the_resident_can_do(city, system):
    request = scene.taken_up(city)
    answer = system.post(f"/verzoeken/{request.pk}/_beantwoorden", {"resultaat": "afgewezen", "antwoord": "Er is geen plek."})
    assert [each["location"] for each in answer.json()["errors"]] == ["vervolgstap", "grond"]


def test_what_the_state_does_not_allow_is_a_conflict(city, system):
    request = scene.taken_up(city)
    answer = system.post(f"/verzoeken/{request.pk}/_oppakken")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


def test_an_empty_answer_of_spaces_is_refused_by_the_rules_of_the_desk(city, system):
    request = scene.taken_up(city)
    answer = system.post(f"/verzoeken/{request.pk}/_terugvragen", {"tekst": "   "})
    assert (answer.status_code, answer.json()["errors"][0]["location"]) == (400, "tekst")


@pytest.mark.parametrize("path", ["", "/_oppakken", "/_terugvragen", "/_beantwoorden"])
def test_what_is_of_another_desk_is_what_does_not_exist(city, system, path):
    theirs = scene.sent(city, to="inkomen")
    withdrawn = scene.withdrawn(city)
    method = system.post if path else system.get
    answers = [method(f"/verzoeken/{pk}{path}") for pk in (theirs.pk, withdrawn.pk, "00000000-0000-4000-8000-000000000000")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert looks(city, system) == []


def test_a_scope_that_is_missing_is_told_before_anything_is_looked_up(city):
    reader, doer = System(city, scopes=(READS,), name="Lezer"), System(city, scopes=(HANDLES,), name="Doener")
    request = scene.sent(city)
    for answer in (
        reader.post(f"/verzoeken/{request.pk}/_oppakken"), doer.get("/verzoeken"), doer.get(f"/verzoeken/{request.pk}"),
    ):  # fmt: skip
        assert (answer.status_code, answer.json()["status"]) == (403, 403)
    assert looks(city, reader) == looks(city, doer) == []


def test_a_token_that_may_only_handle_gets_nothing_of_what_the_request_says(city):
    doer = System(city, scopes=(HANDLES,), name="Doener")
    request = scene.sent(city)
    answer = doer.post(f"/verzoeken/{request.pk}/_oppakken")
    assert (answer.status_code, answer.json()["status"]) == (200, "opgepakt")
    assert (answer.json()["vraag"], answer.json()["meegestuurd"], answer.json()["berichten"]) == (None, [], [])
    assert "Kan zij in de opvang" not in answer.content.decode()
    assert looks(city, doer) == []


def test_pages_go_on_where_the_last_one_ended(city, system):
    case = scene.a_case(city)
    sent = [scene.sent(city, case) for _number in range(5)]
    seen, cursor = [], ""
    for _page in range(3):
        answer = system.get(f"/verzoeken?aantal=2&cursor={cursor}" if cursor else "/verzoeken?aantal=2").json()
        seen += [one["id"] for one in answer["verzoeken"]]
        cursor = answer["volgende"]
    assert (seen, cursor) == ([str(one.pk) for one in sent], None)


def test_filters_say_what_is_asked_and_what_is_wrong_with_it(city, system):
    sent, taken = scene.sent(city), scene.taken_up(city, urgency="today")
    ids = lambda query: [one["id"] for one in system.get(f"/verzoeken?{query}").json()["verzoeken"]]  # noqa: E731
    assert ids("status=opgepakt") == ids("spoed=vandaag") == [str(taken.pk)]
    assert ids("status=verzonden") == [str(sent.pk)]
    assert ids("alleenEigen=true") == []
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert ids(f"verzondenNa={later}") == []
    wrong = system.get("/verzoeken?status=zoek&aantal=0&cursor=x&wat=1")
    assert {each["location"] for each in wrong.json()["errors"]} == {"status", "aantal", "wat"}
    assert system.get("/verzoeken?cursor=x").json()["errors"][0]["location"] == "cursor"


def test_of_a_request_whose_ground_ended_the_system_reads_that_and_no_more(city, system):
    request = scene.ground_ended(city)
    answer = system.get(f"/verzoeken/{request.pk}")
    assert (answer.json()["status"], answer.json()["vraag"], answer.json()["meegestuurd"]) == ("grondVervallen", None, [])
    assert "Slaapplek" not in answer.content.decode()


def test_after_closing_the_desk_keeps_its_question_and_answer(city, system):
    request = scene.closed(city)
    answer = system.get(f"/verzoeken/{request.pk}").json()
    assert (answer["status"], answer["antwoord"]["tekst"], answer["meegestuurd"]) == ("afgerond", "Er is plek.", [])
