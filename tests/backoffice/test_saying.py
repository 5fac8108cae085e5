"""Until when there is time, and how late it is, as one says it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import translation

from backoffice import saying
from luisterloket.wijken.calendar import AMSTERDAM, OpeningHours, Span, end_of_day

HOURS = OpeningHours((*[Span(time(9), time(17))] * 4, Span(time(9), time(12, 30)), None, None))
# A Wednesday in a month without holidays.
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: on(0, 14))
    with translation.override("en"):
        yield


def on(days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(TODAY + timedelta(days=days), time(hour, minute), AMSTERDAM)


@pytest.mark.parametrize(
    ("due_at", "words"),
    [
        (on(0, 17), "3 hours of opening time left"),
        (on(0, 14, 20), "20 minutes of opening time left"),
        (on(0, 18), "3 hours of opening time left"),
        (on(1, 17), "tomorrow before 17:00"),
        (on(2, 12, 30), "Friday before 12:30"),
        (on(6, 9), "Tuesday before 9:00"),
        (on(7, 9), "Wed 25 Nov before 9:00"),
        (end_of_day(TODAY), "today"),
        (end_of_day(TODAY + timedelta(days=2)), "Friday"),
        (end_of_day(TODAY + timedelta(days=60)), "Sun 17 Jan 2027"),
    ],
)
def test_until_when(due_at, words):
    assert saying.due_by(due_at, HOURS, on(0, 14)) == words


@pytest.mark.parametrize(
    ("due_at", "words"),
    [
        (on(0, 13, 20), "40 minutes late"),
        (on(-1, 17), "5 hours late"),
        (on(-1, 14), "1 working day late"),
        (on(-2, 13), "2 working days late"),
        (on(-5, 12, 30), "3 working days late"),
        (end_of_day(TODAY - timedelta(days=5)), "5 days late"),
        (end_of_day(TODAY - timedelta(days=1)), "1 day late"),
    ],
)
def test_how_late(due_at, words):
    assert saying.late(due_at, HOURS, on(0, 14)) == words


def test_late_in_the_evening_is_late_without_a_number():
    assert saying.late(on(0, 17), HOURS, on(0, 19)) == "late"
