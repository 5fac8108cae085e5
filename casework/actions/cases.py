"""Everything that changes a case."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, Concern, Heard, Involvement, Strength, SupportPerson
from casework.signs import category_of_concern
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .refusals import Missing, Restricted, text_or_quote
from .signs import set_sign

KIND: dict[type, str] = {Concern: "concern", Strength: "strength", SupportPerson: "person"}
CHANGEABLE: dict[type, set[str]] = {
    Concern: {"domain", "severity", "urgency", "text", "quote", "since", "who_helps", "tried", "wanted"},
    Strength: {"domain", "kind", "text", "quote"},
    SupportPerson: {"name", "relation", "can_do", "quote"},
}


@command
def join_case(*, actor: User, case: Case, reason: str, explanation: str = "") -> Involvement:
    """Open a case of one's own wijk, with a reason in one tap; the owner is told."""
    permissions.check_may_join(actor, case)
    if reason == Involvement.Reason.OTHER and not explanation.strip():
        raise Missing(_("Write in a few words why you join."), code="no_reason", field="explanation")
    # Two taps at once must not make two involvements.
    case = Case.locked(case.pk)
    existing = Involvement.objects.in_force().filter(case=case, user=actor).first()
    if existing is not None:
        return existing
    involvement = Involvement(
        case=case, user=actor, unit_id=case.unit_id, kind=Involvement.Kind.JOINED, reason=reason, explanation=explanation
    )
    involvement.put()
    record(actor, "case.joined", case, reason=reason)
    emit("case.joined", case)
    return involvement


@command
def involve(*, actor: User, case: Case, user: User, kind: str) -> Involvement:
    """Give a colleague or a buddy a part in the case."""
    permissions.check_may_work_on(actor, case)
    if not Case.objects.filter(pk=case.pk).open_to(user).exists():
        raise Refused(_("This case is kept for named people, or %(who)s is kept out of it.") % {"who": user}, code="closed")
    involvement = Involvement.objects.create(case=case, user=user, unit_id=case.unit_id, kind=kind)
    record(actor, "case.involved", case, user=str(user.pk), kind=kind)
    return involvement


@command
def add_concern(
    *,
    actor: User,
    case: Case,
    domain: str,
    severity: int,
    text: str,
    quote: str = "",
    urgency: str = "",
    since: str = "",
    who_helps: str = "",
    tried: str = "",
    wanted: str = "",
    sign: str = "",
) -> Concern:
    """A concern that came up later, in a case. What is a sign is acute, and begins its term or its steps."""
    permissions.check_may_add(actor, case, category_of_concern(domain, sign))
    text = text_or_quote(text, quote)
    concern = Concern(
        unit_id=case.unit_id, case=case, domain=domain, severity=severity, text=text, quote=quote, urgency=urgency, since=since,
        who_helps=who_helps, tried=tried, wanted=wanted,
    )  # fmt: skip
    set_sign(actor, concern, sign)
    concern.put()
    record(actor, "concern.added", concern, domain=domain, severity=int(concern.severity))
    touch(case)
    return concern


@command
def add_strength(
    *, actor: User, case: Case, text: str, kind: str = Strength.Kind.GOES_WELL, domain: str = "", quote: str = ""
) -> Strength:
    """A strength, talent or wish that showed later, in a case."""
    permissions.check_may_add(actor, case, "strengths")
    text = text_or_quote(text, quote)
    strength = Strength(unit_id=case.unit_id, case=case, kind=kind, domain=domain, text=text, quote=quote)
    strength.put()
    record(actor, "strength.added", strength)
    touch(case)
    return strength


@command
def add_person(*, actor: User, case: Case, name: str, relation: str = "", can_do: str = "", quote: str = "") -> SupportPerson:
    """Someone around the resident who was heard of later, in a case."""
    permissions.check_may_add(actor, case, "network")
    person = SupportPerson(unit_id=case.unit_id, case=case, name=name, relation=relation, can_do=can_do, quote=quote)
    person.put()
    record(actor, "person.added", person)
    touch(case)
    return person


@command
def amend(*, actor: User, case: Case, thing: Heard, **changes: Any) -> Heard:
    """What was heard is put right, or is no longer as it was. The earlier text stays in the history of the row."""
    thing = type(thing).objects.select_for_update(no_key=True).get(pk=thing.pk, case=case)
    permissions.check_may_add(actor, case, category_of(thing))
    for name in CHANGEABLE[type(thing)] & set(changes):
        setattr(thing, name, changes[name])
    if isinstance(thing, Concern) and changes.get("sign", thing.sign) != thing.sign:
        set_sign(actor, thing, changes["sign"])
    permissions.check_may_add(actor, case, category_of(thing))
    if not isinstance(thing, SupportPerson):
        thing.text = text_or_quote(thing.text, thing.quote)
    thing.full_clean(exclude=["unit", "intake", "case"])
    thing.save()
    record(actor, f"{KIND[type(thing)]}.amended", thing)
    touch(case)
    return thing


def category_of(thing: Heard) -> str:
    """The category of personal data that something heard belongs to."""
    if isinstance(thing, Concern):
        return category_of_concern(thing.domain, thing.sign)
    return "strengths" if isinstance(thing, Strength) else "network"


def touch(case: Case, *, protects: bool = False) -> None:
    """Something happened in the case: it comes on top of the list. Called inside the actions of all floors.

    Raises `Restricted` when the resident asked that their data are only kept: nothing in the case is changed then, but for what
    closes something or keeps someone safe (`protects`; AVG articles 7(3) and 18(2)).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_restricted(%s)", [case.pk])
        (restricted,) = cursor.fetchone()
        if restricted and not protects:
            raise Restricted()
        # For a desk or the treasurer the row of the case is behind the wall: the database moves its moment, and nothing else.
        cursor.execute("SELECT touch_case(%s)", [case.pk])
