"""The API does what its description says: asked with everything the description allows, and with what it does not, by real tokens.

Sampled here; the proof asks far more, for the desks of three organisations.
"""

import os
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from luisterloket.people.models import Unit
from luisterloket.wsgi import application
from tests.backoffice import handing_in, scene
from tests.city import TestCity

from .scene import System

pytestmark = pytest.mark.django_db
FULL = os.environ.get("PROOF") == "full"
SAMPLED, FOR_PROOF, IN_FULL = 4, 40, 400


@pytest.fixture
def api(city: TestCity, settings: Any) -> Any:
    cache.clear()
    settings.API_RATE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    # All of this is one test, on the connection of the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def a_desk(city: TestCity, key: str) -> tuple[System, list[str]]:
    """The system of a desk, and requests of that desk in the states from which something can be done."""
    system, case = System(city, key), scene.a_case(city)
    asked = [scene.sent(city, case, to=key, title=f"Vraag {number}") for number in range(2)]
    if key == "wonen":
        asked += [scene.taken_up(city, case=case), scene.answered(city, case=case)]
    return system, [str(one.pk) for one in asked]


def a_sender(city: TestCity) -> tuple[System, list[str]]:
    """The system of an organisation that hands in, and what it handed in."""
    system = System(city, "bron", ("overdrachten:lezen", "overdrachten:indienen"), name="Incassosysteem")
    return system, [str(handing_in.arrears(city, name=f"Persoon {number}").pk) for number in range(2)]


def ask_everything(api: Any, system: System, ids: list[str], most: int) -> int:
    """Ask every operation `most` times in each way; how many answers were looked at."""
    asked = []
    for found in api.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _ask(found.ok(), mode, system, ids, most, asked)
    return len(asked)


def _ask(operation: Any, mode: GenerationMode, system: System, ids: list[str], most: int, asked: list[str]) -> None:
    @seed(20261126)
    @hypothesis_settings(
        max_examples=most, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), pk=st.sampled_from(ids))
    def run(case: Any, pk: str) -> None:
        if mode == GenerationMode.POSITIVE:
            _as_can_not_be_described(case, pk)
        with transaction.atomic():
            case.call_and_validate(headers={"Authorization": f"Bearer {system.secret}"})
            transaction.set_rollback(True)
        asked.append(case.operation.label)

    run()


def _as_can_not_be_described(case: Any, pk: str) -> None:
    """An id is one that is there, a cursor is one of ours, and a refusal has a ground and a next step (each has a test of its own)."""
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = pk
    (case.query or {}).pop("cursor", None)
    if isinstance(case.body, dict) and "loketId" in case.body:
        case.body |= {"loketId": str(Unit.objects.get(name="Luisterloket Schilderswijk").pk), "categorie": "finances"}
        case.body |= {"telefoon": "06 00 00 45 12", "partner": "drinkwater", "signaaldatum": "2026-01-31"}
    if isinstance(case.body, dict) and case.body.get("resultaat") in {"afgewezen", "deelsToegekend"}:
        case.body |= {"vervolgstap": "De inwoner kan bezwaar maken.", "grond": "Wmo 2015, artikel 2.3.5"}


@pytest.mark.parametrize("who", [lambda city: a_desk(city, "wonen"), a_sender], ids=["desk", "sender"])
def test_a_sample_of_all_that_is_described(city, api, who):
    assert ask_everything(api, *who(city), SAMPLED) > 0


@pytest.mark.proof
def test_all_that_is_described_for_the_systems_of_two_desks_and_a_partner(city, api):
    most = IN_FULL if FULL else FOR_PROOF
    asked = {key: ask_everything(api, *a_desk(city, key), most) for key in ("wonen", "schuldhulp")}
    asked["bron"] = ask_everything(api, *a_sender(city), most)
    print(f"As described, answers to each: {asked}")  # noqa: T201
