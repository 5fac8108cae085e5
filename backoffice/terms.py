"""When a wait is over: the one place where the moments of a request are computed (decision 0036).

Service terms are counted in the opening hours or the working days of the desk. Weeks, months and every term of the law are counted
in days of the calendar: a day on which only this desk is closed does not make the law wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luisterloket.platform.exceptions import Refused
from luisterloket.wijken.calendar import add_months, add_working_days, end_of_day, last_day_of_term

from .models import Clock, Desk, Measure, SpecialistRequest, Term

# Desk, kind, urgency, clock.
Key = tuple[UUID, str, str, str]


@dataclass(frozen=True)
class Due:
    """When a term ends. `last_day` is that of a term in days of the calendar, before a weekend or a holiday moved it."""

    at: datetime
    term: Term
    last_day: date | None = None


# The table -------------------------------------------------------------------------------------------------------


def of_desks(desks: list[Desk], on: date) -> dict[Key, Term]:
    """The terms of several desks that hold on a day, in one query."""
    found = Term.objects.filter(desk__in=desks, valid_from__lte=on)
    found = found.order_by("desk_id", "kind", "urgency", "clock", "-valid_from", "-made_at")
    return {
        (term.desk_id, term.kind, term.urgency, term.clock): term for term in found.distinct("desk_id", "kind", "urgency", "clock")
    }


def due(desk: Desk, kind: str, urgency: str, clock: str, start: datetime) -> Due:
    """When this clock runs out if it starts at `start`. Raises `Refused` when the desk never said how long it may take."""
    found = Term.objects.filter(desk=desk, kind=kind, urgency=urgency, clock=clock, valid_from__lte=timezone.localdate(start))
    term = found.order_by("-valid_from", "-made_at").first()
    if term is None:
        message = _("This desk has not said yet how soon it answers a request of this kind. Ask the desk lead to fill that in.")
        raise Refused(message, code="no_term")
    return ends(term, desk, start)


def ends(term: Term, desk: Desk, start: datetime) -> Due:
    """When this term ends if it starts at `start`."""
    if _in_days(term):
        return _until(term, _later(term, timezone.localdate(start), term.amount))
    return Due(_add(term, desk, start, term.amount), term)


def moments(desk: Desk, terms: Mapping[Key, Term], kind: str, urgency: str, start: datetime) -> dict[str, datetime]:
    """When picked up and answered at the latest, if it were sent now."""
    found = {clock: terms.get((desk.pk, kind, urgency, clock)) for clock in (Clock.PICK_UP, Clock.ANSWER)}
    return {str(clock): ends(term, desk, start).at for clock, term in found.items() if term is not None}


def in_words(term: Term) -> str:
    """The term as one says it: "4 opening hours"."""
    return many(term.measure, term.amount)


def many(measure: str, amount: int) -> str:
    """So many of a measure, as one says it."""
    words = {
        Measure.OPENING_HOURS: ngettext("%(n)d opening hour", "%(n)d opening hours", amount),
        Measure.WORKING_DAYS: ngettext("%(n)d working day", "%(n)d working days", amount),
        Measure.WEEKS: ngettext("%(n)d week", "%(n)d weeks", amount),
        Measure.MONTHS: ngettext("%(n)d month", "%(n)d months", amount),
    }
    return words[Measure(measure)] % {"n": amount}


# The answer's clock of a request ---------------------------------------------------------------------------------


def fix(request: SpecialistRequest, answer: Due) -> None:
    """The answer of this request is owed by this term."""
    request.answer_term, request.answer_due_at, request.answer_last_day = answer.term, answer.at, answer.last_day


def by_law(request: SpecialistRequest) -> bool:
    """Whether the law says when it is answered at the latest; then a question to the loket does not stop the clock."""
    return request.answer_term is not None and request.answer_term.source == Term.Source.LAW


def stop(request: SpecialistRequest, desk: Desk, now: datetime) -> None:
    """The clock stands still from now on, and keeps what it has left."""
    request.stopped_at = now
    if request.answer_last_day is None:
        request.minutes_left = desk.hours.minutes_between(now, request.answer_due_at)


def pause(request: SpecialistRequest, desk: Desk, until: datetime, now: datetime) -> None:
    """The clock stands still until that moment at the latest; the answer is owed as if it goes on then."""
    stop(request, desk, now)
    request.paused_until = until
    request.answer_due_at = _gone_on(request, desk, until)[0]


def go_on(request: SpecialistRequest, desk: Desk, now: datetime) -> datetime:
    """The clock runs again with what it had left, and no later than its pause was to end. Gives since when."""
    since = min(now, request.paused_until or now)
    if request.stopped_at is not None:
        request.answer_due_at, request.answer_last_day = _gone_on(request, desk, since)
    request.stopped_at = request.minutes_left = request.paused_until = None
    return since


def extend(request: SpecialistRequest, desk: Desk, amount: int) -> None:
    """The answer is owed so much later, in the measure of its own term."""
    term = request.answer_term
    if term is None:
        raise Refused(_("It is not known by which term this is answered, so it cannot be made longer."), code="no_term")
    if request.answer_last_day is not None:
        fix(request, _until(term, _later(term, request.answer_last_day, amount)))
    else:
        request.answer_due_at = _add(term, desk, request.answer_due_at, amount)


def _gone_on(request: SpecialistRequest, desk: Desk, since: datetime) -> tuple[datetime, date | None]:
    """When the answer is owed if its clock goes on at this moment, and the last day of a term in days."""
    last, stopped = request.answer_last_day, request.stopped_at or since
    if last is None:
        return desk.hours.after_minutes(since, request.minutes_left or 0), None
    # The law stops a term on the day after, and lets it go on on the day itself (article 4:15, paragraph 1, Awb).
    first, back = timezone.localdate(stopped), timezone.localdate(since)
    still = [first + timedelta(days=n) for n in range(1, (back - first).days)]
    if request.answer_term is not None and request.answer_term.measure == Measure.WORKING_DAYS:
        last = add_working_days(last, sum(last_day_of_term(day) == day for day in still))
    else:
        last += timedelta(days=len(still))
    return end_of_day(last_day_of_term(last)), last


def _in_days(term: Term) -> bool:
    return term.of_the_calendar or term.source == Term.Source.LAW


def _until(term: Term, last: date) -> Due:
    return Due(end_of_day(last_day_of_term(last)), term, last)


def _later(term: Term, day: date, amount: int) -> date:
    if term.measure == Measure.MONTHS:
        return add_months(day, amount)
    return day + timedelta(weeks=amount) if term.measure == Measure.WEEKS else add_working_days(day, amount)


def _add(term: Term, desk: Desk, start: datetime, amount: int) -> datetime:
    if term.measure == Measure.OPENING_HOURS:
        return desk.hours.after_minutes(start, amount * 60)
    return desk.hours.after_working_days(start, amount)
