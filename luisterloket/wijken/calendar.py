"""Dutch working days, calendar months and the opening hours of a desk, in which terms are counted.

Public holidays follow the Algemene termijnenwet, which names Bevrijdingsdag every year and puts Goede Vrijdag on a par.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
class OpeningHours:
    """From when until when a desk is open on a working day, in Amsterdam time."""

    opens: time = time(9)
    closes: time = time(17)

    def minutes_a_day(self) -> int:
        return (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute

    def after_working_days(self, start: datetime, days: int) -> datetime:
        """The end of the desk's day, `days` working days after `start`."""
        return self._at(add_working_days(start.astimezone(AMSTERDAM).date(), days), self.closes)

    def after_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment at which the desk has been open for `minutes` since `start`."""
        now = self._next_open(start)
        while True:
            closing = self._at(now.date(), self.closes)
            room = int((closing - now).total_seconds() // 60)
            if minutes <= room:
                return now + timedelta(minutes=minutes)
            minutes -= room
            now = self._at(next_working_day(now.date()), self.opens)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """How many minutes the desk is open between two moments; 0 when `end` comes first."""
        start, end = start.astimezone(AMSTERDAM), end.astimezone(AMSTERDAM)
        total, day = 0, start.date()
        while day <= end.date():
            if is_working_day(day):
                span = min(end, self._at(day, self.closes)) - max(start, self._at(day, self.opens))
                total += max(0, int(span.total_seconds() // 60))
            day += timedelta(days=1)
        return total

    def _next_open(self, moment: datetime) -> datetime:
        moment = moment.astimezone(AMSTERDAM)
        if is_working_day(moment.date()) and moment < self._at(moment.date(), self.closes):
            return max(moment, self._at(moment.date(), self.opens))
        return self._at(next_working_day(moment.date()), self.opens)

    @staticmethod
    def _at(day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, AMSTERDAM)
