"""A yes that is taken back at the very moment at which something is sent, answered or taken back again."""

import pytest

from backoffice import actions, sharing
from backoffice.models import RequestItem
from casework.models import ConsentStep
from luisterloket.platform.acting import acting
from tests.backoffice import consenting, scene
from tests.backoffice.consenting import SECRET, says
from tests.city import TestCity

pytestmark = pytest.mark.commits
WITHOUT_FAMILY = ("identity", "contact", "mental_health")


def open_secrets(city):
    """What the desk can read of it, whatever came first."""
    with acting(city.karim.acting):
        return [one for one in RequestItem.objects.filter(category="mental_health") if SECRET in one.text]


def test_taken_back_while_it_is_being_sent_leaves_nothing_open(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        case = consenting.a_case(city)
        says(city, case, "given")
        consenting.ask(city, case)
        desk, marit = scene.desk(city, "jeugd"), city.marit
        resident = consenting.main_of(case, marit)
        with acting(marit.acting):
            items = list(sharing.shareable(marit, case, desk).items)

        def send():
            return scene.sent(city, case, to="jeugd", items=items)

        def take_back():
            return says(city, case, "withdrawn", resident=resident)

        outcomes = scene.in_threads(send, take_back)
        assert isinstance(outcomes[1], ConsentStep), outcomes
        assert open_secrets(city) == []


def test_taken_back_while_the_desk_answers_ends_it_or_keeps_the_answer_and_never_both(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        case = consenting.a_case(city)
        says(city, case, "given")
        request = consenting.taken_up(city, case, only=WITHOUT_FAMILY)
        karim, resident = city.karim, consenting.main_of(case, city.marit)

        def answer():
            return actions.answer_request(actor=karim, request=request, result="granted", answer="Er komt iemand.")

        outcomes = scene.in_threads(answer, lambda: says(city, case, "withdrawn", resident=resident))
        assert isinstance(outcomes[1], ConsentStep), outcomes
        now = scene.now_of(request, city.marit)
        assert now.status in ("answered", "ground_ended")
        assert (now.status == "answered") is bool(now.answer)
        assert open_secrets(city) == []


def test_taken_back_twice_at_once_is_one_step(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        case = consenting.a_case(city)
        says(city, case, "given")
        resident = consenting.main_of(case, city.marit)

        def take_back():
            return says(city, case, "withdrawn", resident=resident)

        outcomes = scene.in_threads(take_back, take_back)
        assert sum(isinstance(one, ConsentStep) for one in outcomes) == 1, outcomes
        with acting(city.marit.acting):
            assert list(ConsentStep.objects.filter(case=case).values_list("number", "state")) == [(1, "given"), (2, "withdrawn")]
