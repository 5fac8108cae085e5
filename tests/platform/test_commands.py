"""A command sent twice has one effect."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from casework import actions
from casework.models import Intake
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused


@pytest.mark.django_db
def test_the_same_key_gives_the_first_result(city):
    marit, unit, key = city.marit, city.unit("schilderswijk"), uuid4()
    first = actions.start_intake(actor=marit, unit=unit, command_key=key)
    second = actions.start_intake(actor=marit, unit=unit, command_key=key)
    assert first == second
    with acting(marit.acting):
        assert Intake.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_refused(city):
    marit, key = city.marit, uuid4()
    intake = actions.start_intake(actor=marit, unit=city.unit("schilderswijk"))
    actions.mark_strength(actor=marit, intake=intake, text="Kookt graag", command_key=key)
    with pytest.raises(Refused):
        actions.mark_strength(actor=marit, intake=intake, text="Zingt graag", command_key=key)


@pytest.mark.django_db
def test_someone_else_cannot_fetch_a_result_by_its_key(city):
    key = uuid4()
    actions.start_intake(actor=city.marit, unit=city.unit("schilderswijk"), command_key=key)
    with pytest.raises(Refused):
        actions.start_intake(actor=city.bram, unit=city.unit("schilderswijk"), command_key=key)


@pytest.mark.django_db
def test_a_refusal_gives_the_key_back(city):
    marit, key = city.marit, uuid4()
    intake = actions.start_intake(actor=marit, unit=city.unit("schilderswijk"))
    with pytest.raises(Refused):
        actions.conclude_intake(actor=marit, intake=intake, command_key=key)
    actions.save_sheet(actor=marit, intake=intake, revision=0, values={"own_words": "Ik wil slapen", "known_as": "R."})
    assert actions.conclude_intake(actor=marit, intake=intake, command_key=key).owner == marit


def test_two_connections_with_one_key_have_one_effect(own_database, django_db_blocker):
    from tests.city import TestCity

    results, key, gate = [], uuid4(), threading.Barrier(2)

    def send() -> None:
        try:
            city = TestCity()
            marit, unit = city.marit, city.unit("schilderswijk")
            gate.wait()
            results.append(actions.start_intake(actor=marit, unit=unit, command_key=key).pk)
        finally:
            connection.close()

    with django_db_blocker.unblock():
        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        marit = TestCity().marit
        with acting(marit.acting):
            assert Intake.objects.count() == 1
    assert len(results) == 2
    assert results[0] == results[1]
