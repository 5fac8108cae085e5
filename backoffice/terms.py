"""How long a desk or the loket may take: opening hours or working days, per desk, urgency and clock."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luisterloket.platform.exceptions import Refused

from .models import Clock, Desk, Term


def due(desk: Desk, urgency: str, clock: str, start: datetime) -> datetime:
    """When this clock runs out if it starts now. Raises `Refused` when the desk never said how long it may take."""
    term = Term.objects.filter(desk=desk, urgency=urgency, clock=clock).first()
    if term is None:
        message = _("This desk has not said yet how soon it answers. Ask the convenant administrator to fill that in.")
        raise Refused(message, code="no_term")
    return ends(term, desk, start)


def ends(term: Term, desk: Desk, start: datetime) -> datetime:
    if term.measure == Term.Measure.OPENING_HOURS:
        return desk.hours.after_minutes(start, term.amount * 60)
    return desk.hours.after_working_days(start, term.amount)


def in_words(term: Term) -> str:
    """The term as one says it: "4 opening hours"."""
    if term.measure == Term.Measure.OPENING_HOURS:
        return ngettext("%(n)d opening hour", "%(n)d opening hours", term.amount) % {"n": term.amount}
    return ngettext("%(n)d working day", "%(n)d working days", term.amount) % {"n": term.amount}


def of_desks(desks: list[Desk]) -> dict[tuple[UUID, str, str], Term]:
    """The terms of several desks by (desk, urgency, clock), in one query."""
    return {(term.desk_id, term.urgency, term.clock): term for term in Term.objects.filter(desk__in=desks)}


def moments(desk: Desk, terms: dict[Any, Term], urgency: str, start: datetime) -> dict[str, datetime]:
    """When picked up and answered at the latest, if it were sent now."""
    found = {clock: terms.get((desk.pk, urgency, clock)) for clock in (Clock.PICK_UP, Clock.ANSWER)}
    return {str(clock): ends(term, desk, start) for clock, term in found.items() if term is not None}
