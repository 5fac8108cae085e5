"""Everything that changes who decides or speaks for a resident."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, Representative, Resident
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .households import resident_in
from .refusals import Missing, in_order

WRITTEN = {"kind", "scope", "matter", "name", "organisation", "phone", "reason", "pass_phrase", "since", "until"}


@command
def add_representative(
    *, actor: User, case: Case, resident: Resident, document_seen: bool = False, **values: Any
) -> Representative:
    """Someone decides or speaks for a resident from now on. Raises `Missing` for what must be known of them."""
    permissions.check_may_work_on(actor, case)
    member = resident_in(case, resident)
    one = Representative(unit_id=case.unit_id, case=case, resident_id=member.resident_id)
    _write(actor, one, values, document_seen)
    permissions.check_may_add(actor, case, one.category)
    one.put()
    record(actor, "representative.added", one, kind=one.kind, scope=one.scope, document_seen=document_seen)
    touch(case)
    return one


@command
def change_representative(
    *, actor: User, case: Case, representative: Representative, document_seen: bool = False, **values: Any
) -> Representative:
    """Put right what is known of a representative, or that it ended. An empty pass phrase leaves the one that is there."""
    one = Representative.objects.select_for_update(no_key=True).get(pk=representative.pk, case=case)
    permissions.check_may_add(actor, case, one.category)
    if not values.get("pass_phrase", "").strip():
        values["pass_phrase"] = one.pass_phrase
    _write(actor, one, values, document_seen)
    permissions.check_may_add(actor, case, one.category)
    one.full_clean(exclude=["unit", "case", "resident", "document_seen_by"])
    one.save()
    record(actor, "representative.changed", one, kind=one.kind, scope=one.scope, document_seen=document_seen)
    touch(case)
    return one


@command
def show_pass_phrase(*, actor: User, case: Case, representative: Representative) -> Representative:
    """Someone is on the phone: show what must be asked. Each showing is kept in the history of the case."""
    one = Representative.objects.get(pk=representative.pk, case=case)
    permissions.check_may_add(actor, case, one.category)
    if not one.pass_phrase:
        raise Refused(_("No pass phrase was agreed with this person."), code="none")
    if not one.holds_today:
        raise Refused(_("This person no longer speaks for the resident."), code="ended")
    record(actor, "pass_phrase.shown", one)
    return one


def _write(actor: User, one: Representative, values: dict[str, Any], document_seen: bool) -> None:
    for name in WRITTEN & set(values):
        value = values[name]
        setattr(one, name, value.strip() if isinstance(value, str) else value)
    if document_seen and one.document_seen_on is None:
        one.document_seen_on, one.document_seen_by = timezone.localdate(), actor
    elif not document_seen:
        one.document_seen_on, one.document_seen_by = None, None
    in_order(one.since, one.until)
    _is_known_enough(one)


def _is_known_enough(one: Representative) -> None:
    if not (one.name or one.organisation):
        raise Missing(_("Write a name or an organisation."), code="nobody", field="name")
    if one.scope == one.Scope.MATTER and not one.matter:
        raise Missing(_("Write in a few words what it is about."), code="no_matter", field="matter")
    if one.kind == one.Kind.SPEAKS:
        if not one.reason:
            raise Missing(_("Write why this person speaks for the resident."), code="no_reason", field="reason")
        if not one.pass_phrase:
            raise Missing(_("Agree on a pass phrase, which you ask on the phone."), code="no_phrase", field="pass_phrase")
    if one.kind == one.Kind.BEWINDVOERDER and one.scope != one.Scope.MONEY:
        raise Missing(_("A bewindvoerder decides about money. Choose money."), code="scope", field="scope")
    if one.kind == one.Kind.MENTOR and one.scope != one.Scope.CARE:
        raise Missing(_("A mentor decides about care. Choose care."), code="scope", field="scope")
    if one.kind == one.Kind.CURATOR and one.scope != one.Scope.BOTH:
        raise Missing(_("A curator decides about money and care. Choose both."), code="scope", field="scope")
