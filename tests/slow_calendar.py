"""Dutch time counted as slowly and plainly as can be: minute by minute and day by day, for tests to compare with."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday, by the rule of the Gregorian calendar."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = century // 4, century % 4
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> set[date]:
    """The days of the Algemene termijnenwet, article 3, Good Friday among them and 5 May in every year."""
    sunday, king = easter(year), date(year, 4, 27)
    moving = {sunday + timedelta(days=n) for n in (-2, 0, 1, 39, 49, 50)}
    fixed = {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return moving | fixed | {king if king.weekday() != 6 else king - DAY}


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def is_open(week: list, closed: set[date], minute: datetime) -> bool:
    """Whether a desk is open during this minute."""
    local = minute.astimezone(AMSTERDAM)
    span = week[local.weekday()]
    if span is None or local.date() in closed or local.date() in holidays(local.year):
        return False
    return time.fromisoformat(span[0]) <= local.time() < time.fromisoformat(span[1])


def after_minutes(week: list, closed: set[date], start: datetime, minutes: int) -> datetime:
    """The moment at which the desk has been open for so many minutes, at least one."""
    now = start.astimezone(UTC)
    while minutes:
        minutes -= is_open(week, closed, now)
        now += MINUTE
    return now


def minutes_between(week: list, closed: set[date], start: datetime, end: datetime) -> int:
    now, total = start.astimezone(UTC), 0
    while now < end.astimezone(UTC):
        total += is_open(week, closed, now)
        now += MINUTE
    return total


def after_working_days(week: list, closed: set[date], start: datetime, days: int) -> datetime:
    """When the desk closes on its last of so many working days after the day of `start`."""
    day = start.astimezone(AMSTERDAM).date()
    while days:
        day += DAY
        days -= works(day) and week[day.weekday()] is not None and day not in closed
    return datetime.combine(day, time.fromisoformat(week[day.weekday()][1]), AMSTERDAM)


def moved(day: date) -> date:
    """Article 1: no term of the law ends in a weekend or on a holiday."""
    while not works(day):
        day += DAY
    return day
