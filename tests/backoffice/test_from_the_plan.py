"""What is begun from a step of the plan is that step once it is sent, and somebody else's step stays as it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from backoffice.models import SpecialistRequest
from casework import actions
from casework.models import PlanStep
from luisterloket.platform.acting import acting
from tests.backoffice.test_pages import filled_in, new_page
from tests.casework.heard import a_case, address
from tests.wijkbegroting import scene as money
from tests.wijkbegroting.test_page_acts import ask_data
from wijkbegroting.models import MaatwerkGrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


def a_step(actor, case, kind):
    due_on = timezone.localdate() + timedelta(days=3)
    return actions.add_step(actor=actor, case=case, kind=kind, text="Vraagt hulp", guard=actor, due_on=due_on)


def now_of(actor, step):
    with acting(actor.acting):
        return PlanStep.objects.get(pk=step.pk)


def test_a_request_begun_from_a_step_is_that_step_also_after_a_mistake(city, sign_in, case):
    client, step = sign_in(city.marit), a_step(city.marit, case, "request")
    begin = f"{new_page(case)}?stap={step.pk}"
    assert begin in client.get(address("case-plan", case)).content.decode()
    hidden = f'name="stap" value="{step.pk}"'
    assert hidden in client.get(begin).content.decode()
    wrong = client.post(new_page(case), filled_in(city, case, title="", stap=step.pk)).content.decode()
    assert hidden in wrong
    assert hidden in client.post(new_page(case), filled_in(city, case, preview="1", stap=step.pk)).content.decode()
    assert now_of(city.marit, step).link_key == ""
    key = str(uuid4())
    for _twice in range(2):
        client.post(new_page(case), filled_in(city, case, stap=step.pk, command_key=key))
    with acting(city.marit.acting):
        request = SpecialistRequest.objects.get(case=case)
    assert now_of(city.marit, step).link_key == f"request:{request.pk}"
    # What is something already stays that.
    client.post(new_page(case), filled_in(city, case, stap=step.pk))
    assert now_of(city.marit, step).link_key == f"request:{request.pk}"


def test_maatwerk_begun_from_a_step_is_that_step(city, sign_in, case):
    client, step = sign_in(city.marit), a_step(city.marit, case, "maatwerk")
    url = reverse("wijkbegroting:ask", args=[case.pk])
    assert f"{url}?stap={step.pk}" in client.get(address("case-plan", case)).content.decode()
    data = ask_data(money.the_line()) | {"stap": str(step.pk)}
    assert f'name="stap" value="{step.pk}"' in client.post(url, data | {"purpose": ""}).content.decode()
    client.post(url, data)
    with acting(city.marit.acting):
        grant = MaatwerkGrant.objects.get(case=case)
    assert now_of(city.marit, step).link_key == f"grant:{grant.pk}"


def test_somebody_elses_step_is_passed_over_without_a_hint(city, sign_in, case):
    elsewhere = a_case(city.noor, city.unit("vreewijk"))
    other, wrong_kind = a_step(city.noor, elsewhere, "request"), a_step(city.marit, case, "maatwerk")
    client = sign_in(city.marit)
    answers = [client.post(new_page(case), filled_in(city, case, stap=one)) for one in (other.pk, wrong_kind.pk, uuid4(), "x", "")]
    assert {answer.status_code for answer in answers} == {302}
    assert now_of(city.noor, other).link_key == now_of(city.marit, wrong_kind).link_key == ""
