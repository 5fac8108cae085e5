"""The ground of the API: who gets in, what an error looks like, what every answer carries."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from backoffice.api import words
from backoffice.models import Clock, SpecialistRequest, Urgency
from luisterloket.connections import actions
from luisterloket.connections.api import VERSION
from luisterloket.connections.api.schema import description
from luisterloket.connections.models import ApiToken
from tests import writes
from tests.backoffice import scene
from tests.city import TestCity

from .scene import System

pytestmark = pytest.mark.django_db
DESCRIPTION = Path(settings.BASE_DIR) / "docs" / "api" / "openapi.json"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def system(city: TestCity) -> System:
    return System(city)


def expire(city: TestCity, system: System) -> None:
    with writes.allowed():
        now = timezone.now()
        ApiToken.objects.filter(pk=system.token.pk).update(issued_at=now - timedelta(days=2), expires_at=now - timedelta(days=1))


def revoke(city: TestCity, system: System) -> None:
    actions.revoke_token(actor=city.ilse, token=system.token)


def end(city: TestCity, system: System) -> None:
    actions.end_connection(actor=city.olga, connection=system.connection)


def forget(city: TestCity, system: System) -> None:
    system.secret = "llk_nothing-that-was-ever-issued-here"


def garble(city: TestCity, system: System) -> None:
    system.secret = "a b\tc"


@pytest.mark.parametrize("spoil", [expire, revoke, end, forget, garble])
def test_what_is_no_token_any_more_gets_one_and_the_same_answer(city, system, spoil):
    assert system.get("/verzoeken").status_code == 200
    nothing = Client().get("/api/v1/verzoeken")
    spoil(city, system)
    answer = system.get("/verzoeken")
    assert (answer.status_code, answer["WWW-Authenticate"], answer["Content-Type"]) == (401, "Bearer", "application/problem+json")
    assert answer.content == nothing.content


def test_a_session_of_a_page_is_worth_nothing(city, sign_in):
    assert sign_in(city.joost).get("/api/v1/verzoeken").status_code == 401


def test_a_system_signs_in_on_no_page(city, system):
    client = Client()
    with writes.allowed():
        client.force_login(system.user, backend="luisterloket.people.backends.EmailBackend")
    assert client.get("/vandaag/").status_code == 302


def test_of_the_secret_only_a_hash_is_kept(city, system):
    token = ApiToken.objects.get(pk=system.token.pk)
    assert system.secret not in json.dumps({name: str(value) for name, value in vars(token).items()})
    assert token.hint == system.secret[-4:]


def test_that_a_token_is_used_is_noted(city, system):
    system.get("/verzoeken")
    assert ApiToken.objects.get(pk=system.token.pk).last_used_at is not None


def test_every_answer_carries_the_version_and_the_headers_of_security(city, system):
    answers = [
        system.get("/verzoeken"), system.get("/bestaat-niet"), Client().get("/api/v1/openapi.json"), Client().get("/api/v2/iets"),
        system.post("/verzoeken"), Client().get("/api/v1/verzoeken"),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [200, 404, 200, 404, 405, 401]
    for answer in answers:
        assert answer["API-Version"] == VERSION
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
        assert answer["Strict-Transport-Security"]
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert {"status", "title", "detail"} <= set(answer.json())


def test_what_goes_wrong_with_us_is_a_problem_too(city, system, monkeypatch):
    monkeypatch.setattr("backoffice.api.views.requests_of", lambda *_args: 1 / 0)
    answer = system.get("/verzoeken")
    assert (answer.status_code, answer["Content-Type"], answer["API-Version"]) == (500, "application/problem+json", VERSION)


@pytest.mark.parametrize(
    ("status", "details"),
    [
        (406, {"Accept": "text/html"}),
        (415, {"Content-Type": "application/x-www-form-urlencoded"}),
        (400, {"body": "{nee"}),
        (400, {"body": "[]"}),
    ],
)
def test_another_form_than_json_is_refused(city, system, status, details):
    request = scene.taken_up(city)
    body = details.pop("body", "{}")
    kind = details.pop("Content-Type", "application/json")
    headers = {"Authorization": f"Bearer {system.secret}", "Idempotency-Key": "1", **details}
    answer = system.client.post(f"/api/v1/verzoeken/{request.pk}/_terugvragen", body, content_type=kind, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_method_that_is_not_there_names_those_that_are(city, system):
    answer = system.client.delete("/api/v1/verzoeken", headers={"Authorization": f"Bearer {system.secret}"})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_a_token_asks_so_often_and_no_more(city, system, settings):
    settings.API_RATE = 2
    answers = [system.get("/verzoeken") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["RateLimit-Remaining"] == "1"
    assert int(answers[2]["Retry-After"]) > 0


def test_who_guesses_tokens_is_stopped(city, settings):
    settings.API_WRONG_TOKENS = 2
    headers = {"Authorization": "Bearer llk_nothing-that-was-ever-issued"}
    assert [Client().get("/api/v1/verzoeken", headers=headers).status_code for _time in range(3)] == [401, 401, 429]


def test_the_description_is_for_everyone_and_the_copy_is_current():
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    assert answer.json()["info"]["version"] == VERSION
    assert DESCRIPTION.read_text() == description(), "make it anew: manage.py describe_api"


def test_the_rest_is_for_no_page_of_another(city, system):
    assert "Access-Control-Allow-Origin" not in system.get("/verzoeken", Origin="https://elders.example").headers


@pytest.mark.parametrize(
    ("named", "there"),
    [
        (words.STATUSES, SpecialistRequest.Status),
        (words.RESULTS, SpecialistRequest.Result),
        (words.URGENCIES, Urgency),
        (words.CLOCKS, Clock),
    ],
)
def test_every_state_has_a_word_in_the_interface(named: dict[str, Any], there: Any) -> None:
    assert set(named.values()) == set(there)
