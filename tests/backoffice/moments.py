"""Days to come, for tests of clocks."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from luisterloket.wijken.calendar import is_working_day

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def a_monday() -> date:
    """A Monday to come, in a week without holidays and before another one."""
    day = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    while not all(is_working_day(day + timedelta(days=n)) for n in (0, 1, 2, 3, 4, 7, 8)):
        day += timedelta(days=7)
    return day
