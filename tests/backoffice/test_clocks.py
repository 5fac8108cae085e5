"""Each wait has a clock in opening hours or working days, which stands still while the loket owes an answer."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from backoffice import actions
from backoffice.models import Clock, Stall
from luisterloket.platform.acting import acting
from luisterloket.wijken.calendar import add_working_days, is_working_day, last_day_of_term, next_working_day
from tests.backoffice import scene
from tests.backoffice.moments import AMSTERDAM, a_monday


def a_holiday() -> date:
    """A weekday to come on which the desks are closed, after a working day."""
    day = timezone.localdate() + timedelta(days=1)
    while day.weekday() > 4 or is_working_day(day) or not is_working_day(day - timedelta(days=1)):
        day += timedelta(days=1)
    return day


def test_an_acute_request_is_picked_up_and_answered_within_opening_hours(city, at):
    monday = a_monday()
    at(monday, 11, 5)
    request = scene.sent(city, urgency="today")
    assert (request.clock, request.due_at) == (Clock.PICK_UP, datetime.combine(monday, time(12, 5), AMSTERDAM))
    assert request.answer_due_at == datetime.combine(monday, time(15, 5), AMSTERDAM)


def test_opening_hours_go_on_the_next_morning(city, at):
    monday = a_monday()
    at(monday, 16, 30)
    request = scene.sent(city, urgency="today")
    assert request.due_at == datetime.combine(monday + timedelta(days=1), time(9, 30), AMSTERDAM)
    assert request.answer_due_at == datetime.combine(monday + timedelta(days=1), time(12, 30), AMSTERDAM)


def test_the_usual_term_is_in_working_days_and_skips_the_weekend(city, at):
    thursday = a_monday() + timedelta(days=3)
    at(thursday, 10)
    request = scene.sent(city)
    assert request.due_at == datetime.combine(thursday + timedelta(days=1), time(17), AMSTERDAM)
    assert request.answer_due_at == datetime.combine(add_working_days(thursday, 3), time(17), AMSTERDAM)
    assert (add_working_days(thursday, 3) - thursday).days == 5


def test_a_holiday_does_not_count(city, at):
    holiday = a_holiday()
    at(holiday - timedelta(days=1), 16, 30)
    request = scene.sent(city, urgency="today")
    assert timezone.localdate(request.due_at) == next_working_day(holiday)


def test_the_answer_is_due_at_the_moment_fixed_at_sending_however_late_it_is_taken_up(city, at):
    monday = a_monday()
    at(monday, 10)
    request = scene.sent(city)
    at(monday + timedelta(days=2), 16)
    taken = actions.take_up_request(actor=city.joost, request=request)
    assert (taken.clock, taken.due_at) == (Clock.ANSWER, request.answer_due_at)


def test_a_question_back_stops_the_desk_and_starts_the_asker(city, at):
    monday = a_monday()
    at(monday, 10)
    request = actions.take_up_request(actor=city.joost, request=scene.sent(city, urgency="today"))
    at(monday, 12)
    asked = actions.ask_back(actor=city.joost, request=request, text="Hoe oud zijn zij?")
    assert asked.minutes_left == 120
    assert (asked.clock, asked.due_at) == (Clock.REPLY, datetime.combine(monday, time(14), AMSTERDAM))


def test_over_a_weekend_the_clock_goes_on_with_what_was_left(city, at):
    friday = a_monday() + timedelta(days=4)
    at(friday, 13)
    request = actions.take_up_request(actor=city.joost, request=scene.sent(city, urgency="today"))
    at(friday, 16)
    actions.ask_back(actor=city.joost, request=request, text="Hoe oud zijn zij?")
    at(friday + timedelta(days=1), 11)
    replied = actions.reply_to_desk(actor=city.marit, request=request, text="Vier en een.")
    assert (replied.clock, replied.minutes_left) == (Clock.ANSWER, None)
    assert replied.due_at == datetime.combine(friday + timedelta(days=3), time(10), AMSTERDAM)


def test_over_a_holiday_the_clock_goes_on_with_what_was_left(city, at):
    holiday = a_holiday()
    at(holiday - timedelta(days=1), 13)
    request = actions.take_up_request(actor=city.joost, request=scene.sent(city, urgency="today"))
    at(holiday - timedelta(days=1), 16, 30)
    actions.ask_back(actor=city.joost, request=request, text="Hoe oud zijn zij?")
    at(holiday, 11)
    replied = actions.reply_to_desk(actor=city.marit, request=request, text="Vier en een.")
    assert replied.due_at == datetime.combine(next_working_day(holiday), time(9, 30), AMSTERDAM)


def test_asked_back_twice_the_second_stop_counts_from_the_new_moment(city, at):
    monday = a_monday()
    at(monday, 9)
    request = actions.take_up_request(actor=city.joost, request=scene.sent(city, urgency="today"))
    at(monday, 10)
    actions.ask_back(actor=city.joost, request=request, text="Een?")
    at(monday, 12)
    actions.reply_to_desk(actor=city.marit, request=request, text="Ja.")
    at(monday, 13)
    assert actions.ask_back(actor=city.joost, request=request, text="Twee?").minutes_left == 120


def test_an_answer_starts_the_clock_of_telling_and_telling_that_of_asking_whether_it_worked(city, at):
    monday = a_monday()
    at(monday, 10)
    request = scene.answered(city)
    assert (request.clock, request.due_at) == (Clock.TELL, datetime.combine(monday + timedelta(days=2), time(17), AMSTERDAM))
    closed = actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    asked_on = last_day_of_term(monday + timedelta(weeks=6))
    assert (closed.clock, timezone.localdate(closed.due_at)) == (Clock.OUTCOME, asked_on)
    checked = actions.check_outcome(actor=city.marit, request=closed, worked="worked")
    assert (checked.clock, checked.due_at) == ("", None)


@pytest.mark.parametrize(
    ("state", "who", "action", "details"),
    [
        ("sent", "joost", "take_up_request", {}),
        ("taken_up", "joost", "ask_back", {"text": "Hoe oud?"}),
        ("asked_back", "marit", "reply_to_desk", {"text": "Vier."}),
        ("taken_up", "joost", "answer_request", {"result": "granted", "answer": "Ja."}),
        ("answered", "marit", "tell_resident", {"told_how": "phone", "outcome": "helps"}),
        ("sent", "marit", "withdraw_request", {"reason": "solved"}),
    ],
)
def test_whoever_does_what_was_waited_for_ends_the_stall(city, state, who, action, details):
    from backoffice.sweep import sweep

    request = scene.AT[state](city)
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        assert sweep() == 1
    assert scene.now_of(request, city.marit).stalled_at
    getattr(actions, action)(actor=getattr(city, who), request=request, **details)
    with acting(city.marit.acting):
        assert not Stall.objects.filter(request=request, ended_at=None).exists()
        assert Stall.objects.filter(request=request).count() == 1
    assert scene.now_of(request, city.marit).stalled_at is None
