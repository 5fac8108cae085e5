"""Other moments than now, for tests of clocks."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.backoffice.moments import AMSTERDAM


@pytest.fixture
def at(monkeypatch):
    """Let it be another moment: `at(day, 10, 30)`."""

    def be(day: date, hour: int, minute: int = 0) -> datetime:
        moment = datetime.combine(day, time(hour, minute), AMSTERDAM)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment.astimezone(ZoneInfo("UTC")))
        return moment

    return be
