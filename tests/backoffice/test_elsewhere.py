"""A question that belongs at another desk: the desk says so, the loket decides, and both histories tell of it."""

from datetime import date

import pytest

from backoffice import actions
from backoffice.models import RequestItem, SpecialistRequest
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.models import HistoryEntry
from tests.backoffice import scene
from tests.backoffice.test_pages import filled_in, new_page

Status = SpecialistRequest.Status


def forwarded(city, case=None):
    return actions.answer_request(
        actor=city.joost, request=scene.taken_up(city, case=case), result="forwarded", answer="Dit is geld, geen wonen.",
        proposed_desk=scene.desk(city, "inkomen"),
    )  # fmt: skip


def verbs(city, request):
    with acting(city.marit.acting):
        return set(HistoryEntry.objects.filter(thing_id=request.pk).values_list("verb", flat=True))


def test_the_desk_only_proposes_and_the_other_desk_knows_of_nothing(city, sign_in):
    case = scene.a_case(city)
    request = forwarded(city, case)
    assert request.status == Status.ANSWERED
    with acting(city.anouk.acting):
        assert not SpecialistRequest.objects.exists()
    page = sign_in(city.marit).get(request.get_absolute_url()).content.decode()
    assert f"{new_page(case)}?vervolg={request.pk}" in page


def test_one_press_opens_the_new_question_with_its_words_and_a_new_decision_on_what_goes_along(city, sign_in):
    case, client = scene.a_case(city), sign_in(city.marit)
    request = forwarded(city, case)
    other = scene.desk(city, "inkomen")
    url = f"{new_page(case)}?vervolg={request.pk}&desk={other.pk}"
    page = client.get(url).content.decode()
    assert request.question in page
    assert request.title in page
    # Ticked is what this desk usually needs, and not what went to the other.
    of_this = {"desk": other.pk, "shown_desk": other.pk, "items": scene.usual(city.marit, case, other)}
    data = filled_in(city, case, **of_this, vervolg=request.pk)
    client.post(new_page(case), data)
    with acting(city.marit.acting):
        new = SpecialistRequest.objects.get(follows=request)
        categories = set(RequestItem.objects.filter(request=new).values_list("category", flat=True))
    assert "housing" not in categories
    old = scene.now_of(request, city.marit)
    assert (old.status, old.result, old.clock, old.told_how) == (Status.CLOSED, "forwarded", "", "")
    assert "request.gone_on" in verbs(city, old)
    assert "request.routed" in verbs(city, new)
    # What went to the first desk is closed for it; its answer it keeps.
    with acting(city.joost.acting):
        assert not RequestItem.objects.exists()
        assert SpecialistRequest.objects.filter(pk=request.pk).exists()
        assert not SpecialistRequest.objects.filter(pk=new.pk).exists()
    assert "Dit is geld, geen wonen." in sign_in(city.joost).get(old.get_absolute_url()).content.decode()


def test_a_refusal_can_be_asked_elsewhere_and_is_still_to_be_told(city):
    case = scene.a_case(city)
    refused = actions.answer_request(
        actor=city.joost, request=scene.taken_up(city, case=case), result="refused", answer="Vol.",
        refused_under="Wmo 2015, artikel 1.2.1", next_step="Vraag bijzondere bijstand.",
    )  # fmt: skip
    new = scene.sent(city, case, to="inkomen", follows=refused)
    assert new.follows_id == refused.pk
    assert scene.now_of(refused, city.marit).status == Status.ANSWERED


def test_what_is_of_another_case_or_has_no_answer_is_not_gone_on_from(city):
    case = scene.a_case(city)
    for other in (scene.answered(city), scene.sent(city, case)):
        with pytest.raises(Refused):
            scene.sent(city, case, to="inkomen", follows=other)


@pytest.mark.parametrize(
    "wrong", [{"result": "forwarded"}, {"result": "forwarded", "own": True}, {"result": "granted", "other": True}]
)
def test_where_it_belongs_is_named_only_when_it_belongs_elsewhere(city, wrong):
    request = scene.taken_up(city)
    desk = scene.desk(city, "wonen") if "own" in wrong else scene.desk(city, "inkomen") if "other" in wrong else None
    with pytest.raises(Refused) as refusal:
        actions.answer_request(actor=city.joost, request=request, result=wrong["result"], answer="Daar.", proposed_desk=desk)
    assert refusal.value.field == "proposed_desk"


def test_a_decision_says_until_when_one_objects(city, sign_in):
    letter = date(2026, 11, 12)
    request = scene.taken_up(city)
    asked = {"actor": city.joost, "request": request, "result": "granted", "answer": "Er is plek."}
    with pytest.raises(Refused) as refusal:
        actions.answer_request(**asked, decided_on=letter)
    assert refusal.value.field == "object_how"
    with pytest.raises(Refused) as refusal:
        actions.answer_request(**{**asked, "result": "advice"}, decided_on=letter, object_how="Bij het college.")
    assert refusal.value.field == "decided_on"
    done = actions.answer_request(**asked, decided_on=letter, object_how="Schriftelijk bij het college.")
    # Six weeks later it is Christmas eve, which is a working day.
    assert done.object_until == date(2026, 12, 24)
    page = sign_in(city.marit).get(request.get_absolute_url()).content.decode()
    assert "24 december 2026" in page
    assert "Schriftelijk bij het college." in page


@pytest.mark.parametrize(
    ("decided_on", "until"),
    [
        (date(2026, 11, 13), date(2026, 12, 28)),  # six weeks later is Christmas: the Monday after it
        (date(2026, 3, 24), date(2026, 5, 6)),  # six weeks later is Bevrijdingsdag
        (date(2026, 11, 2), date(2026, 12, 14)),
    ],
)
def test_six_weeks_end_on_a_working_day(decided_on, until):
    from backoffice.objections import OBJECTION

    assert OBJECTION.last_day(decided_on) == until
