"""Two taps at the very same moment have one effect."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from casework import actions
from casework.models import Involvement
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case
from tests.city import TestCity

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
