"""Whatever the hours of a desk, its closed days and the moment: a term ends when a slow and plain count says, and a pause neither
gives nor takes time.
"""

import os
from datetime import date, datetime, time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backoffice import terms
from backoffice.models import Clock, Desk, Kind, Measure, SpecialistRequest, Term, Urgency
from tests import slow_calendar as slow

FULL = os.environ.get("PROOF") == "full"
some = settings(max_examples=2000 if FULL else 40, deadline=None)
few = settings(max_examples=1000 if FULL else 25, deadline=None)

spans = st.tuples(st.integers(0, 22 * 4), st.integers(1, 40)).map(
    lambda pair: [f"{pair[0] // 4:02}:{pair[0] % 4 * 15:02}", _later(pair[0] * 15, pair[1] * 15)]
)
days_off = st.one_of(st.none(), spans)
weeks = st.tuples(*[days_off] * 7).map(list).filter(lambda week: any(week[:5]))
# The years hold both changes of the clock, and all the holidays.
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=slow.AMSTERDAM)
)
near = st.integers(0, 20)


def _later(start: int, length: int) -> str:
    end = min(start + length, 24 * 60 - 1)
    return f"{end // 60:02}:{end % 60:02}"


def a_desk(week: list, start: datetime, off: set[int]) -> tuple[Desk, set[date]]:
    """A desk with these hours that is closed so many days after the start."""
    closed = {start.date() + timedelta(days=n) for n in off}
    return Desk(week=week, closed_days={day.isoformat(): "Studiedag" for day in closed}), closed


def a_term(amount: int, measure: str, source: str = Term.Source.CONVENANT) -> Term:
    return Term(
        kind=Kind.ADVICE, urgency=Urgency.NORMAL, clock=Clock.ANSWER, amount=amount, measure=measure, source=source,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip


def asked(term: Term, desk: Desk, start: datetime) -> SpecialistRequest:
    request = SpecialistRequest(sent_at=start)
    terms.fix(request, terms.ends(term, desk, start))
    return request


@some
@given(weeks, moments, st.sets(near, max_size=4), st.integers(1, 8))
def test_opening_hours_are_counted_as_one_would_minute_by_minute(week, start, off, hours):
    desk, closed = a_desk(week, start, off)
    due = terms.ends(a_term(hours, Measure.OPENING_HOURS), desk, start).at
    assert due == slow.after_minutes(week, closed, start, hours * 60)
    assert desk.hours.minutes_between(start, due) == slow.minutes_between(week, closed, start, due) == hours * 60


@some
@given(weeks, moments, moments)
def test_what_is_between_two_moments_is_what_a_slow_count_finds(week, start, end):
    end = start + (end - start) % timedelta(days=9)
    desk, closed = a_desk(week, start, {2})
    assert desk.hours.minutes_between(start, end) == slow.minutes_between(week, closed, start, end)


@some
@given(weeks, moments, st.sets(near, max_size=4), st.integers(1, 12))
def test_working_days_of_a_desk_are_counted_as_one_would_day_by_day(week, start, off, days):
    desk, closed = a_desk(week, start, off)
    due = terms.ends(a_term(days, Measure.WORKING_DAYS), desk, start)
    assert (due.at, due.last_day) == (slow.after_working_days(week, closed, start, days), None)


@some
@given(weeks, moments, st.sets(near, max_size=4), st.integers(1, 12))
def test_the_law_does_not_wait_for_a_closed_desk(week, start, off, amount):
    desk, _closed = a_desk(week, start, off)
    day = start.date()
    last = day + timedelta(days=7 * amount)
    for term in (a_term(amount, Measure.WEEKS), a_term(amount, Measure.WEEKS, Term.Source.LAW)):
        due = terms.ends(term, desk, start)
        assert (due.last_day, due.at) == (last, datetime.combine(slow.moved(last), time(23, 59), slow.AMSTERDAM))
    left, day = amount, start.date()
    while left:
        day += slow.DAY
        left -= slow.works(day)
    due = terms.ends(a_term(amount, Measure.WORKING_DAYS, Term.Source.LAW), desk, start)
    assert due.at == datetime.combine(day, time(23, 59), slow.AMSTERDAM)


@some
@given(moments, st.integers(1, 3))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(start, months):
    due = terms.ends(a_term(months, Measure.MONTHS), Desk(), start)
    month = (start.month - 1 + months) % 12 + 1
    assert due.last_day.month == month
    assert due.last_day.day == start.day or (due.last_day + slow.DAY).month != month
    assert due.at.date() == slow.moved(due.last_day)


@few
@given(weeks, moments, st.sets(near, max_size=3), st.integers(1, 6), st.integers(0, 4000), st.integers(0, 20_000))
def test_a_pause_keeps_every_opening_minute_that_was_left(week, start, off, hours, before, during):
    desk, _closed = a_desk(week, start, off)
    request = asked(a_term(hours, Measure.OPENING_HOURS), desk, start)
    stopped, again = start + timedelta(minutes=before), start + timedelta(minutes=before + during)
    assume(stopped < request.answer_due_at)
    left = desk.hours.minutes_between(stopped, request.answer_due_at)
    terms.pause(request, desk, start + timedelta(days=40), stopped)
    terms.go_on(request, desk, again)
    assert desk.hours.minutes_between(again, request.answer_due_at) == left
    assert (request.stopped_at, request.minutes_left, request.paused_until) == (None, None, None)


@few
@given(moments, st.integers(1, 12), st.integers(0, 40), st.integers(0, 60))
def test_a_pause_of_a_term_of_the_law_moves_its_last_day_by_the_days_it_stood_still(start, weeks_, before, during):
    desk = Desk()
    request = asked(a_term(weeks_, Measure.WEEKS, Term.Source.LAW), desk, start)
    last = request.answer_last_day
    stopped, again = start + timedelta(days=before), start + timedelta(days=before + during)
    terms.pause(request, desk, start + timedelta(days=400), stopped)
    terms.go_on(request, desk, again)
    # The day on which it was stopped and the day on which it went on both count.
    still, day = 0, stopped.date() + slow.DAY
    while day < again.date():
        still, day = still + 1, day + slow.DAY
    assert request.answer_last_day == last + timedelta(days=still)
    assert request.answer_due_at.date() == slow.moved(request.answer_last_day)


@few
@given(weeks, moments, st.sampled_from([*Measure]), st.integers(0, 3000), st.integers(1, 30))
def test_a_pause_that_nobody_ends_is_over_on_its_day(week, start, measure, before, days):
    desk, _closed = a_desk(week, start, set())
    request, same = (asked(a_term(2, measure), desk, start) for _ in range(2))
    stopped = start + timedelta(minutes=before)
    until = datetime.combine(stopped.date() + timedelta(days=days), time(0), slow.AMSTERDAM)
    for one in (request, same):
        terms.pause(one, desk, until, stopped)
    promised = request.answer_due_at
    terms.go_on(request, desk, until + timedelta(days=100))
    terms.go_on(same, desk, until)
    assert request.answer_due_at == same.answer_due_at == promised


def test_a_year_of_days_in_every_measure():
    """From every day of two years, through every holiday and both changes of the clock."""
    week = [["09:00", "17:00"]] * 4 + [["09:00", "12:30"], ["10:00", "12:00"], None]
    closed = {date(2026, 12, 24), date(2027, 5, 7), date(2027, 7, 1)}
    desk = Desk(week=week, closed_days={day.isoformat(): "Dicht" for day in closed})
    day = date(2026, 6, 1)
    while day < date(2028, 6, 1):
        start = datetime.combine(day, time(11, 20), slow.AMSTERDAM)
        found = {
            (measure, source): terms.ends(a_term(3, measure, source), desk, start).at
            for measure in Measure
            for source in Term.Source
            if (measure, source) != (Measure.OPENING_HOURS, Term.Source.LAW)
        }
        made, law = Term.Source.CONVENANT, Term.Source.LAW
        assert found[Measure.OPENING_HOURS, made] == slow.after_minutes(week, closed, start, 180), day
        assert found[Measure.WORKING_DAYS, made] == slow.after_working_days(week, closed, start, 3), day
        assert found[Measure.WEEKS, law] == found[Measure.WEEKS, made], day
        assert found[Measure.WEEKS, law].date() == slow.moved(day + timedelta(days=21)), day
        assert slow.works(found[Measure.MONTHS, law].date()), day
        third, left = day, 3
        while left:
            third += slow.DAY
            left -= slow.works(third)
        assert found[Measure.WORKING_DAYS, law].date() == third, day
        day += slow.DAY
