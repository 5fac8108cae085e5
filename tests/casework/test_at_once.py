"""Two taps at the very same moment have one effect."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from casework import actions
from casework.models import CaseMember, Involvement
from luisterloket.convenant import actions as convenant
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case
from tests.city import TestCity
from tests.convenant.numbers import NUMBER, numbers_in_use

pytestmark = pytest.mark.commits


@pytest.fixture
def at_once(own_database, django_db_blocker):
    """Do something six times at the same moment, each on a connection of its own."""

    def run(do):
        def alone(_number):
            try:
                return do()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as pool:
            return list(pool.map(alone, range(6)))

    with django_db_blocker.unblock():
        yield run
        connections.close_all()


def test_six_taps_on_new_conversation_open_one_sheet(at_once):
    city = TestCity()
    marit, unit = city.marit, city.unit("schilderswijk")
    assert marit.acting.units
    assert len({intake.pk for intake in at_once(lambda: actions.start_intake(actor=marit, unit=unit))}) == 1


def test_six_taps_on_join_make_one_involvement(at_once):
    city = TestCity()
    case, bram = a_case(city.marit, city.unit("schilderswijk")), city.bram
    assert bram.acting.units
    assert len({joined.pk for joined in at_once(lambda: actions.join_case(actor=bram, case=case, reason="calls"))}) == 1
    with acting(bram.acting):
        assert Involvement.objects.filter(case=case, user=bram).count() == 1


def test_a_number_that_is_written_while_it_is_switched_off_is_erased_too(at_once):
    city, written, waits = TestCity(), threading.Event(), []
    unit = city.unit("schilderswijk")
    organisation, case = numbers_in_use(city, unit), a_case(city.marit, unit)
    marit, petra = city.marit, city.petra
    with acting(marit.acting):
        member = CaseMember.objects.select_related("resident").get(case=case, part="main")
    assert petra.acting is not None

    def switch_off():
        written.wait(10)
        try:
            return convenant.switch_off_identity_numbers(actor=petra, organisation=organisation, reason="De wet is vervallen")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.change_member(actor=marit, case=case, member=member, name="Rachida", part="main", identity_number=NUMBER)
            off = pool.submit(switch_off)
            written.set()
            # It waits for us: it must not erase before our number is there to be erased.
            threading.Event().wait(0.5)
            waits.append(off.done())
        assert off.result(10).erased == 1
    assert waits == [False]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in ("identitynumber", "historicalidentitynumber"):
            cursor.execute(f"SELECT count(*) FROM casework_{table}")
            assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM casework_searchkey WHERE kind = 'bsn'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SET ROLE luisterloket_app")
