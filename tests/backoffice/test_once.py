"""A command sent twice has one effect, also from two connections at the same moment; and what was typed is never lost."""

from uuid import uuid4

import pytest

from backoffice import actions
from backoffice.models import Message, SpecialistRequest
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from tests.backoffice import scene
from tests.city import TestCity

pytestmark = pytest.mark.commits


def test_a_request_sent_twice_at_once_is_one_request_and_both_get_it(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        case = scene.a_case(city)
        desk, key, marit = scene.desk(city), uuid4(), city.marit
        items = scene.usual(marit, case, desk)

        def send():
            return actions.route_request(
                actor=marit,
                case=case,
                desk=desk,
                title="Slaapplek",
                question="Kan dat?",
                urgency="today",
                items=items,
                command_key=key,
            ).pk

        first, second = scene.in_threads(send, send)
        assert first == second
        with acting(marit.acting):
            assert SpecialistRequest.objects.count() == 1
            assert OutboxEvent.objects.filter(event="request.routed").count() == 1
            assert HistoryEntry.objects.filter(verb="request.routed").count() == 1


def test_an_answer_sent_twice_at_once_is_one_answer(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        request, key, joost = scene.taken_up(city), uuid4(), city.joost

        def answer():
            return actions.answer_request(actor=joost, request=request, result="granted", answer="Er is plek.", command_key=key).pk

        assert scene.in_threads(answer, answer) == [request.pk, request.pk]
        with acting(city.marit.acting):
            assert OutboxEvent.objects.filter(event="request.answered").count() == 1


def test_two_colleagues_who_answer_at_once_make_one_answer_and_one_is_told(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        request, joost, ilse = scene.taken_up(city), city.joost, city.ilse
        given = scene.in_threads(
            lambda: actions.answer_request(
                actor=joost, request=request, result="granted", answer="Er is plek.", command_key=uuid4()
            ),
            lambda: actions.answer_request(actor=ilse, request=request, result="advice", answer="Bel morgen.", command_key=uuid4()),
        )
        assert sorted(type(one).__name__ for one in given) == ["Refused", "SpecialistRequest"]
        assert next(one for one in given if isinstance(one, Refused)).code == "state"


def test_a_question_back_sent_twice_at_once_is_one_message(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        request, key, joost = scene.taken_up(city), uuid4(), city.joost

        def ask():
            return actions.ask_back(actor=joost, request=request, text="Hoe oud?", command_key=key).pk

        scene.in_threads(ask, ask)
        with acting(joost.acting):
            assert Message.objects.filter(request=request).count() == 1
