"""Once a year someone looks whether each appointment is still right; nobody confirms their own, and what reads logs needs two."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from luisterloket.people import actions, reviewing
from luisterloket.people.models import AccessReview, Appointment, ReviewDecision, Unit
from luisterloket.people.tasks import keep_access_reviews
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def year_later(city):
    """Everyone was appointed more than a year ago."""
    with writes.allowed():
        Appointment.objects.update(since=timezone.localdate() - timedelta(days=366))


def run():
    with as_jobs():
        return keep_access_reviews()


def of(unit):
    return AccessReview.objects.get(unit=unit)


def post_of(user):
    return user.appointments.get()


def items(user):
    with acting(user.acting), writes.allowed():
        return [line.item for line in vandaag.page(user, everything=True).lines if line.item.icon == "clipboard"]


def test_a_round_opens_after_a_year_once_and_who_leads_is_told(city, year_later, mailoutbox):
    assert run() > 0
    assert run() == 0
    assert AccessReview.objects.filter(unit=city.unit("schilderswijk")).count() == 1
    with as_jobs():
        deliver_outbox()
    assert city.hakan.email in [mail.to[0] for mail in mailoutbox]
    assert len(items(city.hakan)) == 1
    assert items(city.marit) == []


def test_nothing_opens_before_the_year_is_over(city):
    assert run() == 0


def test_who_leads_confirms_the_others_with_one_tap_and_not_themself(city, year_later, sign_in):
    run()
    review = of(city.unit("schilderswijk"))
    actions.decide_review(actor=city.hakan, review=review, appointment=post_of(city.marit), keep=True)
    for nobody in (city.hakan, city.marit, city.sef):
        with pytest.raises(NotAllowed):
            actions.decide_review(actor=nobody, review=review, appointment=post_of(city.hakan), keep=True)
    with pytest.raises(Refused):
        actions.decide_review(actor=city.hakan, review=review, appointment=post_of(city.marit), keep=True)
    page = sign_in(city.hakan)
    url = reverse("review-decide", args=[review.pk, post_of(city.bram).pk])
    assert page.post(url, {"keep": "yes"}).status_code == 302
    assert ReviewDecision.objects.filter(review=review, kind="confirmed").count() == 2
    with writes.allowed(), pytest.raises(IntegrityError), transaction.atomic():
        ReviewDecision.objects.create(
            review=review, appointment=post_of(city.hakan), user=city.hakan, kind="confirmed", decided_by=city.hakan
        )


def test_what_reads_logs_is_looked_at_by_one_and_confirmed_by_another(city, year_later):
    run()
    review = of(Unit.objects.get(name="Stadhuis"))
    petra = post_of(city.petra)
    with pytest.raises(NotAllowed):
        actions.decide_review(actor=city.daan, review=review, appointment=petra, keep=True)
    actions.decide_review(actor=city.olga, review=review, appointment=petra, keep=True)
    with pytest.raises(NotAllowed):
        actions.decide_review(actor=city.olga, review=review, appointment=petra, keep=True)
    assert petra.pk in reviewing.waiting(review)
    decision = actions.decide_review(actor=city.daan, review=review, appointment=petra, keep=True)
    assert decision.kind == "confirmed"
    assert petra.pk not in reviewing.waiting(review)


def test_ending_in_the_review_leaves_no_case_behind(city, year_later):
    run()
    review = of(city.unit("schilderswijk"))
    a_case(city.marit, city.unit("schilderswijk"))
    with pytest.raises(Refused) as refusal:
        actions.decide_review(actor=city.hakan, review=review, appointment=post_of(city.marit), keep=False)
    assert refusal.value.code == "in_hands"
    assert not review.decisions.exists()
    actions.decide_review(actor=city.hakan, review=review, appointment=post_of(city.bram), keep=False)
    assert post_of(city.bram).until == timezone.localdate()


def test_a_round_closes_with_the_last_and_a_new_one_waits_a_year(city, year_later):
    run()
    review = of(city.unit("vreewijk"))
    for post in review.appointments().exclude(role="coordinator"):
        actions.decide_review(actor=city.sef, review=review, appointment=post, keep=True)
    sef = post_of(city.sef)
    actions.decide_review(actor=city.olga, review=review, appointment=sef, keep=True)
    actions.decide_review(actor=city.daan, review=review, appointment=sef, keep=True)
    assert of(city.unit("vreewijk")).closed_at
    run()
    assert AccessReview.objects.filter(unit=city.unit("vreewijk")).count() == 1


def test_what_is_not_looked_at_in_time_is_a_flag_for_who_supervises(city, year_later, mailoutbox):
    run()
    review = of(city.unit("schilderswijk"))
    assert items(city.daan) == []
    with writes.allowed():
        today = timezone.localdate()
        AccessReview.objects.exclude(pk=review.pk).update(closed_at=timezone.now())
        AccessReview.objects.filter(pk=review.pk).update(opened_on=today - timedelta(days=31), due_on=today - timedelta(days=1))
    assert run() >= 1
    with as_jobs():
        deliver_outbox()
    assert [mail.to for mail in mailoutbox if mail.to == [city.daan.email]]
    assert len(items(city.daan)) == 1


def test_what_was_decided_never_changes(city, year_later):
    run()
    review = of(city.unit("schilderswijk"))
    decision = actions.decide_review(actor=city.hakan, review=review, appointment=post_of(city.marit), keep=True)
    for change in (lambda rows: rows.update(kind="ended"), lambda rows: rows.delete()):
        with writes.allowed(), transaction.atomic(), pytest.raises(Exception, match="permission denied"):
            change(ReviewDecision.objects.filter(pk=decision.pk))
