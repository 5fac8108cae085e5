"""Hours in which someone is not mailed, and the morning on which a digest goes out."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from luisterloket.wijken.calendar import AMSTERDAM, is_working_day


@dataclass(frozen=True)
class QuietHours:
    """From one hour until another, over midnight or not; the same hour twice is none. `days_off` are weekends and holidays."""

    begins: time
    ends: time
    days_off: bool

    def after(self, moment: datetime) -> datetime:
        """The first moment from then on that is not quiet: the same moment when it is not."""
        moment = moment.astimezone(AMSTERDAM)
        while True:
            if self._is_off(moment.date()):
                moment = _at(moment.date() + timedelta(days=1), time())
            elif self._is_quiet(moment.time()):
                over_midnight = self.begins > self.ends and moment.time() >= self.begins
                moment = _at(moment.date() + timedelta(days=int(over_midnight)), self.ends)
            else:
                return moment

    def next_digest(self, moment: datetime, digest_at: time) -> datetime:
        """The first time after this moment that it is that hour and not a day off; later when it is still quiet then."""
        moment = moment.astimezone(AMSTERDAM)
        day = moment.date() if moment < _at(moment.date(), digest_at) else moment.date() + timedelta(days=1)
        while self._is_off(day):
            day += timedelta(days=1)
        return self.after(_at(day, digest_at))

    def _is_off(self, day: date) -> bool:
        return self.days_off and not is_working_day(day)

    def _is_quiet(self, clock: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, AMSTERDAM)
