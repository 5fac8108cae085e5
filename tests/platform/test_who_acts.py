"""The database hears who acts with every statement, and forgets it with every transaction."""

import pytest
from django.db import connection, transaction

from casework import actions
from casework.models import Intake
from luisterloket.platform.acting import NOBODY, Acting, acting


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('luisterloket.actor', true), '')")
        return cursor.fetchone()[0]


def test_outside_a_transaction_each_statement_carries_who_acts(own_database, django_db_blocker):
    from tests.city import TestCity

    with django_db_blocker.unblock():
        marit = TestCity().marit
        with acting(marit.acting):
            assert told() == str(marit.pk)
        assert told() == ""


@pytest.mark.django_db
def test_a_rolled_back_savepoint_does_not_make_someone_else_of_you(city):
    marit, bram = city.marit, city.bram
    with acting(marit.acting):
        assert told() == str(marit.pk)
        with acting(bram.acting):
            with transaction.atomic():
                assert told() == str(bram.pk)
                transaction.set_rollback(True)
            assert told() == str(bram.pk)
        assert told() == str(marit.pk)
    assert told() == ""


@pytest.mark.django_db
def test_the_wall_hides_what_is_of_another_wijk(city):
    intake = actions.start_intake(actor=city.marit, unit=city.unit("schilderswijk"))
    for who, sees in [(city.marit, True), (city.hakan, True), (city.noor, False), (city.joost, False), (city.eline, False)]:
        with acting(who.acting):
            assert Intake.objects.filter(pk=intake.pk).exists() is sees, who.email


@pytest.mark.django_db
def test_only_ids_reach_the_statement():
    with pytest.raises(ValueError):
        Acting(units=("'; DROP TABLE casework_case; --",)).as_sql()  # type: ignore[arg-type]
    assert NOBODY.as_sql().count("''") == 7
