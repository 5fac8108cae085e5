"""Terms in Dutch working days and opening hours."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luisterloket.wijken.calendar import AMSTERDAM, OpeningHours, add_working_days, is_working_day, working_days_between

HOURS = OpeningHours()


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    "holiday",
    [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2027, 5, 5),
        date(2026, 5, 14),
        date(2026, 12, 25),
    ],
)
def test_nobody_works_on_a_public_holiday(holiday):
    assert not is_working_day(holiday)


def test_three_working_days_from_the_day_before_easter_weekend():
    assert add_working_days(date(2026, 4, 2), 3) == date(2026, 4, 9)


def test_hours_are_counted_while_the_desk_is_open():
    assert HOURS.after_minutes(at(2026, 11, 27, 16, 0), 240) == at(2026, 11, 30, 12, 0)
    assert HOURS.after_minutes(at(2026, 11, 28, 11, 0), 60) == at(2026, 11, 30, 10, 0)
    assert HOURS.after_minutes(at(2026, 11, 25, 9, 0), 480) == at(2026, 11, 25, 17, 0)


def test_days_end_when_the_desk_closes():
    assert HOURS.after_working_days(at(2026, 11, 27, 16, 0), 1) == at(2026, 11, 30, 17, 0)


def test_the_clock_change_moves_nothing():
    assert HOURS.after_minutes(at(2026, 10, 23, 16, 0), 120) == at(2026, 10, 26, 10, 0)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=AMSTERDAM)
)


@given(MOMENTS, st.integers(1, 5000))
def test_what_is_added_can_be_counted_back(start, minutes):
    end = HOURS.after_minutes(start, minutes)
    assert HOURS.minutes_between(start, end) == minutes
    assert is_working_day(end.date())


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_added_working_days_can_be_counted_back(start, days):
    assert working_days_between(start, add_working_days(start, days)) == days
