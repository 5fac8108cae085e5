"""Early signs: noted, followed by a light first contact, and settled, or become a conversation or part of a case."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import permissions
from casework.early_signs import first_due_on
from casework.models import Case, EarlySign, Intake, SignAttempt
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .intakes import save_sheet, start_intake
from .next_contact import wake
from .refusals import Missing, is_to_come, not_to_come
from .sign_state import RUNS, SETTLED, runs_until, settle

Outcome, Status = EarlySign.Outcome, EarlySign.Status
WORDS = ("about", "place", "seen", "told_by")


@command
def note_early_sign(
    *, actor: User, unit: Unit, kind: str, seen: str, owner: User | None = None, due_on: date | None = None, **more: Any
) -> EarlySign:
    """Somebody is worried about someone. From now on it has an owner and a day, and no file.

    Without `due_on` the day follows from what it is: of arrears by the law, of the rest by the wijk's way of working. Raises
    `Missing` without words, and for arrears without a partner. For who works in the wijk.
    """
    permissions.check_may_listen(actor, unit.pk)
    sign = EarlySign(unit=unit, kind=kind, seen=seen.strip(), noted_by=actor, owner=owner or actor)
    for name in WORDS:
        if name != "seen":
            setattr(sign, name, str(more.get(name, "")).strip())
    sign.wants_to_hear = bool(more.get("wants_to_hear"))
    if kind == EarlySign.Kind.ARREARS:
        _arrears(sign, more)
    if not sign.seen:
        raise Missing(_("Write in a few words what was seen or told."), code="no_text", field="seen")
    _works_there(sign.owner, unit.pk)
    due = due_on or first_due_on(sign)
    is_to_come(due, "due_on")
    runs_until(sign, due)
    sign.put()
    record(actor, "sign.noted", sign, kind=kind)
    return sign


@command
def seek_contact(
    *, actor: User, sign: EarlySign, kind: str, result: str, on: date, part_of_day: str, next_on: date, text: str = ""
) -> SignAttempt:
    """Someone was sought, reached or not; and until when the next step is."""
    sign = _open(actor, sign)
    not_to_come(on, field="on")
    is_to_come(next_on, "next_on")
    details = {"on": on, "part_of_day": part_of_day, "kind": kind, "result": result, "text": text.strip()}
    attempt = SignAttempt(sign=sign, unit_id=sign.unit_id, by=actor, **details).put()
    sign.move_to(Status.CONTACTED)
    runs_until(sign, next_on)
    sign.save(update_fields=["status", *RUNS])
    record(actor, "sign.sought", sign, kind=kind, result=result)
    return attempt


@command
def give_early_sign(*, actor: User, sign: EarlySign, owner: User, due_on: date) -> EarlySign:
    """To a colleague of the wijk, or to another day."""
    sign = _open(actor, sign)
    is_to_come(due_on, "due_on")
    _works_there(owner, sign.unit_id)
    sign.owner = owner
    runs_until(sign, due_on)
    sign.save(update_fields=["owner", *RUNS])
    record(actor, "sign.given", sign, user=str(owner.pk))
    return sign


@command
def settle_early_sign(*, actor: User, sign: EarlySign, outcome: str, heard_back: bool = False) -> EarlySign:
    """It needs nothing more: nothing is needed, they do not want it, or could not be reached. The words are wiped later on.

    Who told it and wants to hear back is told first *that* something was done, never what.
    """
    sign = _open(actor, sign)
    if outcome not in EarlySign.BY_HAND:
        raise Missing(_("Choose how it ended."), code="outcome", field="outcome")
    if outcome != Outcome.NOTHING_NEEDED and not sign.attempts.exists():
        raise Missing(_("Note first how you sought contact."), code="not_sought", field="outcome")
    if sign.wants_to_hear and not heard_back:
        raise Missing(
            _("Who told this wants to hear back. Say that it was taken up, and not what came of it."),
            code="tell",
            field="heard_back",
        )
    settle(actor, sign, outcome)
    sign.heard_back = heard_back
    sign.save(update_fields=["heard_back", *SETTLED])
    record(actor, "sign.settled", sign, outcome=outcome)
    return sign


@command
def start_intake_from_sign(*, actor: User, sign: EarlySign) -> Intake:
    """They want to talk: a conversation, with what was seen already in it. A second tap leads to the same one."""
    sign = _locked(actor, sign)
    if sign.intake is not None and sign.intake.held_by_id == actor.pk:
        return sign.intake
    _still_open(sign)
    intake = start_intake(actor=actor, unit=sign.unit)
    words = _("From an early sign: %(text)s") % {"text": sign.seen}
    values = {"own_words": words, "known_as": sign.about, "address": sign.place}
    intake = save_sheet(actor=actor, intake=intake, revision=intake.revision, values=values)
    settle(actor, sign, Outcome.CONVERSATION)
    sign.intake = intake
    sign.save(update_fields=["intake", *SETTLED])
    record(actor, "sign.became_intake", sign, intake=str(intake.pk))
    return intake


@command
def link_sign_to_case(*, actor: User, sign: EarlySign, case: Case) -> EarlySign:
    """It is about someone known: from here who works on that case reads it there. A case that sleeps wakes of it."""
    permissions.check_may_add(actor, case, "story")
    case = Case.locked(case.pk)
    sign = _open(actor, sign)
    if case.unit_id != sign.unit_id:
        raise Refused(_("This case is of another wijk."), code="other_wijk")
    settle(actor, sign, Outcome.KNOWN_CASE)
    sign.case = case
    sign.save(update_fields=["case", *SETTLED])
    record(actor, "sign.linked", sign)
    wake(actor, case)
    touch(case)
    return sign


def _arrears(sign: EarlySign, more: dict[str, Any]) -> None:
    sign.partner, sign.threat = str(more.get("partner", "")), str(more.get("threat", ""))
    sign.amount, sign.signal_on = more.get("amount"), more.get("signal_on")
    if not sign.partner:
        raise Missing(_("Choose who signals the arrears."), code="no_partner", field="partner")
    if sign.signal_on is not None:
        not_to_come(sign.signal_on, field="signal_on")


def _locked(actor: User, sign: EarlySign) -> EarlySign:
    permissions.check_may_handle_sign(actor, sign)
    rows = EarlySign.objects.select_for_update(no_key=True, of=("self",)).select_related("unit", "intake", "owner")
    return rows.get(pk=sign.pk)


def _open(actor: User, sign: EarlySign) -> EarlySign:
    sign = _locked(actor, sign)
    _still_open(sign)
    return sign


def _still_open(sign: EarlySign) -> None:
    if sign.status == Status.SETTLED:
        raise Refused(_("This sign was settled already. A colleague may have been before you."), code="state")


def _works_there(owner: User, unit_id: Any) -> None:
    if not (owner.is_active and owner.has(Permission.LISTEN, unit_id=unit_id)):
        raise Missing(_("%(who)s does not work in this wijk.") % {"who": owner}, code="elsewhere", field="owner")
