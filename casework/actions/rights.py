"""What a resident asks about their own data: from the desk, by who handles it, until they were told."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import rights_permissions as permissions
from casework.groups_under_right import rows_of
from casework.models import Case, CaseMember, Resident, RightsCopy, RightsCorrection, RightsRequest
from casework.rights_terms import due
from luisterloket.convenant.models import Purpose
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import erasers_on_request

from .refusals import Missing, not_to_come

Kind, Status, Decision = RightsRequest.Kind, RightsRequest.Status, RightsRequest.Decision


@command
def record_rights_request(
    *,
    actor: User,
    case: Case,
    resident: Resident,
    kind: str,
    how: str,
    received_on: date,
    text: str,
    representative: str = "",
    purpose: str = "",
    identity_how: str = "",
) -> RightsRequest:
    """Write down what someone of this case asks about their data. For who works on it; the term begins on the day it came in.

    `identity_how` says that it is sure who asks; empty when that must still be seen to. Raises `Missing` for what is not filled in,
    and `Refused` for who is not of this case.
    """
    permissions.check_may_record(actor, case)
    if not text.strip():
        raise Missing(_("Write down what they ask, in their own words."), code="no_text", field="text")
    not_to_come(received_on, field="received_on")
    if not CaseMember.objects.filter(case=case, resident=resident).exists():
        raise Refused(_("This person is not of this case."), code="not_of_case")
    if purpose and not Purpose.objects.filter(pk=purpose).exists():
        raise Missing(_("Choose what the objection is about."), code="purpose", field="purpose")
    request = RightsRequest(
        unit_id=case.unit_id, case=case, resident=resident, kind=kind, how=how, received_on=received_on, text=text.strip(),
        representative=representative.strip(), purpose=purpose if kind == Kind.OBJECTION else "", recorded_by=actor,
        due_on=due(received_on),
    )  # fmt: skip
    if identity_how:
        _identify(request, actor, identity_how)
    request.put()
    record(actor, "rights.recorded", request, kind=kind)
    emit("rights.recorded", request)
    return request


@command
def check_rights_identity(*, actor: User, request: RightsRequest, identity_how: str) -> RightsRequest:
    """It is sure who asks. For who works on the case, and for who handles requests."""
    permissions.check_may_see_to(actor, request)
    request = RightsRequest.locked(request.pk)
    _identify(request, actor, identity_how)
    request.save(update_fields=["status", "identity_how", "identity_by", "identity_at"])
    record(actor, "rights.identified", request)
    return request


@command
def take_rights_request(*, actor: User, request: RightsRequest) -> RightsRequest:
    """Take it in hand, or over from a colleague. From now until the resident was told this person sees what is kept of them.

    Raises `Refused` for who wrote it down: nobody opens every case of a person to themself by writing that they asked for it.
    """
    permissions.check_may_handle(actor, request)
    request = RightsRequest.locked(request.pk)
    if request.recorded_by_id == actor.pk:
        raise Refused(_("You wrote this request down yourself. Another rights handler takes it in hand."), code="same_person")
    if request.status not in RightsRequest.OPENS:
        request.move_to(Status.IN_HAND)
    request.handler, request.taken_at = actor, timezone.now()
    request.save(update_fields=["status", "handler", "taken_at"])
    record(actor, "rights.taken", request)
    return request


@command
def extend_rights_request(*, actor: User, request: RightsRequest, because: str) -> RightsRequest:
    """Once, by what the law gives, when the resident is told why within the first term. What was flagged can be flagged anew.

    Raises `Refused` for a second time, and when the first term has passed.
    """
    request = _in_hand(actor, request)
    if not because.strip():
        raise Missing(_("Write down why it takes longer: the resident is told this."), code="no_reason", field="because")
    if request.extended_at is not None:
        raise Refused(_("The term was extended already. The law allows that once."), code="extended")
    if timezone.localdate() > request.due_on:
        raise Refused(_("The term has passed. It can only be extended before that. Answer as soon as you can."), code="late")
    request.extended_at, request.extended_by, request.extended_because = timezone.now(), actor, because.strip()
    request.due_on = due(request.received_on, extended=True)
    request.near_flagged_at = request.late_flagged_at = None
    request.save(update_fields=["extended_at", "extended_by", "extended_because", "due_on", "near_flagged_at", "late_flagged_at"])
    record(actor, "rights.extended", request, until=request.due_on.isoformat())
    return request


@command
def decide_rights_request(*, actor: User, request: RightsRequest, decision: str, reason: str = "") -> RightsRequest:
    """Decide it, with the reason that the resident reads when it is not granted in full.

    Before it is sure who asks it can only be refused, by any handler. Granted erasure starts what the law lets be erased.
    Raises `Refused` while something of it is still open, such as an item to put right.
    """
    permissions.check_may_handle(actor, request)
    request = RightsRequest.locked(request.pk)
    if request.status == Status.RECEIVED:
        if decision != Decision.REFUSED:
            raise Refused(_("First make sure who asks."), code="identity")
    else:
        permissions.check_has_in_hand(actor, request)
    if decision not in Decision.values:
        raise Missing(_("Choose what is decided."), code="decision", field="decision")
    if decision != Decision.GRANTED and not reason.strip():
        raise Missing(_("Write down why, in plain words: the resident reads this."), code="no_reason", field="reason")
    _nothing_open(request, decision)
    request.move_to(Status.DECIDED)
    request.decision, request.reason = decision, reason.strip()
    request.decided_by, request.decided_at = actor, timezone.now()
    request.handler = request.handler or actor
    request.save(update_fields=["status", "decision", "reason", "decided_by", "decided_at", "handler"])
    record(actor, "rights.decided", request, decision=decision)
    if request.kind == Kind.ERASURE and request.is_granted:
        rows = rows_of(request)
        for erase in erasers_on_request:
            erase(actor, request, rows)
    return request


@command
def tell_rights_decision(*, actor: User, request: RightsRequest, told_how: str) -> RightsRequest:
    """The resident knows. From this moment the handler sees nothing of them any more.

    Raises `Refused` for a copy that was granted and not given yet.
    """
    request = _in_hand(actor, request)
    if (
        request.asks_a_copy
        and request.is_granted
        and not RightsCopy.objects.filter(request=request).exclude(given_at=None).exists()
    ):
        raise Refused(_("The copy was granted and not given yet. Give it first."), code="not_given")
    request.move_to(Status.TOLD)
    request.told_how, request.told_by, request.told_at = told_how, actor, timezone.now()
    request.full_clean(exclude=[field.name for field in request._meta.concrete_fields if field.is_relation])
    request.save(update_fields=["status", "told_how", "told_by", "told_at"])
    record(actor, "rights.told", request, how=told_how)
    return request


@command
def withdraw_rights_request(*, actor: User, request: RightsRequest) -> RightsRequest:
    """The resident takes it back. For who works on the case, and for who handles it."""
    permissions.check_may_see_to(actor, request)
    request = RightsRequest.locked(request.pk)
    request.move_to(Status.WITHDRAWN)
    request.withdrawn_by, request.withdrawn_at = actor, timezone.now()
    request.save(update_fields=["status", "withdrawn_by", "withdrawn_at"])
    for one in request.corrections.filter(status=RightsCorrection.Status.ASKED):
        one.move_to(RightsCorrection.Status.DROPPED)
        one.settled_by, one.settled_at = actor, request.withdrawn_at
        one.save(update_fields=["status", "settled_by", "settled_at"])
    record(actor, "rights.withdrawn", request)
    return request


@command
def lift_rights_hold(*, actor: User, request: RightsRequest) -> RightsRequest:
    """What an objection or a restriction holds back may go on: the resident said so, or it was looked into (AVG article 18(3)).

    For who handles requests. Raises `Refused` when nothing is held back.
    """
    permissions.check_may_handle(actor, request)
    request = RightsRequest.locked(request.pk)
    if not request.holds_back:
        raise Refused(_("Nothing is held back by this request."), code="lifted")
    request.lifted_by, request.lifted_at = actor, timezone.now()
    request.save(update_fields=["lifted_by", "lifted_at"])
    record(actor, "rights.lifted", request)
    return request


def _in_hand(actor: User, request: RightsRequest) -> RightsRequest:
    """The request as it is now, held until the transaction ends, for who has it in hand."""
    request = RightsRequest.locked(request.pk)
    permissions.check_has_in_hand(actor, request)
    return request


def _identify(request: RightsRequest, actor: User, how: str) -> None:
    if how not in RightsRequest.Identity.values:
        raise Missing(_("Choose how you know that it is them."), code="identity", field="identity_how")
    if how == RightsRequest.Identity.MANDATE and not request.representative:
        raise Missing(_("Nobody asks it for them. Choose another."), code="identity", field="identity_how")
    request.move_to(Status.IDENTIFIED)
    request.identity_how, request.identity_by, request.identity_at = how, actor, timezone.now()


def _nothing_open(request: RightsRequest, decision: str) -> None:
    if request.kind != Kind.CORRECTION or request.status == Status.RECEIVED:
        return
    asked = [one.status for one in request.corrections.all()]
    if RightsCorrection.Status.ASKED in asked:
        raise Refused(_("Something is still to be put right, or to be refused. See to that first."), code="open")
    if not asked and decision != Decision.REFUSED:
        raise Refused(_("First name what is wrong."), code="nothing_named")
