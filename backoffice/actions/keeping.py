"""What who leads a desk keeps of it: its hours, the days on which it is closed, the kinds of request it takes, and its terms.

What runs already keeps its moments: a promise that was made does not move.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import terms
from backoffice.desk_permissions import check_may_keep_desk
from backoffice.models import Desk, Kind, Measure, Term, Urgency
from backoffice.models.desks import week_of
from backoffice.transitions import CLOCKS_WITH_A_TERM
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.wijken.calendar import OpeningHours

from .parts import RefusedAt, filled_in

# How much of a measure a term may be at most. The Algemene termijnenwet, which moves the end of weeks and months, is not about
# longer ones (article 4); what is longer in hours or days is better said in weeks.
MOST = {Measure.OPENING_HOURS: 80, Measure.WORKING_DAYS: 60, Measure.WEEKS: 12, Measure.MONTHS: 3}
# A desk that is closed for longer is better taken off the list.
LONGEST_CLOSED = timedelta(days=60)


@command
def set_desk_hours(*, actor: Any, desk: Desk, week: list[list[str] | None]) -> Desk:
    """From when until when the desk is open, from Monday to Sunday. For who leads it; at least one day from Monday to Friday."""
    check_may_keep_desk(actor, desk)
    try:
        OpeningHours(week_of(week))
    except ValueError:
        raise Refused(
            _("A desk is open on at least one day from Monday to Friday, and closes after it opens."), code="week"
        ) from None
    desk = _locked(desk.pk)
    desk.week = week
    desk.save(update_fields=["week"])
    record(actor, "desk.hours_set", desk, week=week)
    return desk


@command
def close_desk_on(*, actor: Any, desk: Desk, first: date, last: date | None = None, reason: str = "") -> Desk:
    """The desk is closed on these days, which then count for no service term that starts from now on. For who leads it."""
    check_may_keep_desk(actor, desk)
    filled_in("reason", reason, _("Write down why the desk is closed, such as a training day."))
    last = last or first
    if first < timezone.localdate():
        raise RefusedAt("first", _("Choose a day from today on."), "day")
    if last < first or last - first > LONGEST_CLOSED:
        raise RefusedAt("last", _("Choose a last day after the first one, at most two months later."), "day")
    desk = _locked(desk.pk)
    found = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [day.isoformat() for day in found if desk.hours.on(day)]
    if not days:
        raise RefusedAt("first", _("The desk is closed then already."), "closed")
    desk.closed_days = {**desk.closed_days, **dict.fromkeys(days, reason.strip())}
    desk.save(update_fields=["closed_days"])
    record(actor, "desk.closed_on", desk, days=days)
    return desk


@command
def open_desk_on(*, actor: Any, desk: Desk, day: date) -> Desk:
    """The desk is open on this day after all. For who leads it, as long as the day is not over."""
    check_may_keep_desk(actor, desk)
    desk = _locked(desk.pk)
    if day < timezone.localdate() or day.isoformat() not in desk.closed_days:
        raise Refused(_("That day is not on the list of days to come on which the desk is closed."), code="day")
    desk.closed_days = {key: why for key, why in desk.closed_days.items() if key != day.isoformat()}
    desk.save(update_fields=["closed_days"])
    record(actor, "desk.open_on", desk, day=day.isoformat())
    return desk


@command
def set_desk_kinds(*, actor: Any, desk: Desk, kinds: list[str]) -> Desk:
    """Which kinds of request the desk takes from now on. For who leads it; each kind needs all its terms first."""
    check_may_keep_desk(actor, desk)
    chosen = _kinds(kinds)
    there = terms.of_desks([desk], timezone.localdate())
    for kind in chosen:
        if any((desk.pk, kind, urgency, clock) not in there for urgency in Urgency.values for clock in CLOCKS_WITH_A_TERM):
            message = _("Fill in every term of “%(kind)s” first: how soon it is taken up, answered, replied to and told.")
            raise RefusedAt("kinds", message % {"kind": Kind(kind).label}, "no_term")
    desk = _locked(desk.pk)
    desk.kinds = chosen
    desk.save(update_fields=["kinds"])
    record(actor, "desk.kinds_set", desk, kinds=chosen)
    return desk


@command
def set_term(
    *, actor: Any, desk: Desk, kinds: list[str], urgency: str, clock: str, amount: int, measure: str, valid_from: date,
    source: str = Term.Source.CONVENANT, law: str = "", article: str = "", checked_on: date | None = None,
) -> Desk:  # fmt: skip
    """Another term from a day on, for one or more kinds of request; what held before stays in the table. For who leads the desk.

    A term of the law says in which article it stands and when that was last read; it is counted in days of the calendar.
    """
    check_may_keep_desk(actor, desk)
    today = timezone.localdate()
    if valid_from < today:
        raise RefusedAt("valid_from", _("A term is never changed afterwards. Choose a day from today on."), "day")
    if not 1 <= amount <= MOST[Measure(measure)]:
        raise RefusedAt("amount", _("Choose at most %(term)s.") % {"term": terms.many(measure, MOST[Measure(measure)])}, "amount")
    if source == Term.Source.LAW:
        _check_law(measure, law, article, checked_on, today)
    else:
        law, article, checked_on = "", "", None
    chosen = _kinds(kinds)
    for kind in chosen:
        Term.objects.create(
            desk_id=desk.pk, kind=kind, urgency=urgency, clock=clock, amount=amount, measure=measure, valid_from=valid_from,
            source=source, law=law.strip(), article=article.strip(), checked_on=checked_on,
        )  # fmt: skip
    record(
        actor, "desk.term_set", desk, kinds=chosen, urgency=urgency, clock=clock, amount=amount, measure=measure,
        valid_from=valid_from.isoformat(), source=source, law=law.strip(), article=article.strip(),
    )  # fmt: skip
    return desk


def _check_law(measure: str, law: str, article: str, checked_on: date | None, today: date) -> None:
    if measure == Measure.OPENING_HOURS:
        raise RefusedAt("measure", _("The law counts in days, weeks or months, not in the opening hours of a desk."), "measure")
    filled_in("law", law, _("Write down which law it is."))
    filled_in("article", article, _("Write down which article it is."))
    if checked_on is None or checked_on > today:
        raise RefusedAt("checked_on", _("Write down on which day someone read that the law still says this."), "day")


def _kinds(kinds: list[str]) -> list[str]:
    """The kinds that were chosen, in their own order."""
    if not kinds:
        raise RefusedAt("kinds", _("Choose at least one kind of request."), "empty")
    return [kind for kind in Kind.values if kind in kinds]


def _locked(pk: UUID) -> Desk:
    return Desk.objects.select_for_update(no_key=True).get(pk=pk)
