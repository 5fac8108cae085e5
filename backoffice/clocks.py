"""The clocks of a request in words: what ran, what runs and until when, what stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.platform.templatetags.ui import when

from .models import Clock, Desk, SpecialistRequest
from .saying import date_of, due_by, late, stretch

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
    """The clocks of a request: picked up, answered, told; and once it was told, whether it worked."""
    now = now or timezone.now()
    found = [_picked_up(request, desk, now), _answered(request, desk, now), _told(request, desk, now)]
    return [*found, *_contested(request, desk, now), *_checked(request, desk, now)]


def wait(request: SpecialistRequest, desk: Desk, now: datetime | None = None) -> Wait:
    """How long is left of the clock that runs, or why it stands still."""
    now = now or timezone.now()
    if request.status in (Status.CLOSED, Status.WITHDRAWN, Status.GROUND_ENDED) or request.due_at is None:
        return Wait("neutral", "check", str(request.get_status_display()))
    if request.due_at < now:
        return Wait("acute", "warning", late(request.due_at, desk.hours, now))
    if request.is_paused and request.status == Status.TAKEN_UP:
        return Wait("neutral", "pause", _("stands still"))
    tone = "acute" if request.urgency == "today" and request.status != Status.ANSWERED else "waiting"
    return Wait(tone, "warning" if tone == "acute" else "clock", due_by(request.due_at, desk.hours, now))


def _picked_up(request: SpecialistRequest, desk: Desk, now: datetime) -> ClockLine:
    name = Clock.PICK_UP.label
    if request.taken_up_at:
        minutes = desk.hours.minutes_between(request.sent_at, request.taken_up_at)
        if minutes < 1:
            return ClockLine(name, "done", _("at once, by %(who)s") % {"who": request.taken_up_by or ""})
        took = stretch(request.sent_at, request.taken_up_at, desk.hours)
        return ClockLine(name, "done", _("after %(time)s, by %(who)s") % {"time": took, "who": request.taken_up_by or ""})
    if request.status == Status.SENT:
        return _running(name, request.due_at, desk, now)
    return ClockLine(name, "todo", _("no longer needed"))


def _answered(request: SpecialistRequest, desk: Desk, now: datetime) -> ClockLine:
    name = Clock.ANSWER.label
    if request.answered_at:
        return ClockLine(
            name, "done", _("%(when)s, by %(who)s") % {"when": when(request.answered_at), "who": request.answered_by or ""}
        )
    if request.status in (Status.TAKEN_UP, Status.ASKED_BACK) and request.is_paused:
        told = {"day": when(timezone.localdate(request.paused_until)), "when": date_of(request.answer_due_at)}
        return ClockLine(name, "paused", _("stands still until %(day)s; then answered at the latest: %(when)s") % told)
    if request.status == Status.TAKEN_UP:
        return _running(name, request.due_at, desk, now)
    if request.status == Status.ASKED_BACK and (request.stopped_at is None or request.paused_until):
        # A term of the law goes on while the desk waits for the loket; a pause of it that ran out does not matter any more.
        return _running(name, request.answer_due_at, desk, now)
    if request.status == Status.ASKED_BACK:
        if request.due_at and request.due_at < now:
            return ClockLine(name, "late", _("the loket’s reply is %(late)s") % {"late": late(request.due_at, desk.hours, now)})
        return ClockLine(name, "paused", _("waits for the loket, at the latest: %(when)s") % {"when": when(request.due_at)})
    if request.status == Status.SENT:
        return ClockLine(name, "todo", _at_the_latest(request.answer_due_at))
    return ClockLine(name, "todo", _("no longer needed"))


def _told(request: SpecialistRequest, desk: Desk, now: datetime) -> ClockLine:
    name = Clock.TELL.label
    if request.status == Status.CLOSED and not request.told_how:
        return ClockLine(name, "done", _("went on with another desk, %(when)s") % {"when": when(request.closed_at)})
    if request.status == Status.CLOSED:
        return ClockLine(
            name, "done", _("%(when)s, %(how)s") % {"when": when(request.closed_at), "how": request.get_told_how_display()}
        )
    if request.status == Status.ANSWERED:
        return _running(name, request.due_at, desk, now)
    if request.status in (Status.WITHDRAWN, Status.GROUND_ENDED):
        return ClockLine(name, "todo", _("no longer needed"))
    return ClockLine(name, "todo", _("after that, by %(who)s") % {"who": request.asked_by})


def _contested(request: SpecialistRequest, desk: Desk, now: datetime) -> list[ClockLine]:
    """The clock of who looks again, or of the wijkwethouder, while it runs."""
    clock = {Status.CONTESTED: Clock.RECONSIDER, Status.ESCALATED: Clock.ESCALATE}.get(Status(request.status))
    return [_running(clock.label, request.due_at, desk, now)] if clock else []


def _checked(request: SpecialistRequest, desk: Desk, now: datetime) -> list[ClockLine]:
    """Whether it worked: only of what was told, since before that there is nothing to ask."""
    name = Clock.OUTCOME.label
    if request.worked:
        return [ClockLine(name, "done", f"{when(request.worked_at)}: {request.get_worked_display()}")]
    return [_running(name, request.due_at, desk, now)] if request.clock == Clock.OUTCOME else []


def _running(name: Any, due_at: datetime | None, desk: Desk, now: datetime) -> ClockLine:
    """A clock that runs: in words, and by its date."""
    due_at = due_at or now
    if due_at < now:
        told = {"late": late(due_at, desk.hours, now), "when": date_of(due_at)}
        return ClockLine(name, "late", _("%(late)s. At the latest: %(when)s") % told)
    words, on = due_by(due_at, desk.hours, now), date_of(due_at)
    return ClockLine(name, "running", _("%(words)s (%(date)s)") % {"words": words, "date": on} if on not in words else words)


def _at_the_latest(due_at: datetime) -> str:
    return _("at the latest: %(when)s") % {"when": date_of(due_at)}


def end_of_week(now: datetime) -> datetime:
    """The end of this week's Sunday, in Amsterdam."""
    today = timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=0)
    return today + timedelta(days=6 - today.weekday())
