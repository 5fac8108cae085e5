"""Some weeks after it was told: did it work? And what the desk says of the question, for two pairs of eyes only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice import actions
from backoffice.models import QuestionReview, SpecialistRequest
from backoffice.outcomes import to_ask_whether_it_worked
from casework import loose_ends
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.wijken.calendar import is_working_day
from tests import writes
from tests.backoffice import scene


def on_vandaag(user):
    with acting(user.acting):
        return [str(one.url) for one in to_ask_whether_it_worked(user)]


def weeks_later(request, user, weeks=6):
    with writes.allowed(), acting(user.acting):
        SpecialistRequest.objects.filter(pk=request.pk).update(due_at=timezone.now() + timedelta(days=42 - 7 * weeks))


def test_it_is_asked_as_many_weeks_later_as_the_desk_says_on_a_working_day(city):
    request = scene.closed(city)
    assert request.clock == "outcome"
    days = (timezone.localdate(request.due_at) - timezone.localdate()).days
    assert 42 <= days <= 42 + 4
    assert is_working_day(timezone.localdate(request.due_at))


def test_it_stands_on_vandaag_of_the_asker_when_it_is_time_and_is_answered_in_one_line(city, sign_in):
    request = scene.closed(city)
    assert on_vandaag(city.marit) == []
    weeks_later(request, city.marit)
    assert on_vandaag(city.marit) == [f"{request.get_absolute_url()}#worked"]
    client = sign_in(city.marit)
    assert 'name="worked"' in client.get(request.get_absolute_url()).content.decode()
    client.post(f"{request.get_absolute_url()}gewerkt/", {"worked": "partly", "worked_note": "Alleen de eerste week."})
    now = scene.now_of(request, city.marit)
    assert (now.worked, now.clock, now.due_at, now.status) == ("partly", "", None, "closed")
    assert on_vandaag(city.marit) == []
    page = client.get(request.get_absolute_url()).content.decode()
    assert "Alleen de eerste week." in page
    assert 'name="worked"' not in page
    # The desk sees that it worked in part, and nothing of what was said about it.
    assert "Alleen de eerste week." not in sign_in(city.joost).get(request.get_absolute_url()).content.decode()


def test_it_is_noted_once(city):
    request = actions.check_outcome(actor=city.marit, request=scene.closed(city), worked="worked")
    with pytest.raises(Refused):
        actions.check_outcome(actor=city.marit, request=request, worked="not")


def test_a_case_does_not_end_without_a_decision_on_who_asks_it(city):
    request = scene.closed(city)
    with acting(city.marit.acting):
        assert [one.ref for one in loose_ends.of(request.case_id)] == [request.pk]
    actions.check_outcome(actor=city.marit, request=request, worked="worked")
    with acting(city.marit.acting):
        assert loose_ends.of(request.case_id) == []


def test_nothing_asks_whether_a_question_that_went_elsewhere_worked(city):
    case = scene.a_case(city)
    request = actions.answer_request(
        actor=city.joost, request=scene.taken_up(city, case=case), result="forwarded", answer="Dit is geld.",
        proposed_desk=scene.desk(city, "inkomen"),
    )  # fmt: skip
    scene.sent(city, case, to="inkomen", follows=request)
    with pytest.raises(Refused):
        actions.check_outcome(actor=city.marit, request=request, worked="worked")


def reads(user, request):
    with acting(user.acting):
        return QuestionReview.objects.visible_to(user).filter(request=request).exists()


def test_what_the_desk_says_of_the_question_is_for_the_asker_and_the_desk_lead(city, sign_in):
    from casework import actions as casework

    case = scene.a_case(city)
    casework.join_case(actor=city.bram, case=case, reason="asked")
    request = scene.taken_up(city, case=case)
    actions.judge_question(actor=city.joost, request=request, quality="incomplete", words="Zet het inkomen erbij.")
    assert reads(city.marit, request)
    assert reads(city.joost, request)
    assert reads(city.ilse, request)
    for who in (city.bram, city.hakan, city.anouk, city.wim, city.daan):
        assert not reads(who, request), who
        with acting(who.acting):
            assert not QuestionReview.objects.exists(), who
    words = "Zet het inkomen erbij."
    assert words in sign_in(city.marit).get(request.get_absolute_url()).content.decode()
    assert words in sign_in(city.ilse).get(request.get_absolute_url()).content.decode()
    assert words not in sign_in(city.bram).get(request.get_absolute_url()).content.decode()


def test_a_question_is_judged_once(city):
    request = scene.taken_up(city)
    actions.judge_question(actor=city.joost, request=request, quality="clear")
    with pytest.raises(Refused):
        actions.judge_question(actor=city.ilse, request=request, quality="elsewhere")


def test_the_desk_lead_says_after_how_many_weeks(city, sign_in):
    desk = scene.desk(city)
    url = f"{desk.get_absolute_url()}navragen/"
    assert sign_in(city.joost).post(url, {"weeks": "2"}).status_code == 403
    assert sign_in(city.wim).post(url, {"weeks": "2"}).status_code == 404
    client = sign_in(city.ilse)
    assert url in client.get(desk.get_absolute_url()).content.decode()
    assert "data-error-summary" in client.post(url, {"weeks": "0"}).content.decode()
    client.post(url, {"weeks": "2"})
    request = scene.closed(city)
    assert (timezone.localdate(request.due_at) - timezone.localdate()).days <= 14 + 4


def test_from_the_page_of_the_case_it_is_saved_in_one_line(city, sign_in):
    case, client = scene.a_case(city), sign_in(city.marit)
    request = scene.answered(city, case=case)
    assert f'action="{request.get_absolute_url()}vertellen/"' in client.get(case.get_absolute_url()).content.decode()
    client.post(f"{request.get_absolute_url()}vertellen/", {"told_how": "phone", "outcome": "helps"})
    assert f'action="{request.get_absolute_url()}gewerkt/"' in client.get(case.get_absolute_url()).content.decode()
