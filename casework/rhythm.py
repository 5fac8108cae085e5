"""When one asks again how it goes: the days that a wijk chose, always a working day."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from luisterloket.wijken.calendar import add_working_days, is_working_day, next_working_day
from luisterloket.wijken.models import FIRST_CONTACT_DAYS, LATE_AFTER_DAYS, WayOfWorking, usual_rhythm

from .models import FollowUp

# Who was not reached is tried again soon.
TRY_AGAIN_DAYS = 3


@dataclass(frozen=True)
class Rhythm:
    """The days of one wijk, as it works now."""

    first: int
    waakvlam: tuple[int, ...]
    late_after: int

    def first_on(self) -> date:
        """When one first asks how it goes, after a case was opened or woke."""
        return _working(self.first)

    def waakvlam_on(self, step: int) -> date:
        return _working(self.waakvlam[min(step, len(self.waakvlam) - 1)])

    def late_on(self, due_on: date) -> date:
        return add_working_days(due_on, self.late_after)

    def next_step(self, done: FollowUp, result: str) -> int:
        """Waakvlam goes on to its next, longer, step; who was not reached stays where they are."""
        if done.kind != FollowUp.Kind.WAAKVLAM or result == FollowUp.Result.NOT_REACHED:
            return int(done.step)
        return min(int(done.step) + 1, len(self.waakvlam) - 1)

    def next_on(self, done: FollowUp, result: str) -> date:
        """The day that stands ready after this one was done."""
        if result == FollowUp.Result.NOT_REACHED:
            return add_working_days(timezone.localdate(), TRY_AGAIN_DAYS)
        if done.kind == FollowUp.Kind.WAAKVLAM:
            return self.waakvlam_on(self.next_step(done, result))
        return self.first_on()

    def is_last(self, follow_up: FollowUp) -> bool:
        """Whether waakvlam comes to its end with this one: then ending the case is offered."""
        return follow_up.kind == FollowUp.Kind.WAAKVLAM and follow_up.step >= len(self.waakvlam) - 1


def rhythm_of(unit_id: UUID) -> Rhythm:
    """One query; the usual days when the wijk has chosen nothing yet."""
    way = WayOfWorking.objects.filter(wijk__units=unit_id).order_by("-version").first()
    if way is None:
        return Rhythm(FIRST_CONTACT_DAYS, tuple(usual_rhythm()), LATE_AFTER_DAYS)
    return Rhythm(way.first_contact_days, tuple(way.waakvlam_rhythm) or tuple(usual_rhythm()), way.late_after_days)


def _working(days: int) -> date:
    day = timezone.localdate() + timedelta(days=days)
    return day if is_working_day(day) else next_working_day(day)
