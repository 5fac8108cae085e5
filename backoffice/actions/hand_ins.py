"""What a sender does: hand a resident in, and take that back as long as nobody answered.

Nothing here looks at who is known at the loket, so that no answer, and no wait for one, can tell the sender.
"""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import hand_in_permissions as permissions
from backoffice.hand_in_terms import answer_due_on
from backoffice.models import HandIn, Reception
from casework.actions.refusals import not_to_come
from luisterloket.convenant.models import ConvenantParty, ConvenantVersion, is_party_today
from luisterloket.convenant.review import refuse_when_review_is_overdue
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .parts import RefusedAt, filled_in

Kind, Status = HandIn.Kind, HandIn.Status
# How much fits of each: as in a conversation, far more than anyone writes.
LONGEST = {"name": 200, "born": 50, "phone": 50, "email": 200, "address": 300, "reference": 100, "text": 10_000}


@command
def hand_in(
    *,
    actor: User,
    desk_unit: Unit,
    unit: Unit,
    kind: str,
    category: str,
    name: str,
    text: str,
    knows: str,
    urgency: str = "normal",
    born: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
    reference: str = "",
    partner: str = "",
    amount: int | None = None,
    threat: str = "",
    signal_on: date | None = None,
) -> HandIn:
    """Hand someone in at the loket of `unit`, for one's own `desk_unit`; from now on the loket owes an answer by a day.

    Raises `Refused` when no convenant in force gives the sender a ground for `category`, when that loket takes no part, and
    without a name, a way to reach them, or words; for arrears also without the partner. For who hands in at that unit (article 3
    Wet gemeentelijke schuldhulpverlening; for what else plays the ground that the convenant names).
    """
    permissions.check_may_hand_in(actor, desk_unit.pk)
    refuse_when_review_is_overdue()
    allowed = permissions.may_be_handed_in(actor, desk_unit.pk)
    if not allowed:
        raise Refused(_("No agreement is in force under which your organisation may hand residents in."), code="no_convenant")
    if category not in allowed:
        raise RefusedAt("category", _("Your organisation has no ground to hand this in. Choose something else."), "category")
    _takes_part(unit)
    filled_in("name", name, _("Write who it is about."))
    filled_in("text", text, _("Write in a few words what plays."))
    if not (phone.strip() or email.strip() or address.strip()):
        raise RefusedAt(
            "phone", _("Give one way to reach this person: a telephone number, an e-mail address or an address."), "reach"
        )
    if kind == Kind.ARREARS and not partner:
        raise RefusedAt("partner", _("Choose who signals the arrears."), "no_partner")
    if signal_on is not None:
        not_to_come(signal_on, field="signal_on")
    words = {"name": name, "born": born, "phone": phone, "email": email, "address": address, "reference": reference, "text": text}
    _fits(words)
    cell = allowed[category]
    handed = HandIn(
        unit=unit, desk_unit=desk_unit, sent_by=actor, kind=kind, category=category, legal_ground=cell.legal_ground,
        convenant_version_id=cell.version_id, urgency=urgency, knows=knows, partner=partner, amount=amount, threat=threat,
        signal_on=signal_on, due_on=answer_due_on(unit.pk, kind, urgency, threat, signal_on),
        **{field: said.strip() for field, said in words.items()},
    ).put()  # fmt: skip
    Reception(hand_in=handed, unit=unit, category=category).put()
    record(actor, "hand_in.sent", handed, kind=kind, category=category, urgency=urgency, knows=knows)
    emit("hand_in.sent", handed)
    return handed


@command
def withdraw_hand_in(*, actor: User, hand_in: HandIn) -> HandIn:
    """The sender takes it back, as long as the loket did not answer. For who hands in at that unit."""
    permissions.check_may_withdraw(actor, hand_in)
    hand_in = HandIn.locked(hand_in.pk)
    hand_in.move_to(Status.WITHDRAWN)
    hand_in.answered_at = timezone.now()
    hand_in.save(update_fields=["status", "answered_at"])
    record(actor, "hand_in.withdrawn", hand_in)
    emit("hand_in.withdrawn", hand_in)
    return hand_in


def lokets() -> Any:
    """Where one can hand in: the wijk teams of organisations that take part in the convenant that decides today."""
    version = ConvenantVersion.in_force()
    if version is None:
        return Unit.objects.none()
    parties = ConvenantParty.objects.filter(is_party_today(), version=version).values("organisation")
    found = Unit.objects.filter(kind=Unit.Kind.WIJKTEAM, organisation__in=parties, closed_on=None)
    return found.select_related("wijk").order_by("wijk__city", "name")


def _takes_part(unit: Unit) -> None:
    if not lokets().filter(pk=unit.pk).exists():
        raise RefusedAt("unit", _("This loket does not take part. Choose another wijk."), "no_loket")


def _fits(words: dict[str, str]) -> None:
    for field, said in words.items():
        if len(said) > LONGEST[field]:
            message = _("This text is too long: %(most)s characters fit.") % {"most": LONGEST[field]}
            raise RefusedAt(field, message, "too_long")
