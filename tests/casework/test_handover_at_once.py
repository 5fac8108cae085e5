"""Who accepts while the case is given to another: one of the two counts, and the case has one owner."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from casework import actions
from casework.models import Case, Involvement
from luisterloket.people.models import User
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.casework.handing import introduced, now_of, planned, seen_to, soon
from tests.casework.heard import a_case
from tests.city import TestCity

pytestmark = pytest.mark.commits


def test_two_receivers_accept_at_once_and_one_wins(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        unit, marit, bram, hakan = city.unit("schilderswijk"), city.marit, city.bram, city.hakan
        case = a_case(marit, unit)
        handover = introduced(marit, planned(marit, case, bram, unit))
        seen_to(marit, handover)
        both = threading.Barrier(2)

        def bram_accepts():
            actions.accept_handover(actor=User.objects.get(pk=bram.pk), handover=handover)

        def hakan_accepts():
            given = actions.give_handover(actor=marit, handover=handover, to_user=hakan, due_on=soon(3))
            introduced(marit, given)
            actions.accept_handover(actor=User.objects.get(pk=hakan.pk), handover=given)

        def alone(do):
            both.wait(10)
            try:
                do()
                return 1
            except (Refused, NotAllowed):
                return 0
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            won = list(pool.map(alone, [bram_accepts, hakan_accepts]))
        assert sum(won) == 1
        new = (bram, hakan)[won.index(1)]
        with acting(new.acting):
            assert Case.objects.get(pk=case.pk).owner_id == new.pk
            [part] = Involvement.objects.in_force().filter(case=case, kind="owner")
            assert part.user_id == new.pk
        assert now_of(handover, hakan).status == "done"
        connections.close_all()
