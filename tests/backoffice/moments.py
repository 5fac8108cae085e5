"""Other moments than now, for tests of clocks."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from luisterloket.wijken.calendar import is_working_day

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def at(monkeypatch):
    """Let it be another moment: `at(day, 10, 30)`."""

    def be(day: date, hour: int, minute: int = 0) -> datetime:
        moment = datetime.combine(day, time(hour, minute), AMSTERDAM)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment.astimezone(ZoneInfo("UTC")))
        return moment

    return be


def a_monday() -> date:
    """A Monday to come, in a week without holidays and before another one."""
    day = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    while not all(is_working_day(day + timedelta(days=n)) for n in (0, 1, 2, 3, 4, 7, 8)):
        day += timedelta(days=7)
    return day
