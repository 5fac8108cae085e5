"""Moments and stretches of time of a request in words: how much is left, on which day it is due, how late it is."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luisterloket.platform.templatetags.ui import hour, when
from luisterloket.wijken.calendar import OpeningHours, end_of_day

# So far ahead a day is said by its name alone.
WITHIN_A_WEEK = timedelta(days=6)


def is_whole_day(moment: datetime) -> bool:
    """Whether it is due on a day, at whatever hour, as the law asks."""
    return moment == end_of_day(timezone.localdate(moment))


def due_by(due_at: datetime, hours: OpeningHours, now: datetime) -> str:
    """Until when there is time, as one says it: "3 hours of opening time left", "Friday before 17.00", "Thu 4 Dec before 17.00"."""
    day, today = timezone.localdate(due_at), timezone.localdate(now)
    if is_whole_day(due_at):
        return _day(day, today)
    if day == today and (minutes := hours.minutes_between(now, due_at)):
        return _("%(time)s of opening time left") % {"time": span(minutes)}
    return _("%(day)s before %(time)s") % {"day": _day(day, today), "time": hour(due_at)}


def date_of(due_at: datetime) -> str:
    """The date that goes with words such as "Friday before 17.00"."""
    return when(timezone.localdate(due_at)) if is_whole_day(due_at) else f"{when(timezone.localdate(due_at))} {hour(due_at)}"


def late(due_at: datetime, hours: OpeningHours, now: datetime) -> str:
    """How late it is: in working days of the desk, or in days when it was due on a day."""
    if is_whole_day(due_at):
        days = (timezone.localdate(now) - timezone.localdate(due_at)).days
        return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
    if not hours.minutes_between(due_at, now):
        return _("late")
    return _("%(time)s late") % {"time": stretch(due_at, now, hours)}


def stretch(start: datetime, end: datetime, hours: OpeningHours) -> str:
    """How long the desk had between two moments: in its working days when it is one or more, otherwise in its opening hours."""
    days = hours.working_days_between(start, end)
    # A working day is over at the hour at which it began.
    if days and timezone.localtime(end).time() < timezone.localtime(start).time():
        days -= 1
    return (
        ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days} if days else span(hours.minutes_between(start, end))
    )


def span(minutes: int) -> str:
    """A stretch of time, roughly, as one says it."""
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def _day(day: date, today: date) -> str:
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return date_format(day, "l") if today < day <= today + WITHIN_A_WEEK else when(day)
