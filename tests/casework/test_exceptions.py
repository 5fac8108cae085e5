"""An exception: asked with the rule and the reason, answered by another, looked at again, and read only by who may."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import RuleException
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import Notification
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
RULE, WHY = "Alleen wie hier woont ingeschreven", "De kinderen gaan hier naar school"


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.involve(actor=city.marit, case=case, user=city.hakan, kind="co_worker")
    return case


def asked(city, case, **more):
    day = timezone.localdate()
    told = {"kind": "other_wijk", "rule": RULE, "why": WHY, "since": day, "review_on": day + timedelta(days=30)} | more
    return actions.ask_exception(actor=more.pop("actor", city.marit), case=case, **{k: v for k, v in told.items() if k != "actor"})


def waiting(user, case):
    with acting(user.acting), writes.allowed():
        page = vandaag.page(user, everything=True)
    return [line.item for line in page.lines if line.item.icon == "scale"]


def test_it_is_asked_by_one_and_agreed_by_another(city, case):
    one = asked(city, case)
    assert len(waiting(city.hakan, case)) == 1
    for user in (city.marit, city.fatna, city.sef, city.joost):
        with pytest.raises(NotAllowed):
            actions.answer_exception(actor=user, exception=one, agreed=True)
    with pytest.raises(Refused):
        actions.answer_exception(actor=city.hakan, exception=one, agreed=False)
    one = actions.answer_exception(actor=city.hakan, exception=one, agreed=True)
    assert (one.status, one.answered_by) == ("agreed", city.hakan)
    assert waiting(city.hakan, case) == []
    with pytest.raises(Refused):
        actions.answer_exception(actor=city.hakan, exception=one, agreed=False, answer="Toch niet")


def test_no_one_agrees_with_themself_whoever_asks_in_the_database_either(city, case):
    one = asked(city, case, actor=city.hakan)
    with pytest.raises(NotAllowed):
        actions.answer_exception(actor=city.hakan, exception=one, agreed=True)
    # The only coordinator asked: a colleague who works on the case may answer.
    assert actions.answer_exception(actor=city.marit, exception=one, agreed=True).answered_by == city.marit
    with writes.allowed(), acting(city.marit.acting), pytest.raises(IntegrityError), transaction.atomic():
        RuleException.objects.filter(pk=one.pk).update(answered_by=city.hakan)


def test_it_says_which_rule_why_and_until_when(city, case):
    today = timezone.localdate()
    for wrong in ({"rule": " "}, {"why": ""}, {"review_on": today}, {"kind": "other"}, {"kind": "x"}):
        with pytest.raises(Refused):
            asked(city, case, **wrong)
    assert asked(city, case, kind="other", domain="finances").category == "finances"
    assert asked(city, case, kind="papers").category == "participation"


def test_on_its_day_it_comes_back_until_it_goes_on_or_ends(city, case):
    one = actions.answer_exception(actor=city.hakan, exception=asked(city, case), agreed=True)
    assert waiting(city.marit, case) == []
    with writes.allowed(), acting(city.marit.acting):
        day = timezone.localdate() - timedelta(days=1)
        RuleException.objects.filter(pk=one.pk).update(since=day, review_on=day)
    assert len(waiting(city.marit, case)) == 1
    actions.go_on_with_exception(actor=city.marit, exception=one, review_on=timezone.localdate() + timedelta(days=30))
    assert waiting(city.marit, case) == []
    actions.end_exception(actor=city.marit, exception=one)
    with pytest.raises(Refused):
        actions.go_on_with_exception(actor=city.marit, exception=one, review_on=timezone.localdate() + timedelta(days=30))


def test_the_page_keeps_what_was_typed_and_tells_a_buddy_and_another_wijk_nothing(city, case, sign_in):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    url = address("case-exceptions", case)
    client = sign_in(city.marit)
    html = client.post(url, {"kind": "age", "rule": RULE, "since": "2026-01-01", "review_on": ""}).content.decode()
    assert RULE in html
    assert "id_review_on_error" in html
    asked(city, case)
    assert WHY in client.get(url).content.decode()
    assert RULE in client.get(address("case-history", case)).content.decode()
    assert sign_in(city.fatna).get(url).status_code == 403
    assert RULE not in client.get(address("case-history", case)).content.decode()
    assert sign_in(city.noor).get(url).status_code == 404
    for user in (city.noor, city.joost, city.petra):
        with acting(user.acting):
            assert not RuleException.objects.exists()


def told_to(user):
    with acting(user.acting):
        return Notification.objects.get(kind="exception.asked", path=reverse("today"))


def test_the_mail_to_who_is_asked_tells_nothing(city, case, mailoutbox):
    asked(city, case)
    with as_jobs():
        deliver_outbox()
    [mail] = [one for one in mailoutbox if "uitzondering" in one.body or "exception" in one.body]
    assert mail.to == [city.hakan.email]
    for secret in ("Rachida", RULE, "Marit"):
        assert secret not in mail.body
    assert reverse("notification", args=[told_to(city.hakan).pk]) in mail.body
