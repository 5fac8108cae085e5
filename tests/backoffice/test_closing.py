"""When a request is closed or taken back the desk loses the resident's data, on the page and in the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice import actions
from backoffice.models import Message, RequestGroupPermission, RequestItem, SpecialistRequest
from casework.models import Case
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice import scene


def grants(request):
    found = RequestGroupPermission.objects.filter(content_object=request.pk)
    return {(one.group.unit.name, one.permission.codename) for one in found.select_related("group__unit", "permission")}


def test_a_desk_is_granted_the_request_at_sending(city):
    assert grants(scene.sent(city)) == {("Desk Wonen en opvang", "open_request")}


@pytest.mark.parametrize("state", ["sent", "taken_up", "asked_back", "answered"])
def test_the_desk_reads_what_went_along_while_the_request_runs(city, state):
    request = scene.AT[state](city)
    with acting(city.joost.acting):
        assert RequestItem.objects.filter(request=request).count() >= 4


def test_after_closing_the_desk_keeps_question_answer_and_ground_and_nothing_that_went_along(city, sign_in):
    request = scene.closed(city)
    assert grants(request) == {("Desk Wonen en opvang", "keep_answer")}
    page = sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    assert "Kan zij in de opvang?" in page
    assert "Er is plek." in page
    assert "Opvang en wonen regelen" in page
    for secret in ["Rachida", "06 00 00 45 12", "geen vast adres", "Sofia"]:
        assert secret not in page


def test_messages_close_with_the_request(city, sign_in):
    request = scene.asked_back(city)
    actions.reply_to_desk(actor=city.marit, request=request, text="De jongste heet Ilyas.")
    actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    assert "Ilyas" in sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    assert "Ilyas" not in sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    assert "Ilyas" in sign_in(city.marit).get(request.get_absolute_url()).content.decode()


@pytest.mark.parametrize("end", ["told", "taken back"])
def test_the_database_itself_gives_the_desk_nothing_any_more(city, end):
    request = scene.asked_back(city)
    if end == "told":
        actions.reply_to_desk(actor=city.marit, request=request, text="Vier en een.")
        actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    with acting(city.joost.acting):
        assert RequestItem.objects.filter(request=request).exists()
        assert Message.objects.filter(request=request).exists()
    if end == "told":
        actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    else:
        actions.withdraw_request(actor=city.marit, request=request, reason="solved")
    with acting(city.joost.acting):
        assert not RequestItem.objects.exists()
        assert not Message.objects.exists()
    with acting(city.marit.acting):
        assert RequestItem.objects.filter(request=request).exists()
        assert Message.objects.filter(request=request).exists()


def test_the_desk_cannot_open_it_again_by_itself(city):
    request = scene.closed(city)
    with acting(city.joost.acting), writes.allowed():
        assert RequestItem.objects.filter(request=request).update(open_to_desk=True) == 0


def test_another_desk_and_another_wijk_read_nothing_of_it(city):
    request = scene.taken_up(city)
    for who in (city.anouk, city.noor, city.eline, city.ravi, city.daan, city.gerda):
        with acting(who.acting):
            assert not RequestItem.objects.exists()
            assert not Message.objects.exists()
            assert not SpecialistRequest.objects.filter(pk=request.pk).exists()


def test_a_withdrawn_request_is_gone_for_the_desk(city, sign_in):
    request = scene.taken_up(city)
    actions.withdraw_request(actor=city.marit, request=request, reason="other_desk")
    assert grants(request) == set()
    assert sign_in(city.joost).get(request.get_absolute_url()).status_code == 404
    queue = sign_in(city.joost).get(scene.desk(city).get_absolute_url(), {"filter": "closed"}).content.decode()
    assert "Slaapplek" not in queue


def test_what_someone_was_typing_about_a_withdrawn_request_is_given_back(city, sign_in):
    request = scene.taken_up(city)
    actions.withdraw_request(actor=city.marit, request=request, reason="mistake")
    page = sign_in(city.joost).post(
        f"{request.get_absolute_url()}beantwoorden/", {"result": "granted", "answer": "Maandag om tien uur is er plek."}
    )
    text = page.content.decode()
    assert "Maandag om tien uur is er plek." in text
    assert "Rachida" not in text
    assert "Kan zij in de opvang?" not in text


@pytest.mark.parametrize("act", ["take_up", "ask_back", "answer"])
def test_what_the_desk_does_brings_the_case_on_top_although_it_cannot_see_it(city, act):
    request = scene.sent(city) if act == "take_up" else scene.taken_up(city)
    with acting(city.marit.acting), writes.allowed():
        Case.objects.filter(pk=request.case_id).update(last_activity_at=timezone.now() - timedelta(days=9))
    with acting(city.joost.acting):
        assert not Case.objects.exists()
    if act == "take_up":
        actions.take_up_request(actor=city.joost, request=request)
    elif act == "ask_back":
        actions.ask_back(actor=city.joost, request=request, text="Hoeveel kinderen?")
    else:
        actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek")
    with acting(city.marit.acting):
        assert Case.objects.get(pk=request.case_id).last_activity_at > timezone.now() - timedelta(minutes=5)
