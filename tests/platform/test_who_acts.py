"""The database hears who acts with every statement, and forgets it with every transaction."""

import pytest
from django.db import connection, transaction

from casework import actions
from casework.models import Intake
from luisterloket.platform.acting import NOBODY, Acting, acting
from tests import writes


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


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def cases_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_case")
        return cursor.fetchone()[0]


def test_a_connection_that_is_used_again_forgets_the_one_before(own_database, django_db_blocker):
    from django.test import Client

    from tests.casework.heard import a_case
    from tests.city import TestCity

    with django_db_blocker.unblock():
        city = TestCity()
        case = a_case(city.marit, city.unit("schilderswijk"))
        browsers = {name: Client() for name in ("marit", "noor")}
        for name, browser in browsers.items():
            with writes.allowed():
                browser.force_login(getattr(city, name))
        pid = backend()
        for name, expected in [("marit", 200), ("noor", 404), ("marit", 200), ("noor", 404)]:
            assert browsers[name].get(case.get_absolute_url()).status_code == expected
            assert (backend(), told(), cases_seen()) == (pid, "", 0)


def test_a_worker_takes_nothing_along_from_one_task_to_the_next(own_database, django_db_blocker):
    """Also not when the first broke off in the middle of what it did for someone."""
    from celery import Celery
    from celery.contrib.testing.worker import start_worker

    from tests.casework.heard import a_case
    from tests.city import TestCity

    app = Celery("who acts", broker="memory://", backend="cache+memory://")
    # The same connection for task after task, as a busy worker may have it.
    app.conf.CELERY_DB_REUSE_MAX = 100

    @app.task
    def breaks_off(user_id: str) -> None:
        marit = TestCity().marit
        assert str(marit.pk) == user_id
        with acting(marit.acting), transaction.atomic():
            assert (told(), cases_seen()) == (user_id, 1)
            raise RuntimeError("in the middle")

    @app.task
    def looks() -> list[object]:
        return [backend(), told(), cases_seen()]

    with django_db_blocker.unblock():
        city = TestCity()
        a_case(city.marit, city.unit("schilderswijk"))
        with start_worker(app, pool="solo", perform_ping_check=False):
            first = looks.delay().get(timeout=20)
            with pytest.raises(RuntimeError):
                breaks_off.delay(str(city.marit.pk)).get(timeout=20)
            assert looks.delay().get(timeout=20) == first
    assert first[1:] == ["", 0]
