"""Who must know is told, on Vandaag and by mail; a mail says nothing of whom it is about."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import FollowUp
from casework.sweep import sweep
from luisterloket.platform.acting import acting
from luisterloket.platform.models import Notification
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case, an_intake

pytestmark = pytest.mark.django_db
TOLD = ["Rachida", "Amrani", "06 00 00 45 12", "Vannacht", "Wonen", "wonen", "Marit", "Bram"]


def told():
    mail.outbox.clear()
    with as_jobs():
        deliver_outbox()
    return mail.outbox


def test_something_acute_is_mailed_to_the_coordinator_of_the_wijk_and_no_one_else(city):
    marit = city.marit
    intake = an_intake(marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=marit, intake=intake, domain="housing", severity=1, text="Vannacht geen plek")
    [one] = told()
    assert one.to == [city.hakan.email]
    with acting(city.hakan.acting):
        [told_one] = Notification.objects.all()
    assert told_one.path == reverse("casework:intake-acute", args=[intake.pk])
    assert reverse("notification", args=[told_one.pk]) in one.body
    assert not [word for word in TOLD if word in one.body + one.subject]


def test_what_can_wait_is_mailed_to_nobody(city):
    marit = city.marit
    intake = an_intake(marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=marit, intake=intake, domain="housing", severity=2, text="Krap")
    assert told() == []


def test_who_concluded_before_the_mail_left_arranges_it_themselves(city):
    a_case(city.marit, city.unit("schilderswijk"))
    assert told() == []


def test_the_owner_hears_who_joined_on_vandaag_and_by_mail(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    told()
    actions.join_case(actor=city.bram, case=case, reason="calls")
    [one] = told()
    assert one.to == [city.marit.email]
    assert not [word for word in TOLD if word in one.body + one.subject]
    assert "Bram Oosterling" in sign_in(city.marit).get(reverse("today")).content.decode()
    assert "Rachida" not in sign_in(city.hakan).get(reverse("today")).content.decode()


def test_what_is_late_is_mailed_to_whose_it_is_and_to_the_coordinator(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    told()
    day = timezone.localdate() - timedelta(days=9)
    with writes.allowed(), acting(city.marit.acting):
        FollowUp.objects.to_come().filter(case=case).update(due_on=day, late_on=day)
    with as_jobs():
        sweep()
    sent = told()
    assert {one.to[0] for one in sent} == {city.marit.email, city.hakan.email}
    assert not [word for word in [*TOLD, str(case.pk)] for one in sent if word in one.body + one.subject]
