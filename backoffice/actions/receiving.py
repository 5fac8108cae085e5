"""What a loket does with what was handed in: take it on, send it back with a reason, tell what came of it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import hand_in_permissions as permissions
from backoffice.hand_in_terms import outcome_due_on
from backoffice.models import HandIn, Reception
from casework import actions as casework
from casework.actions.next_contact import wake
from casework.models import Case, EarlySign, Intake
from casework.permissions import check_may_add, check_may_listen
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import became_part, thrown_away

from .parts import RefusedAt, filled_in

How, Kind, Status = Reception.How, HandIn.Kind, HandIn.Status
ANSWERED = ("status", "answered_at", "due_on", "late_flagged_at")


@command
def give_hand_in(*, actor: User, hand_in: HandIn, owner: User) -> HandIn:
    """A colleague of the wijk takes it up; one may give it to oneself. For who works in the wijk."""
    hand_in, reception = _held(actor, hand_in)
    if hand_in.status not in HandIn.RUNNING:
        raise Refused(_("This was answered already. A colleague may have been before you."), code="state")
    if not (owner.is_active and owner.has(Permission.LISTEN, unit_id=reception.unit_id)):
        raise RefusedAt("owner", _("%(who)s does not work in this wijk.") % {"who": owner}, "elsewhere")
    reception.owner = owner
    reception.save(update_fields=["owner"])
    record(actor, "reception.given", reception, user=str(owner.pk))
    return hand_in


@command
def accept_hand_in(*, actor: User, hand_in: HandIn, how: str, case: Case | None = None) -> HandIn:
    """The loket takes it on: as a conversation of one's own, as an early sign, or as part of a case that is there.

    The sender hears that it was taken on, in the same words whatever it became. For who works in the wijk; of a case only who
    works on it and may write in that category. Raises `Refused` when it was answered before, or the case is of another wijk.
    """
    hand_in, reception = _held(actor, hand_in)
    if how not in How.values:
        raise RefusedAt("how", _("Choose what it becomes."), "how")
    hand_in.move_to(Status.ACCEPTED)
    reception.how, reception.owner, reception.at = how, actor, timezone.now()
    if how == How.CASE:
        _into_case(actor, hand_in, reception, case)
    elif how == How.CONVERSATION:
        reception.intake, reception.text = _as_conversation(actor, hand_in), hand_in.text
    else:
        reception.sign = _as_sign(actor, hand_in)
    reception.save(update_fields=["how", "owner", "at", "intake", "sign", "case", "text"])
    hand_in.answered_at, hand_in.late_flagged_at = timezone.now(), None
    hand_in.due_on = outcome_due_on(reception.unit_id)
    hand_in.save(update_fields=list(ANSWERED))
    record(actor, "hand_in.accepted", hand_in)
    record(actor, "reception.became", reception, how=how)
    emit("hand_in.accepted", hand_in)
    return hand_in


@command
def send_back_hand_in(*, actor: User, hand_in: HandIn, reason: str, words: str = "") -> HandIn:
    """The loket cannot take it on, and says why; the sender reads the reason and the words. For who works in the wijk.

    Raises `Refused` without a reason, and without words for what is missing.
    """
    hand_in, reception = _held(actor, hand_in)
    if reason not in HandIn.SentBack.values:
        raise RefusedAt("reason", _("Choose why you send it back."), "no_reason")
    if reason == HandIn.SentBack.INCOMPLETE:
        filled_in("words", words, _("Write what is missing, so that they can hand it in again."))
    hand_in.move_to(Status.SENT_BACK)
    hand_in.sent_back, hand_in.sent_back_words = reason, words.strip()
    hand_in.answered_at, hand_in.late_flagged_at = timezone.now(), None
    hand_in.save(update_fields=[*ANSWERED, "sent_back", "sent_back_words"])
    reception.owner = actor
    reception.save(update_fields=["owner"])
    record(actor, "hand_in.sent_back", hand_in, reason=reason)
    emit("hand_in.sent_back", hand_in)
    return hand_in


@command
def conclude_hand_in(*, actor: User, hand_in: HandIn, contact_made: bool, plan_made: bool) -> HandIn:
    """What the sender may hear of it, as far as the convenant lets them: that there was contact, and that there is a plan.

    Never what was said, nor why not. For who works in the wijk, and of a case for who works on it.
    """
    hand_in, _reception = _held(actor, hand_in)
    if plan_made and not contact_made:
        raise RefusedAt("plan_made", _("Without contact there is no plan together."), "plan_without_contact")
    hand_in.move_to(Status.CONCLUDED)
    hand_in.contact_made, hand_in.plan_made = contact_made, plan_made
    hand_in.concluded_at, hand_in.late_flagged_at = timezone.now(), None
    hand_in.save(update_fields=["status", "contact_made", "plan_made", "concluded_at", "late_flagged_at"])
    record(actor, "hand_in.concluded", hand_in)
    emit("hand_in.concluded", hand_in)
    return hand_in


@became_part.register(order=20)
def goes_with_the_conversation(intake: Intake, case: Case) -> None:
    """What was handed in is of the case that its conversation became part of."""
    Reception.objects.filter(intake=intake).update(case=case, unit_id=case.unit_id)


@thrown_away.register(order=20)
def waits_again(actor: User, intake: Intake) -> None:
    """The conversation that came of it was thrown away: the loket answers again, today."""
    for reception in Reception.objects.filter(intake=intake):
        hand_in = HandIn.locked(reception.hand_in_id)
        reception.how, reception.intake, reception.text = "", None, ""
        reception.save(update_fields=["how", "intake", "text"])
        # What the sender heard of how it ended stays so; and what was wiped cannot be looked at again.
        if hand_in.status == Status.ACCEPTED and hand_in.wiped_at is None:
            hand_in.move_to(Status.SENT)
            hand_in.answered_at, hand_in.late_flagged_at, hand_in.due_on = None, None, timezone.localdate()
            hand_in.save(update_fields=list(ANSWERED))
            record(actor, "hand_in.waits_again", hand_in)


def _held(actor: User, hand_in: HandIn) -> tuple[HandIn, Reception]:
    """Both rows as they are now, held until the transaction ends."""
    permissions.check_may_receive(actor, hand_in)
    held = HandIn.locked(hand_in.pk)
    return held, Reception.objects.select_for_update(no_key=True).get(hand_in=held)


def _as_conversation(actor: User, hand_in: HandIn) -> Intake:
    """A quiet sheet with who it is about. What was handed in stays beside it: the resident's own words are theirs."""
    intake = casework.start_intake(actor=actor, unit=hand_in.unit)
    values = {"name": hand_in.name, "born": hand_in.born, "phone": hand_in.phone, "address": hand_in.address}
    return casework.save_sheet(actor=actor, intake=intake, revision=intake.revision, values=values)


def _as_sign(actor: User, hand_in: HandIn) -> EarlySign:
    """A light first contact, without a file. Of arrears the term of the law counts from the signal."""
    arrears = hand_in.kind == Kind.ARREARS
    about: dict[str, Any] = {"about": hand_in.name, "place": hand_in.address or hand_in.phone or hand_in.email}
    if arrears:
        about |= {
            "partner": hand_in.partner,
            "amount": hand_in.amount,
            "threat": hand_in.threat,
            "signal_on": hand_in.signal_on or timezone.localdate(hand_in.sent_at),
        }
    kind = EarlySign.Kind.ARREARS if arrears else EarlySign.Kind.OTHER
    return casework.note_early_sign(
        actor=actor, unit=hand_in.unit, kind=kind, seen=hand_in.text, told_by=hand_in.desk_unit.name, **about
    )


def _into_case(actor: User, hand_in: HandIn, reception: Reception, case: Case | None) -> None:
    """A case of this wijk; one that sleeps wakes of it."""
    if case is None:
        raise RefusedAt("case", _("Choose the case that it belongs to."), "no_case")
    check_may_add(actor, case, hand_in.category)
    check_may_listen(actor, reception.unit_id)
    case = Case.locked(case.pk)
    if case.unit_id != reception.unit_id:
        raise Refused(_("This case is of another wijk."), code="other_wijk")
    reception.case, reception.text = case, hand_in.text
    wake(actor, case)
    casework.touch(case)
