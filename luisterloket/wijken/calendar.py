"""Dutch working days, calendar months and the opening hours of a desk, in which terms are counted.

Public holidays follow the Algemene termijnenwet, which names Bevrijdingsdag every year and puts Goede Vrijdag on a par.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from holidays.constants import OPTIONAL, PUBLIC

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@lru_cache(maxsize=1)
def _holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("NL", categories=(PUBLIC, OPTIONAL))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays()


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, days: int) -> date:
    for _ in range(days):
        day = next_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and including `end`; negative when `end` lies before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def last_day_of_term(day: date) -> date:
    """When a term that would end on this day ends: on a weekend or a holiday the first working day after it (Algemene
    termijnenwet, article 1).
    """
    return day if is_working_day(day) else next_working_day(day)


@dataclass(frozen=True)
class StatutoryTerm:
    """A term that the law sets, in calendar months, with where it stands and when someone last read that it still does."""

    law: str
    article: str
    months: int
    checked_on: date

    def ends(self, start: date, *, after: int = 0) -> date:
        """The last day of it. `after` are months of a term before it, which this one comes on top of."""
        return last_day_of_term(add_months(start, after + self.months))

    def __str__(self) -> str:
        return f"{self.law} {self.article}"


@dataclass(frozen=True)
class Span:
    """From when until when a desk is open on one day, in Amsterdam time."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("a day closes after it opens")


OFFICE = Span(time(9), time(17))
# Monday to Sunday; None for a day on which it is not open.
OFFICE_WEEK: tuple[Span | None, ...] = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, None, None)


@dataclass(frozen=True)
class OpeningHours:
    """When a desk is open: its hours per weekday, but never on a public holiday or on a day on which it is closed.

    It may be open on a Saturday, and hours are counted then; a working day of the desk is a Dutch working day on which it is open.
    Moments are added and subtracted in UTC, so that a change of the clock neither makes nor takes time.
    """

    week: tuple[Span | None, ...] = OFFICE_WEEK
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week[:5]):
            raise ValueError("a desk is open on at least one day from Monday to Friday")

    def on(self, day: date) -> Span | None:
        """From when until when it is open on this day."""
        return None if day in self.closed or day in _holidays() else self.week[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and self.on(day) is not None

    def add_working_days(self, day: date, days: int) -> date:
        while days:
            day += timedelta(days=1)
            days -= self.is_working_day(day)
        return day

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """How many of its working days come after the day of `start`, up to and including that of `end`; else 0."""
        first, last = _day(start), _day(end)
        return sum(self.is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def after_working_days(self, start: datetime, days: int) -> datetime:
        """The end of the desk's day, `days` of its working days after `start`."""
        day = self.add_working_days(_day(start), days)
        # Without any day to add it may be a day on which it is closed.
        return _at(day, (self.on(day) or OFFICE).closes)

    def after_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment at which the desk has been open for `minutes` since `start`."""
        day, left = _day(start), timedelta(minutes=minutes)
        while True:
            if span := self.on(day):
                opens, closes = max(_at(day, span.opens), start.astimezone(AMSTERDAM), key=_utc), _at(day, span.closes)
                room = _utc(closes) - _utc(opens)
                # A start after closing leaves no room, and nothing to add ends where it begins.
                if room > timedelta(0) and left <= room:
                    return (_utc(opens) + left).astimezone(AMSTERDAM)
                left -= max(room, timedelta(0))
            day += timedelta(days=1)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """How many minutes the desk is open between two moments; 0 when `end` comes first."""
        total, day, last = timedelta(0), _day(start), _day(end)
        while day <= last:
            if span := self.on(day):
                until, since = min(_utc(end), _utc(_at(day, span.closes))), max(_utc(start), _utc(_at(day, span.opens)))
                total += max(timedelta(0), until - since)
            day += timedelta(days=1)
        return total // timedelta(minutes=1)


def end_of_day(day: date) -> datetime:
    """The last minute of a day in Amsterdam: until then something is in time that the law asks on that day."""
    return _at(day, time(23, 59))


def start_of_day(day: date) -> datetime:
    return _at(day, time(0))


def _day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, AMSTERDAM)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
