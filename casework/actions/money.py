"""Everything that changes the money sheet of a case. A line is ended or paid, and never removed."""

from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.groups import kept_of
from casework.models import OWED, Case, CaseMember, Concern, CostLine, Debt, IncomeLine, Sureness
from casework.signs import Threat
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.drafts import drop_draft
from luisterloket.platform.history import record

from .cases import category_of, touch
from .refusals import Missing
from .signs import stop_terms

Line = TypeVar("Line", IncomeLine, CostLine, Debt)
LINE_KINDS: dict[type, str] = {IncomeLine: "income", CostLine: "cost", Debt: "debt"}
ALL = {"kind", "sureness", "least", "most", "text", "whose_id"}
CHANGEABLE: dict[type, set[str]] = {
    IncomeLine: ALL | {"period", "ended_on"},
    CostLine: ALL | {"period", "ended_on"},
    Debt: ALL | {"creditor", "since", "paused_by", "paused_until", "threat", "threat_on"},
}
# What a change of status is called in the history.
BECAME = {
    Debt.Status.PAUSED: "debt.paused",
    Debt.Status.PAID: "debt.paid",
    Debt.Status.DROPPED: "debt.dropped",
    Debt.Status.ARRANGEMENT: "debt.arranged",
    Debt.Status.BAILIFF: "debt.at_bailiff",
}


@command
def add_income(*, actor: User, case: Case, **details: Any) -> IncomeLine:
    """Something that comes in. Raises `Missing` when the amount does not fit how sure it is."""
    return _add(actor, IncomeLine(unit_id=case.unit_id, case=case), details)


@command
def add_cost(*, actor: User, case: Case, **details: Any) -> CostLine:
    """Something that goes out again and again. Raises `Missing` when the amount does not fit how sure it is."""
    return _add(actor, CostLine(unit_id=case.unit_id, case=case), details)


@command
def add_debt(*, actor: User, case: Case, **details: Any) -> Debt:
    """Something owed to one creditor. A threat of Wgs article 4 starts its three working days here."""
    return _add(actor, Debt(unit_id=case.unit_id, case=case), details)


@command
def change_line(*, actor: User, case: Case, line: Line, **details: Any) -> Line:
    """Put a line right, say how it is now, or end it. How it was stays in the history of the row."""
    permissions.check_may_add(actor, case, "finances")
    line = _held(case, line)
    verb = f"{LINE_KINDS[type(line)]}.changed"
    if isinstance(line, Debt):
        prolonged = line.status == Debt.Status.PAUSED and details.get("paused_until", line.paused_until) != line.paused_until
        verb = _move(line, details.get("status", line.status)) or (BECAME[Debt.Status.PAUSED] if prolonged else verb)
    elif details.get("ended_on") and not line.ended_on:
        verb = f"{LINE_KINDS[type(line)]}.ended"
    threatened = _fill(line, details)
    line.full_clean(exclude=[field.name for field in line._meta.concrete_fields if field.is_relation])
    line.save()
    _tell(actor, case, line, verb, threatened=threatened)
    return line


@command
def take_up_again(*, actor: User, case: Case, line: Line) -> Line:
    """It was ended or paid by mistake, or came back: it counts again."""
    permissions.check_may_add(actor, case, "finances")
    line = _held(case, line)
    if isinstance(line, Debt):
        line.move_to(Debt.Status.OPEN)
    else:
        line.ended_on = None
    line.save()
    _tell(actor, case, line, f"{LINE_KINDS[type(line)]}.reopened")
    return line


@command
def note_first_talk(*, actor: User, case: Case, debt: Debt) -> Debt:
    """The first conversation about a threat was held: the three working days stop, the threat itself stays on the sheet."""
    permissions.check_may_add(actor, case, "finances")
    debt = _held(case, debt)
    if debt.threat and debt.talked_on is None:
        stop_terms(case, debt.threat)
        debt.refresh_from_db()
        _tell(actor, case, debt, "debt.talked")
    return debt


@command
def note_threat_talk(*, actor: User, case: Case, concern: Concern) -> Concern:
    """The same for a threat that was marked in what was heard; a debt with this threat is served by it too."""
    concern = Concern.objects.select_for_update(no_key=True).get(pk=concern.pk, case=case)
    permissions.check_may_add(actor, case, category_of(concern))
    if concern.sign in Threat.values and concern.talked_on is None:
        stop_terms(case, concern.sign)
        concern.refresh_from_db()
        record(actor, "debt.talked", concern)
        touch(case)
    return concern


def kept_as(case: Case, kind: str) -> str:
    """Under which name what is being typed about a new line is kept."""
    return f"money {case.pk} {kind}"


def _add(actor: User, line: Line, details: dict[str, Any]) -> Line:
    permissions.check_may_add(actor, line.case, "finances")
    kind = LINE_KINDS[type(line)]
    if isinstance(line, Debt):
        line.status = details.get("status", Debt.Status.OPEN)
        if line.status not in OWED:
            raise Missing(_("What is no longer owed need not be added."), code="ended", field="status")
    threatened = _fill(line, details)
    line.put()
    drop_draft(actor=actor, form=kept_as(line.case, kind))
    _tell(actor, line.case, line, f"{kind}.added", threatened=threatened)
    return line


def _held(case: Case, line: Line) -> Line:
    """The row as it is now, held until the transaction ends."""
    return type(line).objects.select_for_update(no_key=True).get(pk=line.pk, case=case)


def _fill(line: Line, details: dict[str, Any]) -> bool:
    """Take over what was typed; whether it brings a threat that was not there before."""
    before = line.threat if isinstance(line, Debt) else ""
    if _is_one_with(line.whose_id, details.get("whose_id")):
        # The same person under the row that is shown: the line stays with the row that it was noted of.
        details = {**details, "whose_id": line.whose_id}
    for name in CHANGEABLE[type(line)] & set(details):
        setattr(line, name, details[name])
    _amount_fits(line)
    _of_the_household(line.case, line.whose_id)
    if not isinstance(line, Debt):
        return False
    _pause_fits(line)
    return _threat_fits(line, before)


def _amount_fits(line: Line) -> None:
    if line.sureness == Sureness.UNKNOWN:
        line.least = line.most = None
        return
    if line.least is None:
        raise Missing(_("Write an amount, a rough one too, or choose that you do not know."), code="no_amount", field="least")
    if line.sureness != Sureness.BETWEEN:
        line.most = line.least
    elif line.most is None or line.most <= line.least:
        raise Missing(_("Write the highest amount, more than the lowest."), code="order", field="most")


def _is_one_with(one: UUID | None, other: UUID | None) -> bool:
    return one is not None and other is not None and one != other and other in kept_of([one])


def _of_the_household(case: Case, whose: UUID | None) -> None:
    if whose is not None and not CaseMember.objects.filter(case=case, resident=whose).exists():
        raise Missing(_("Choose someone of this household."), code="not_a_member", field="whose")


def _pause_fits(debt: Debt) -> None:
    """A wait has an owner and a date."""
    if debt.status != Debt.Status.PAUSED:
        debt.paused_by, debt.paused_until = "", None
        return
    if not debt.paused_by.strip():
        raise Missing(_("Write who lets the collection rest: a person or a desk."), code="no_owner", field="paused_by")
    if debt.paused_until is None:
        raise Missing(_("Until which day is it paused?"), code="no_date", field="paused_until")


def _threat_fits(debt: Debt, before: str) -> bool:
    if not debt.threat:
        debt.threat_on = debt.threatened_at = debt.talked_on = None
        return False
    if debt.threat == before:
        return False
    debt.threatened_at, debt.talked_on = timezone.now(), None
    return True


def _move(debt: Debt, status: str) -> str:
    """Move along the table when another status was chosen; what that is called, or nothing."""
    if status == debt.status:
        return ""
    debt.move_to(status)
    return BECAME.get(Debt.Status(status), "")


def _tell(actor: User, case: Case, line: Line, verb: str, *, threatened: bool = False) -> None:
    record(actor, verb, line, kind=line.kind)
    if threatened and isinstance(line, Debt):
        record(actor, "debt.threatened", line, threat=line.threat)
    touch(case)
