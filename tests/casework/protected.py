"""Protected cases for these tests, and what goes with them."""

from datetime import timedelta

from django.utils import timezone

from casework import actions
from casework.models import CaseMember
from luisterloket.people.models import Appointment
from luisterloket.platform.acting import acting
from tests import writes

RESIDENTS = "casework:residents"


def main_of(case, user):
    with acting(user.acting):
        return CaseMember.objects.select_related("resident").get(case=case, part="main").resident


def protect(city, case, *named, reason="safety", actor=None):
    actor = actor or city.marit
    return actions.protect(actor=actor, case=case, resident=main_of(case, actor), reason=reason, named=named or [city.bram])


def leave(*users):
    with writes.allowed():
        Appointment.objects.filter(user__in=users).update(until=timezone.localdate() - timedelta(days=1))
