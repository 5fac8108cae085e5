"""Maatwerk: asked with an argument, co-signed, decided within the mandate or above it, reserved, paid or released.

Order of locks in every action: the grant first, then the ledger's accounts (by id, in the database), then the case.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError as NotValid

from casework.actions import refuse_when_ended, touch
from casework.disclosures import scope_of
from casework.models import Case
from luisterloket.convenant.disclosure import Scope, collect
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from wijkbegroting import ledger, permissions
from wijkbegroting.models import BudgetLine, MaatwerkGrant, Mandate
from wijkbegroting.selectors import mandate_for

Status = MaatwerkGrant.Status
# Words that many names share; on their own they point at nobody.
NOT_A_NAME = {"van", "der", "den", "het", "ten", "ter", "del", "bin", "ben", "ibn", "abu"}


@command
def ask_maatwerk(
    *,
    actor: User,
    case: Case,
    line: BudgetLine,
    amount: int,
    purpose: str,
    why_not_regular: str,
    expected_return: str,
    payee_kind: str,
    method: str,
    payee_name: str = "",
    iban: str = "",
) -> MaatwerkGrant:
    """Ask for money for what the regular way does not solve. Whoever may work on the case may.

    The three texts are for who decides and hold no name. Raises `Refused`, with the field it is about, when one does, when the
    bank account is missing or wrong, or when the line has less.
    """
    permissions.check_may_ask(actor, case)
    refuse_when_ended(case)
    if line.unit_id != case.unit_id or line.status != BudgetLine.Status.APPROVED:
        raise _on("line", Refused(_("Choose an approved line of the wijk of this case."), code="line"))
    scope = scope_of(case)
    _hold_no_name(scope, {"purpose": purpose, "why_not_regular": why_not_regular, "expected_return": expected_return})
    iban = _account(iban, payee_name) if method == MaatwerkGrant.Method.BANK else ""
    there = ledger.line_balances([line])[line.pk].available
    if amount > there:
        raise _on("amount", ledger.refuse_short_line(there, amount))
    grant = MaatwerkGrant(
        unit_id=case.unit_id,
        case=case,
        resident_id=scope.subjects[0],
        line=line,
        amount=amount,
        purpose=purpose.strip(),
        why_not_regular=why_not_regular.strip(),
        expected_return=expected_return.strip(),
        payee_kind=payee_kind,
        method=method,
        payee_name=payee_name.strip(),
        iban=iban,
        asked_by=actor,
    ).put()
    record(actor, "grant.asked", grant, amount=amount, line=str(line.pk))
    emit("grant.asked", grant)
    touch(case)
    return grant


@command
def cosign_grant(*, actor: User, grant: MaatwerkGrant) -> MaatwerkGrant:
    """A colleague stands for this grant too. Within a mandate of one of the two it is decided and reserved at once; above it, it
    waits for the wijkwethouder. Raises `Refused` when the line has less.
    """
    grant = MaatwerkGrant.locked(grant.pk)
    permissions.check_may_cosign(actor, grant)
    _still_asked(grant)
    mandate = mandate_for(grant, cosigner=actor)
    grant.move_to(Status.APPROVED if mandate else Status.COSIGNED)
    grant.cosigned_by, grant.cosigned_at = actor, timezone.now()
    if mandate is None:
        grant.save(update_fields=["status", "cosigned_by", "cosigned_at"])
        return _told(actor, "grant.cosigned", grant)
    return _approved(actor, grant, mandate)


@command
def decide_grant(*, actor: User, grant: MaatwerkGrant) -> MaatwerkGrant:
    """The wijkwethouder agrees with a grant above the mandate: it is reserved at once. Raises `Refused` when the line has less."""
    grant = MaatwerkGrant.locked(grant.pk)
    permissions.check_may_decide(actor, grant)
    _cosigned_first(grant)
    grant.move_to(Status.APPROVED)
    return _approved(actor, grant, None)


@command
def decline_cosign(*, actor: User, grant: MaatwerkGrant, reason: str) -> MaatwerkGrant:
    """A colleague does not stand for this grant, and tells the asker why. Whoever may co-sign may."""
    grant = MaatwerkGrant.locked(grant.pk)
    permissions.check_may_cosign(actor, grant)
    _still_asked(grant)
    return _refused(actor, grant, reason)


@command
def refuse_grant(*, actor: User, grant: MaatwerkGrant, reason: str) -> MaatwerkGrant:
    """The wijkwethouder does not agree with a grant above the mandate, and tells the asker why."""
    grant = MaatwerkGrant.locked(grant.pk)
    permissions.check_may_decide(actor, grant)
    _cosigned_first(grant)
    return _refused(actor, grant, reason)


@command
def withdraw_grant(*, actor: User, grant: MaatwerkGrant) -> MaatwerkGrant:
    """The asker takes it back before it is decided."""
    grant = MaatwerkGrant.locked(grant.pk)
    permissions.check_may_withdraw(actor, grant)
    grant.move_to(Status.WITHDRAWN)
    grant.save(update_fields=["status"])
    return _told(actor, "grant.withdrawn", grant)


@command
def pay_grant(*, actor: User, grant: MaatwerkGrant, reference: str) -> MaatwerkGrant:
    """The money has left, under this reference of the bank, the cash book or the shop. A treasurer may who neither asked nor
    decided; a second payment is refused.
    """
    grant = MaatwerkGrant.locked(grant.pk)
    permissions.check_may_pay(actor, grant)
    if not reference.strip():
        raise _on("reference", Refused(_("Give the reference under which it was paid."), code="no_reference"))
    grant.move_to(Status.PAID)
    grant.paid_by, grant.paid_at, grant.payment_reference = actor, timezone.now(), reference.strip()
    grant.save(update_fields=["status", "paid_by", "paid_at", "payment_reference"])
    ledger.pay(grant)
    return _told(actor, "grant.paid", grant)


@command
def release_grant(*, actor: User, grant: MaatwerkGrant, reason: str) -> MaatwerkGrant:
    """This will not be paid: what was reserved goes back to its line. The treasurer or the coordinator may."""
    grant = MaatwerkGrant.locked(grant.pk)
    permissions.check_may_release(actor, grant)
    grant.move_to(Status.RELEASED)
    grant.reason = _needed(reason)
    grant.save(update_fields=["status", "reason"])
    ledger.release(grant)
    return _told(actor, "grant.released", grant)


def _approved(actor: User, grant: MaatwerkGrant, mandate: Mandate | None) -> MaatwerkGrant:
    """Decided: the decision keeps its mandate, and the money is set apart in the same transaction."""
    grant.decided_by, grant.decided_at, grant.mandate = actor, timezone.now(), mandate
    grant.save(update_fields=["status", "cosigned_by", "cosigned_at", "decided_by", "decided_at", "mandate"])
    ledger.reserve(grant)
    return _told(actor, "grant.approved", grant, mandate=str(mandate.pk) if mandate else "")


def _refused(actor: User, grant: MaatwerkGrant, reason: str) -> MaatwerkGrant:
    grant.move_to(Status.REFUSED)
    grant.decided_by, grant.decided_at, grant.reason = actor, timezone.now(), _needed(reason)
    grant.save(update_fields=["status", "decided_by", "decided_at", "reason"])
    return _told(actor, "grant.refused", grant)


def _told(actor: User, verb: str, grant: MaatwerkGrant, **details: str) -> MaatwerkGrant:
    record(actor, verb, grant, amount=grant.amount, **details)
    emit(verb, grant)
    # By its id: who handles the money cannot open the case itself.
    touch(Case(pk=grant.case_id))
    return grant


def _still_asked(grant: MaatwerkGrant) -> None:
    """Co-signing happens once: a second signature would push the first one out."""
    if grant.status == Status.COSIGNED:
        raise Refused(_("A colleague co-signed this meanwhile; now it waits for the wijkwethouder."), code="state")


def _cosigned_first(grant: MaatwerkGrant) -> None:
    if grant.status == Status.ASKED:
        raise Refused(_("First a colleague of the team co-signs; after that it comes to you."), code="state")


def _needed(reason: str) -> str:
    if not reason.strip():
        raise _on("reason", Refused(_("Write why: the colleague who asked must know what to do next."), code="no_reason"))
    return reason.strip()


def _account(iban: str, payee_name: str) -> str:
    """The account number in its compact form."""
    if not iban.strip():
        raise _on("iban", Refused(_("Give the IBAN to pay to, or choose another way to pay."), code="no_iban"))
    if not payee_name.strip():
        raise _on("payee_name", Refused(_("Give the name that goes with the IBAN."), code="no_payee"))
    try:
        return iban_numbers.validate(iban)
    except NotValid:
        raise _on(
            "iban", Refused(_("This is not a valid IBAN. Check it with the bank card or the invoice."), code="iban")
        ) from None


def _hold_no_name(scope: Scope, texts: dict[str, str]) -> None:
    """Who decides does not need to know who it is about. Nobody sees the names compared with here, so it is no look."""
    names = set(_names(collect(scope, frozenset({"identity", "household"}))))
    for field, text in texts.items():
        found = next((word for word in re.findall(r"[^\W\d_]+", text) if _plain(word) in names), None)
        if found:
            words = _("Write this without a name: who decides does not need to know who it is about. Leave out “%(name)s”.")
            raise _on(field, Refused(words % {"name": found}, code="name"))


def _names(items: Iterable) -> Iterator[str]:
    for item in items:
        # Of who was written down twice each spelling.
        called = [item.text, *item.details.values()] if item.kind == "name" else []
        name = " ".join(called) if called else item.details.get("name", "") if item.kind == "member" else ""
        yield from (word for word in map(_plain, re.findall(r"[^\W\d_]+", name)) if len(word) > 2 and word not in NOT_A_NAME)


def _plain(word: str) -> str:
    """Without capitals and accents, so that “Çelik” and “celik” are one."""
    return "".join(one for one in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(one))


def _on(field: str, refusal: Refused) -> Refused:
    refusal.field = field  # type: ignore[attr-defined]
    return refusal
