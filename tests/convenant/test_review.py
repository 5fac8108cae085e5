"""The day of review: warned of in time, and after it nothing new is shared."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import actions as casework
from casework.conference_table import can_lie_there
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from tests import writes
from tests.backoffice.scene import sent
from tests.casework.heard import a_case

from .drafting import a_draft, in_force


def review_in(days):
    with writes.allowed():
        ConvenantVersion.objects.filter(status="in_force").update(review_on=timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize(("days", "warned"), [(61, False), (60, True), (0, True), (-1, True)])
def test_sixty_days_before_it_stands_on_vandaag_of_who_keeps_the_convenant(city, sign_in, days, warned):
    review_in(days)
    address = f"/convenant/versies/{ConvenantVersion.in_force().pk}/"
    assert (address in sign_in(city.petra).get("/vandaag/").content.decode()) is warned
    assert address not in sign_in(city.daan).get("/vandaag/").content.decode()


def test_after_it_no_request_goes_out_until_a_reviewed_version_is_in_force(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    review_in(0)
    sent(city, case)
    review_in(-1)
    with pytest.raises(Refused) as refusal:
        sent(city, case)
    assert refusal.value.code == "review_overdue"
    in_force(city, a_draft(city))
    sent(city, case)


def test_after_it_nothing_new_lies_on_a_table_and_what_lay_there_stays(city):
    marit = city.marit
    case = a_case(marit, city.unit("schilderswijk"), own_words="Dit vertelde zij")
    conference = casework.plan_conference(
        actor=marit, case=case, kind="conference", starts_at=timezone.now() + timedelta(days=2), agenda=["Wat nu?"], resident_part="comes",
    )  # fmt: skip
    with acting(marit.acting):
        first, second = list(can_lie_there(marit, conference))[:2]
    casework.lay_on_table(actor=marit, conference=conference, items=[first])
    review_in(-1)
    with pytest.raises(Refused) as refusal:
        casework.lay_on_table(actor=marit, conference=conference, items=[first, second])
    assert refusal.value.code == "review_overdue"
    casework.lay_on_table(actor=marit, conference=conference, items=[first])
    casework.lay_on_table(actor=marit, conference=conference, items=[])


def test_without_a_convenant_who_keeps_it_is_told(city, sign_in):
    with writes.allowed():
        ConvenantVersion.objects.update(status="ended")
    assert "/convenant/versies/" in sign_in(city.petra).get("/vandaag/").content.decode()
