"""At the very same moment: no line is overspent, nobody gets an error page, and the same key has one effect."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from tests.casework.heard import a_case
from tests.city import TestCity
from tests.wijkbegroting import scene
from wijkbegroting import actions, ledger
from wijkbegroting.models import JournalEntry, MaatwerkGrant

pytestmark = pytest.mark.commits
MANY = 20
FITS = 7


@pytest.fixture
def at_once(own_database, django_db_blocker):
    """Do something with each thing at the same moment, each on a connection of its own; a refusal is an answer too."""

    def run(do, things):
        ready = threading.Barrier(len(things))

        def alone(thing):
            try:
                ready.wait(timeout=60)
                return do(thing)
            except Refused as refusal:
                return refusal
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(things)) as pool:
            return list(pool.map(alone, things))

    with django_db_blocker.unblock():
        yield run
        connections.close_all()


def test_twenty_co_signatures_on_a_line_for_seven_give_seven(at_once):
    city = TestCity()
    line = scene.a_small_line(city, FITS * 100_00 + 99_99)
    # Some in one case, some each in their own: the case is touched by all of them too.
    shared = a_case(city.marit, city.unit("schilderswijk"))
    grants = [scene.asked(city, 100_00, line=line, case=shared if number % 2 else None) for number in range(MANY)]
    bram = city.bram
    assert bram.acting.units
    results = at_once(lambda grant: actions.cosign_grant(actor=bram, grant=grant), grants)
    yes = [one for one in results if isinstance(one, MaatwerkGrant)]
    no = [one for one in results if isinstance(one, Refused)]
    assert (len(yes), len(no)) == (FITS, MANY - FITS)
    assert {one.code for one in no} == {"line_short"}
    assert all("99,99" in one.messages[0] and "100" in one.messages[0] for one in no)
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(0, FITS * 100_00, 99_99)
    assert ledger.check_ledger() == []
    with acting(bram.acting):
        assert MaatwerkGrant.objects.filter(line=line, status="approved").count() == FITS
        assert MaatwerkGrant.objects.filter(line=line, status="asked", cosigned_by=None).count() == MANY - FITS


def test_the_same_key_sent_by_six_at_once_has_one_effect_and_one_answer(at_once):
    city = TestCity()
    grant, bram, key = scene.asked(city), city.bram, uuid4()
    assert bram.acting.units
    results = at_once(lambda _number: actions.cosign_grant(actor=bram, grant=grant, command_key=key), range(6))
    assert {(one.pk, one.status) for one in results} == {(grant.pk, "approved")}
    assert JournalEntry.objects.filter(reference=grant.pk).count() == 1
    assert ledger.check_ledger() == []


def test_asking_with_the_same_key_twice_asks_once_and_with_other_content_is_refused(at_once):
    city = TestCity()
    marit, key = city.marit, uuid4()
    case, line = a_case(marit, city.unit("schilderswijk")), scene.the_line()
    asked = at_once(lambda _number: scene.asked(city, 85_00, asker=marit, case=case, line=line, command_key=key), range(4))
    assert len({one.pk for one in asked}) == 1
    with pytest.raises(Refused) as refusal:
        scene.asked(city, 95_00, asker=marit, case=case, line=line, command_key=key)
    assert refusal.value.code == "key_reused"


def test_two_colleagues_who_co_sign_at_once_give_one_signature(at_once):
    city = TestCity()
    grant = scene.asked(city)
    two = [city.bram, city.hakan]
    assert all(one.acting.units for one in two)
    results = at_once(lambda person: actions.cosign_grant(actor=person, grant=grant), two)
    assert sorted(type(one).__name__ for one in results) == ["MaatwerkGrant", "Refused"]
    assert JournalEntry.objects.filter(reference=grant.pk).count() == 1


def test_paying_and_releasing_at_once_does_one_of_the_two(at_once):
    city = TestCity()
    grant, ravi, hakan = scene.approved(city), city.ravi, city.hakan
    assert ravi.acting.money_units
    assert hakan.acting.money_units
    acts = [
        lambda: actions.pay_grant(actor=ravi, grant=grant, reference="B-1"),
        lambda: actions.release_grant(actor=hakan, grant=grant, reason="Niet meer nodig"),
    ] * 3
    results = at_once(lambda act: act(), acts)
    assert sum(isinstance(one, MaatwerkGrant) for one in results) == 1
    assert JournalEntry.objects.filter(reference=grant.pk).exclude(kind="reserve").count() == 1
    assert ledger.check_ledger() == []


def test_money_going_both_ways_at_once_never_locks_up(at_once):
    """Reserving takes from available and gives to reserved, releasing the other way round: each waits for the other's account
    unless both are locked in one order."""
    city = TestCity()
    line = scene.a_small_line(city, 10_000_00)
    bram, ravi = city.bram, city.ravi
    assert bram.acting.units
    assert ravi.acting.money_units
    for _ in range(3):
        going = [scene.asked(city, 10_00, line=line) for _ in range(10)]
        coming = [scene.approved(city, 10_00, line=line) for _ in range(10)]
        acts = [
            act
            for go, come in zip(going, coming, strict=True)
            for act in (
                lambda go=go: actions.cosign_grant(actor=bram, grant=go),
                lambda come=come: actions.release_grant(actor=ravi, grant=come, reason="Niet nodig"),
            )
        ]
        assert not [one for one in at_once(lambda act: act(), acts) if isinstance(one, Refused)]
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(0, 300_00, 9_700_00)
    assert ledger.check_ledger() == []


def test_two_lines_that_do_not_fit_in_one_source_are_not_both_approved(at_once):
    city = TestCity()
    lines = [scene.proposed(city, amount=12_000_00, name=f"Regel {number}") for number in range(4)]
    eline = city.eline
    assert eline.acting.money_units
    results = at_once(lambda line: actions.approve_line(actor=eline, line=line), lines)
    assert sum(not isinstance(one, Refused) for one in results) == 1
    assert {one.code for one in results if isinstance(one, Refused)} == {"source_short"}
    assert ledger.check_ledger() == []
