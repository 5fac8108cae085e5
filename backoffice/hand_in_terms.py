"""Until when a loket answers who handed a resident in, and until when it tells what came of it."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from casework.early_signs import arrears_due_on
from casework.rhythm import rhythm_of
from luisterloket.wijken.calendar import last_day_of_term, next_working_day

from .models import HandIn, Urgency


def answer_due_on(unit_id: UUID, kind: str, urgency: str, threat: str, signal_on: date | None) -> date:
    """What is acute: the next working day. Arrears: by the day on which the law wants a first conversation. Never later than
    the day on which this wijk first asks how it goes.
    """
    today = timezone.localdate()
    if urgency == Urgency.TODAY:
        return next_working_day(today)
    usual = rhythm_of(unit_id).first_on()
    if kind != HandIn.Kind.ARREARS:
        return usual
    # A signal that is old when it comes does not come late because of the loket.
    return max(min(usual, last_day_of_term(arrears_due_on(signal_on or today, threat))), next_working_day(today))


def outcome_due_on(unit_id: UUID) -> date:
    """Once it was taken on: the day on which this wijk first asks how it goes, counted from now."""
    return rhythm_of(unit_id).first_on()
