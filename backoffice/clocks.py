"""The clocks of a request in words: what ran, what runs and until when, what stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luisterloket.platform.templatetags.ui import when

from .models import Clock, Desk, SpecialistRequest

Status = SpecialistRequest.Status


@dataclass(frozen=True)
class ClockLine:
    """One clock as a page shows it; `state` is done, running, late, paused or todo."""

    name: Any
    state: str
    text: str


@dataclass(frozen=True)
class Wait:
    """What a request waits for now, in one or two words, with its tone and icon."""

    tone: str
    icon: str
    text: str


def clocks(request: SpecialistRequest, desk: Desk, now: datetime | None = None) -> list[ClockLine]:
    """The three clocks of a request: picked up, answered, told."""
    now = now or timezone.now()
    return [_picked_up(request, desk, now), _answered(request, desk, now), _told(request, desk, now)]


def wait(request: SpecialistRequest, desk: Desk, now: datetime | None = None) -> Wait:
    """How long is left of the clock that runs, or why it stands still."""
    now = now or timezone.now()
    if request.status in (Status.CLOSED, Status.WITHDRAWN, Status.GROUND_ENDED) or request.due_at is None:
        return Wait("neutral", "check", str(request.get_status_display()))
    if request.due_at < now:
        return Wait("acute", "warning", late(request.due_at, desk, now))
    tone = "acute" if request.urgency == "today" and request.status != Status.ANSWERED else "waiting"
    return Wait(tone, "warning" if tone == "acute" else "clock", left(request.due_at, desk, now))


def left(due_at: datetime, desk: Desk, now: datetime) -> str:
    """What is left: in minutes or hours when it is today, otherwise the day."""
    if timezone.localdate(due_at) > timezone.localdate(now):
        return when(due_at)
    return _("%(time)s left") % {"time": span(desk.hours.minutes_between(now, due_at))}


def late(due_at: datetime, desk: Desk, now: datetime) -> str:
    minutes = desk.hours.minutes_between(due_at, now)
    return _("%(time)s late") % {"time": _long(minutes, desk)} if minutes else _("late")


def span(minutes: int) -> str:
    """A stretch of time, roughly, as one says it."""
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def _long(minutes: int, desk: Desk) -> str:
    """As `span`, in working days of the desk when it is more than one."""
    days = minutes // (desk.hours.minutes_a_day() or 1)
    return ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days} if days else span(minutes)


def _picked_up(request: SpecialistRequest, desk: Desk, now: datetime) -> ClockLine:
    name = Clock.PICK_UP.label
    if request.taken_up_at:
        minutes = desk.hours.minutes_between(request.sent_at, request.taken_up_at)
        if minutes < 1:
            return ClockLine(name, "done", _("at once, by %(who)s") % {"who": request.taken_up_by or ""})
        took = _long(minutes, desk)
        return ClockLine(name, "done", _("after %(time)s, by %(who)s") % {"time": took, "who": request.taken_up_by or ""})
    if request.status == Status.SENT:
        return _running(name, request, desk, now)
    return ClockLine(name, "todo", _("no longer needed"))


def _answered(request: SpecialistRequest, desk: Desk, now: datetime) -> ClockLine:
    name = Clock.ANSWER.label
    if request.answered_at:
        return ClockLine(
            name, "done", _("%(when)s, by %(who)s") % {"when": when(request.answered_at), "who": request.answered_by or ""}
        )
    if request.status == Status.TAKEN_UP:
        return _running(name, request, desk, now)
    if request.status == Status.ASKED_BACK:
        if request.due_at and request.due_at < now:
            return ClockLine(name, "late", _("the loket’s reply is %(late)s") % {"late": late(request.due_at, desk, now)})
        return ClockLine(name, "paused", _("waits for the loket, at the latest: %(when)s") % {"when": when(request.due_at)})
    if request.status == Status.SENT:
        return ClockLine(name, "todo", _("at the latest: %(when)s") % {"when": when(request.answer_due_at)})
    return ClockLine(name, "todo", _("no longer needed"))


def _told(request: SpecialistRequest, desk: Desk, now: datetime) -> ClockLine:
    name = Clock.TELL.label
    if request.status == Status.CLOSED:
        return ClockLine(
            name, "done", _("%(when)s, %(how)s") % {"when": when(request.closed_at), "how": request.get_told_how_display()}
        )
    if request.status == Status.ANSWERED:
        return _running(name, request, desk, now)
    if request.status in (Status.WITHDRAWN, Status.GROUND_ENDED):
        return ClockLine(name, "todo", _("no longer needed"))
    return ClockLine(name, "todo", _("after that, by %(who)s") % {"who": request.asked_by})


def _running(name: Any, request: SpecialistRequest, desk: Desk, now: datetime) -> ClockLine:
    due_at = request.due_at or now
    if due_at < now:
        return ClockLine(
            name, "late", _("%(late)s. At the latest: %(when)s") % {"late": late(due_at, desk, now), "when": when(due_at)}
        )
    if timezone.localdate(due_at) == timezone.localdate(now):
        return ClockLine(name, "running", _("%(left)s, before %(time)s") % {"left": left(due_at, desk, now), "time": _time(due_at)})
    return ClockLine(name, "running", _("at the latest: %(when)s") % {"when": when(due_at)})


def _time(moment: datetime) -> str:
    return when(moment).split()[-1]


def end_of_week(now: datetime) -> datetime:
    """The end of this week's Sunday, in Amsterdam."""
    today = timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=0)
    return today + timedelta(days=6 - today.weekday())
