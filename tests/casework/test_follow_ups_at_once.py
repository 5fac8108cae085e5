"""At the same moment: nothing is flagged twice, nothing is done twice, and no case is left without its next contact."""

from datetime import timedelta

import pytest
from django.db import Error
from django.utils import timezone

from casework import actions
from casework.models import Case, FollowUp
from casework.sweep import sweep
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.models import OutboxEvent
from tests import writes
from tests.backoffice.scene import as_jobs, in_threads
from tests.casework.heard import a_case
from tests.city import TestCity

pytestmark = pytest.mark.commits


def test_sweeping_doing_and_ending_at_once(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        city = TestCity()
        cases = [a_case(city.marit, city.unit("schilderswijk")) for _ in range(3)]
        day = timezone.localdate() - timedelta(days=9)
        with writes.allowed(), acting(city.marit.acting):
            FollowUp.objects.to_come().update(due_on=day, late_on=day)

        def swept():
            with as_jobs():
                return sweep()

        assert sum(in_threads(*[swept] * 4)) == len(cases)
        with as_jobs():
            assert OutboxEvent.objects.filter(event="follow_up.flagged").count() == len(cases)

        marit, case = city.marit, cases[0]
        with acting(marit.acting):
            to_come = FollowUp.objects.to_come().get(case=case)

        def done():
            return actions.do_follow_up(actor=marit, follow_up=to_come, result="reached", next_on=timezone.localdate())

        def ended():
            return actions.end_case(actor=marit, case=case, goes="better", changed="Klaar")

        results = in_threads(done, done, ended)
        # Who comes second is told so in words; the database itself never has to refuse.
        assert not [one for one in results if isinstance(one, Error)], results
        assert sum(isinstance(one, Refused) for one in results) in (1, 2)
        with acting(marit.acting):
            assert Case.objects.get(pk=case.pk).status == "ended"
            assert not FollowUp.objects.to_come().filter(case=case).exists()
