"""The clock of an answer stands still on a ground of the law, goes on with what it had left, and is made longer once."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from backoffice import actions
from backoffice.clocks import clocks
from backoffice.models import Clock, Message, Pause, SpecialistRequest
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from luisterloket.wijken.calendar import add_working_days, last_day_of_term
from tests.backoffice import scene
from tests.backoffice.moments import AMSTERDAM, a_monday

WHY = "Er ontbreekt een loonstrook van oktober."


def paused(city, request, days: int = 7, ground: str = "completing") -> SpecialistRequest:
    until = timezone.localdate() + timedelta(days=days)
    return actions.pause_answer(actor=city.joost, request=request, ground=ground, until=until, text=WHY)


def application(city) -> SpecialistRequest:
    return scene.taken_up(city, kind="application")


def moment(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), AMSTERDAM)


def test_all_three_clocks_keep_when_they_run_out(city, at):
    monday = a_monday()
    at(monday, 10)
    request = scene.sent(city)
    assert request.pick_up_due_at == request.due_at == moment(monday + timedelta(days=1), 17)
    assert (request.answer_due_at, request.tell_due_at) == (moment(monday + timedelta(days=3), 17), None)
    answered = scene.answered(city)
    assert answered.tell_due_at == answered.due_at == moment(monday + timedelta(days=2), 17)


def test_an_application_is_decided_on_within_the_term_of_the_law(city, at):
    monday = a_monday()
    at(monday, 10)
    request = scene.sent(city, kind="application")
    assert request.answer_last_day == monday + timedelta(weeks=8)
    assert request.answer_due_at == moment(last_day_of_term(monday + timedelta(weeks=8)), 23, 59)
    assert request.answer_term.where == "Awb, art. 4:13 lid 2"


def test_a_paused_clock_goes_on_with_what_it_had_left(city, at):
    monday = a_monday()
    at(monday, 10)
    request = scene.taken_up(city, urgency="today")
    at(monday, 12)
    request = paused(city, request, days=7)
    # Two hours are left, and count from the day on which the pause ends at the latest.
    assert (request.clock, request.due_at) == (Clock.ANSWER, moment(monday + timedelta(days=7), 11))
    at(monday + timedelta(days=2), 16)
    request = actions.resume_answer(actor=city.joost, request=request)
    assert request.answer_due_at == request.due_at == moment(monday + timedelta(days=3), 10)
    with acting(city.joost.acting):
        pause = Pause.objects.get(request=request)
    assert (pause.ground, pause.ended_at) == ("completing", timezone.now())


def test_the_loket_reads_why_and_hears_of_each_change(city, at, client):
    at(a_monday(), 10)
    request = actions.resume_answer(actor=city.joost, request=paused(city, scene.taken_up(city)))
    actions.extend_answer(actor=city.joost, request=request, amount=1, text="Er zijn veel aanvragen.")
    with acting(city.marit.acting):
        texts = {one.text for one in Message.objects.filter(request=request, from_desk=True)}
        verbs = set(HistoryEntry.objects.filter(thing_id=request.pk).values_list("verb", flat=True))
    assert texts == {WHY, "Er zijn veel aanvragen."}
    assert {"request.paused", "request.resumed", "request.extended"} <= verbs
    with scene.as_jobs():
        events = set(OutboxEvent.objects.filter(thing_id=request.pk).values_list("event", flat=True))
    assert {"request.paused", "request.resumed", "request.extended"} <= events


def test_both_sides_see_that_it_stands_still_and_on_which_ground(city, client):
    request = paused(city, application(city))
    for who in (city.marit, city.joost):
        client.force_login(who)
        page = client.get(request.get_absolute_url()).content.decode()
        assert "Awb, artikel 4:15, lid 1 onder a" in page or "Awb, article 4:15, paragraph 1 under a" in page
    client.force_login(city.joost)
    page = client.get(request.get_absolute_url()).content.decode()
    assert reverse("backoffice:request-resume", args=[request.pk]) in page
    assert reverse("backoffice:request-pause", args=[request.pk]) not in page


def test_a_pause_that_nobody_ends_is_over_on_its_day(city, at):
    monday = a_monday()
    at(monday, 10)
    request = paused(city, scene.taken_up(city, urgency="today"), days=3)
    at(monday + timedelta(days=7), 9)
    now = scene.now_of(request, city.joost)
    assert not now.is_paused
    with pytest.raises(Refused) as refusal:
        actions.resume_answer(actor=city.joost, request=request)
    assert refusal.value.code == "state"
    answered = actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    with acting(city.joost.acting):
        assert Pause.objects.get(request=request).ended_at == request.paused_until
    assert (answered.paused_until, answered.answer_due_at) == (None, request.answer_due_at)


def test_a_question_to_the_loket_does_not_stop_the_law(city, at):
    monday = a_monday()
    at(monday, 10)
    request = application(city)
    at(monday + timedelta(days=1), 10)
    asked = actions.ask_back(actor=city.joost, request=request, text="Hoe hoog is de huur?")
    assert (asked.clock, asked.stopped_at, asked.answer_due_at) == (Clock.REPLY, None, request.answer_due_at)
    at(monday + timedelta(days=3), 10)
    replied = actions.reply_to_desk(actor=city.marit, request=asked, text="Zeshonderd euro.")
    assert (replied.clock, replied.due_at) == (Clock.ANSWER, request.answer_due_at)


def test_a_question_back_ends_a_pause_of_a_service_term_and_stops_it_itself(city, at):
    monday = a_monday()
    at(monday, 10)
    request = paused(city, scene.taken_up(city, urgency="today"))
    at(monday + timedelta(days=1), 10)
    asked = actions.ask_back(actor=city.joost, request=request, text="Hoe oud?")
    assert (asked.paused_until, asked.minutes_left) == (None, 240)
    at(monday + timedelta(days=2), 10)
    replied = actions.reply_to_desk(actor=city.marit, request=asked, text="Vier.")
    assert replied.due_at == replied.answer_due_at == moment(monday + timedelta(days=2), 14)


def test_a_pause_of_the_law_goes_on_through_a_question_back(city, at):
    monday = a_monday()
    at(monday, 10)
    asked = actions.ask_back(actor=city.joost, request=paused(city, application(city), days=20), text="Hoe hoog?")
    assert asked.is_paused
    at(monday + timedelta(days=4), 10)
    resumed = actions.resume_answer(actor=city.joost, request=asked)
    # Three whole days stood still: neither the first nor the last.
    assert resumed.answer_last_day == monday + timedelta(weeks=8, days=3)
    assert resumed.clock == Clock.REPLY


@pytest.mark.parametrize("kind", ["advice", "application"])
def test_more_time_is_taken_once_and_no_more_than_the_term_itself(city, at, kind):
    monday = a_monday()
    at(monday, 10)
    request = scene.taken_up(city, kind=kind)
    most = {"advice": 3, "application": 8}[kind]
    with pytest.raises(Refused) as refusal:
        actions.extend_answer(actor=city.joost, request=request, amount=most + 1, text="Druk.")
    assert refusal.value.field == "amount"
    longer = actions.extend_answer(actor=city.joost, request=request, amount=2, text="Druk.")
    days = {"advice": add_working_days(monday, 5), "application": last_day_of_term(monday + timedelta(weeks=10))}
    assert timezone.localdate(longer.answer_due_at) == days[kind]
    assert longer.due_at == longer.answer_due_at
    with pytest.raises(Refused) as refusal:
        actions.extend_answer(actor=city.joost, request=longer, amount=1, text="Druk.")
    assert refusal.value.code == "extended"


@pytest.mark.parametrize("who", ["marit", "karim", "hakan"])
def test_only_the_desk_itself_changes_its_time(city, who):
    request, actor = scene.taken_up(city), getattr(city, who)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for action, details in (
        (actions.pause_answer, {"ground": "agreed", "until": tomorrow, "text": WHY}),
        (actions.resume_answer, {}),
        (actions.extend_answer, {"amount": 1, "text": WHY}),
    ):
        with pytest.raises((NotAllowed, SpecialistRequest.DoesNotExist)):
            action(actor=actor, request=request, **details)


@pytest.mark.parametrize("state", ["sent", "asked_back", "answered", "closed", "withdrawn"])
def test_only_while_the_desk_works_on_it(city, state):
    request = scene.AT[state](city)
    with pytest.raises((Refused, SpecialistRequest.DoesNotExist)):
        paused(city, request)
    with pytest.raises((Refused, SpecialistRequest.DoesNotExist)):
        actions.extend_answer(actor=city.joost, request=request, amount=1, text=WHY)


def test_what_is_late_is_answered_and_not_stopped(city, at):
    monday = a_monday()
    at(monday, 10)
    request = scene.taken_up(city)
    at(monday + timedelta(days=10), 10)
    for change in (paused, lambda city, one: actions.extend_answer(actor=city.joost, request=one, amount=1, text=WHY)):
        with pytest.raises(Refused) as refusal:
            change(city, request)
        assert refusal.value.code == "late"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"text": " "}, "text"), ({"ground": "busy"}, "ground"), ({"days": 0}, "until"), ({"days": 500}, "until")],
)
def test_a_pause_needs_a_ground_a_day_and_words(city, wrong, field):
    request = scene.taken_up(city)
    asked = {"ground": "completing", "days": 3, "text": WHY, **wrong}
    until = timezone.localdate() + timedelta(days=asked.pop("days"))
    with pytest.raises(Refused) as refusal:
        actions.pause_answer(actor=city.joost, request=request, until=until, **asked)
    assert refusal.value.field == field


def test_the_form_pauses_once_however_often_it_is_sent_and_keeps_what_was_typed(city, client):
    request = scene.taken_up(city)
    client.force_login(city.joost)
    url = reverse("backoffice:request-pause", args=[request.pk])
    refused = client.post(url, {"ground": "", "until": "", "text": WHY})
    assert refused.status_code == 200
    assert WHY in refused.content.decode()
    typed = {"ground": "agreed", "until": str(timezone.localdate() + timedelta(days=5)), "text": WHY}
    typed["command_key"] = "7d0e4f7e-3f7e-4d43-8f5e-6f6a0a3f6d11"
    for _ in range(2):
        assert client.post(url, typed).status_code == 302
    with acting(city.joost.acting):
        assert Pause.objects.filter(request=request).count() == 1


def test_taking_it_back_ends_the_pause(city):
    request = paused(city, scene.taken_up(city))
    actions.withdraw_request(actor=city.marit, request=request, reason="solved")
    with acting(city.marit.acting):
        assert Pause.objects.get(request=request).ended_at is not None


def test_nobody_else_sees_a_pause_in_the_database(city):
    request = paused(city, scene.taken_up(city))
    for who in (city.noor, city.karim):
        with acting(who.acting):
            assert not Pause.objects.filter(request=request).exists()


def test_a_reply_is_owed_before_the_law_wants_the_answer(city, at):
    monday = a_monday()
    at(monday, 10)
    request = application(city)
    at(timezone.localdate(request.answer_due_at), 9)
    asked = actions.ask_back(actor=city.joost, request=request, text="Hoe hoog is de huur?")
    assert asked.due_at == request.answer_due_at


def test_after_a_pause_of_the_law_ran_out_its_clock_runs_on_while_the_desk_waits(city, at):
    monday = a_monday()
    at(monday, 10)
    request = paused(city, application(city), days=2)
    at(monday + timedelta(days=3), 10)
    asked = actions.ask_back(actor=city.joost, request=request, text="Hoe hoog is de huur?")
    line = clocks(asked, scene.desk(city))[1]
    assert (asked.is_paused, line.state) == (False, "running")
    at(monday + timedelta(days=4), 10)
    replied = actions.reply_to_desk(actor=city.marit, request=asked, text="Zeshonderd euro.")
    # One day stood still, and no more.
    assert timezone.localdate(replied.due_at) == last_day_of_term(monday + timedelta(weeks=8, days=1))
