"""To wait with collecting: asked of the desk that collects, answered until a day, seen with the money, told before it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from backoffice import actions
from backoffice.hand_in_sweep import flag_pauses_that_end
from backoffice.models import CollectionPause
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes

from .consenting import in_dutch
from .scene import a_case, as_jobs, now_of, sent

pytestmark = pytest.mark.django_db
# What a refusal, also of a part, says.
NOT_ALL = {"refused_under": "Invorderingswet 1990, artikel 25", "next_step": "Vraag een regeling"}


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def asked(city, case=None, until=None):
    told = {"title": "Wachten met innen", "question": "Kan het innen wachten tot haar plan er is?"}
    return sent(city, case, to="invordering", pause_until=until or in_days(60), **told)


def granted(city, case=None, *, days: int = 30):
    request = actions.take_up_request(actor=city.thijs, request=asked(city, case))
    return actions.answer_request(
        actor=city.thijs, request=request, result="granted", answer="Wij wachten.", paused_until=in_days(days)
    )


def pause_of(request, user):
    with acting(user.acting):
        return CollectionPause.objects.get(request=request)


def test_only_a_desk_that_collects_can_be_asked_and_only_for_a_day_to_come(city):
    with pytest.raises(Refused) as refusal:
        sent(city, pause_until=in_days(30))
    assert refusal.value.field == "pause_until"
    with pytest.raises(Refused):
        asked(city, until=in_days(-1))
    assert pause_of(asked(city), city.thijs).asked_until == in_days(60)


def test_who_grants_a_pause_says_until_when(city):
    request = actions.take_up_request(actor=city.thijs, request=asked(city))
    for until in (None, in_days(-1)):
        with pytest.raises(Refused) as refusal:
            actions.answer_request(actor=city.thijs, request=request, result="granted", answer="Goed", paused_until=until)
        assert refusal.value.field == "paused_until"
    assert now_of(request, city.thijs).status == "taken_up", "nothing was answered"
    actions.answer_request(actor=city.thijs, request=request, result="partly", answer="Goed", paused_until=in_days(30), **NOT_ALL)
    assert pause_of(request, city.marit).paused_until == in_days(30)


def test_a_refusal_names_a_next_step_and_no_day(city):
    request = actions.take_up_request(actor=city.thijs, request=asked(city))
    with pytest.raises(Refused):
        actions.answer_request(actor=city.thijs, request=request, result="refused", answer="Te laat")
    actions.answer_request(
        actor=city.thijs,
        request=request,
        result="refused",
        answer="Te laat",
        paused_until=in_days(9),
        **NOT_ALL,
    )
    assert pause_of(request, city.marit).paused_until is None


def test_it_stands_with_the_money_of_the_case(city, sign_in):
    case = a_case(city)
    granted(city, case)
    marit = sign_in(city.marit)
    for page in (case.get_absolute_url(), reverse("casework:case-money", args=[case.pk])):
        told = in_dutch("%(desk)s waits with collecting until %(day)s").split("%(day)s")[0] % {"desk": "Desk Invordering"}
        assert told in marit.get(page).content.decode()


def test_the_pages_ask_and_answer_it(city, sign_in):
    case = a_case(city)
    from .scene import desk

    at = desk(city, "invordering")
    page = sign_in(city.marit).get(reverse("backoffice:request-new", args=[case.pk]), {"desk": at.pk}).content.decode()
    assert 'name="pause_until"' in page
    request = actions.take_up_request(actor=city.thijs, request=asked(city, case))
    thijs = sign_in(city.thijs)
    assert 'name="paused_until"' in thijs.get(request.get_absolute_url()).content.decode()
    told = {"result": "granted", "answer": "Wij wachten."}
    refused = thijs.post(reverse("backoffice:request-answer", args=[request.pk]), told)
    assert refused.status_code == 200
    assert "Wij wachten." in refused.content.decode()
    thijs.post(reverse("backoffice:request-answer", args=[request.pk]), {**told, "paused_until": in_days(20).isoformat()})
    assert pause_of(request, city.marit).paused_until == in_days(20)


def test_its_end_is_told_once_to_the_owner_before_it_comes(city, sign_in):
    case = a_case(city)
    request = granted(city, case)
    with as_jobs():
        assert flag_pauses_that_end() == 0
        deliver_outbox()
    mail.outbox.clear()
    with writes.allowed(), acting(city.marit.acting):
        CollectionPause.objects.filter(request=request).update(paused_until=in_days(5))
    with as_jobs():
        assert [flag_pauses_that_end(), flag_pauses_that_end()] == [1, 0]
        deliver_outbox()
    assert [message.to for message in mail.outbox] == [[city.marit.email]]
    assert request.get_absolute_url() in sign_in(city.marit).get(reverse("today") + "?all").content.decode()


def test_another_desk_and_another_wijk_read_nothing_of_it(city):
    request = granted(city)
    for name in ("joost", "noor", "sanne", "fatna"):
        with acting(getattr(city, name).acting):
            assert not CollectionPause.objects.filter(request=request).exists(), name
