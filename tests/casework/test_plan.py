"""The plan: the resident's own goals, steps that they agreed to or declined, and nobody who reads more than is theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import actions
from casework.models import PlanStep
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


def in_days(days=7):
    return timezone.localdate() + timedelta(days=days)


def step(city, case, **more):
    told = {"kind": "resident", "text": "Belt de school", "guard": city.marit, "due_on": in_days()} | more
    return actions.add_step(actor=city.marit, case=case, **told)


def test_a_step_says_what_who_and_when(city, case):
    one = step(city, case)
    with acting(city.marit.acting):
        assert PlanStep.objects.get(case=case).text == "Belt de school"
        assert PlanStep.history.filter(id=one.pk).count() == 1
    for wrong, field in (
        ({"text": " "}, "text"),
        ({"kind": "local_offer"}, "where"),
        ({"due_on": in_days(-1)}, "due_on"),
        ({"guard": city.joost}, "guard"),
    ):
        with pytest.raises(actions.Missing) as refused:
            step(city, case, **wrong)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        actions.add_step(actor=city.joost, case=case, kind="loket", text="x", guard=city.joost, due_on=in_days())
