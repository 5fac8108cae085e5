"""When a wait is flagged and goes up to whom: worked out once, when its clock starts, in the working time of the desk."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from .models import Desk, SpecialistRequest, StallRule
from .stall_kinds import Kind, Level, Measure, Patience, kind_of


def plan(request: SpecialistRequest, desk: Desk) -> None:
    """Set the moments that go with the clock that runs now; the caller saves them with it."""
    if not request.clock or request.due_at is None:
        request.flag_at, request.rungs = None, []
        return
    kind = kind_of(request.clock)
    patience = patience_of(kind, request.desk_unit_id if kind.at_desk else request.unit_id)
    request.flag_at = after(desk, request.due_at, patience.grace, patience.measure)
    request.rungs = [after(desk, request.due_at, amount, patience.measure) for amount in _amounts(kind, patience)]


def patience_of(kind: Kind, unit_id: UUID | None) -> Patience:
    """The rule of whose turn it is, or else that of everyone. One query."""
    found = (
        StallRule.objects.filter(Q(unit=unit_id) | Q(unit=None), kind=kind.code).order_by(F("unit").asc(nulls_last=True)).first()
    )
    return found.patience if found else kind.usual


def after(desk: Desk, start: datetime, amount: int, measure: str) -> datetime:
    """The moment so much working time after another one."""
    if not amount:
        return start
    if measure == Measure.OPENING_HOURS:
        return desk.hours.after_minutes(start, amount * 60)
    return desk.hours.after_working_days(start, amount)


def _amounts(kind: Kind, patience: Patience) -> list[int]:
    amounts = {Level.LEAD: patience.lead, Level.COORDINATOR: patience.coordinator, Level.WETHOUDER: patience.wethouder}
    return [amounts[level] for level in kind.ladder]
