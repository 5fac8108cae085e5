"""Everything that changes the identity number of a resident, and showing it in full."""

from django.utils.translation import gettext as _

from casework import permissions, search_keys
from casework.identity_numbers import NoNumber, checked
from casework.looks import Look
from casework.models import Case, CaseMember, IdentityNumber, Resident
from luisterloket.convenant import identity_numbers
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record

from .refusals import Missing

FIELD = "identity_number"


def write_number(actor: User, case: Case, member: CaseMember, number: str) -> None:
    """Write the number down for the organisation that the actor works for here, or take it out when it is empty.

    A part of the action that changes who someone is. That another resident has the same number is no error: it would tell who is
    known. Raises `Missing` for what is no number, `Refused` when it was just switched off.
    """
    permissions.check_may_write_number(actor, case)
    post = permissions.post_for_number(actor, case.unit_id, to_write=True)
    if post is None:
        raise NotAllowed(permissions.NO_NUMBERS)
    # First of all: who switches it off waits for us, and then erases what we wrote.
    if not identity_numbers.hold(post.organisation_id):
        raise Refused(_("Identity numbers were just switched off for your organisation."), code="off")
    digits = _checked(number) if number.strip() else ""
    one = IdentityNumber.objects.select_for_update(no_key=True).filter(resident=member.resident_id).first()
    if (one.number if one else "") == digits:
        return
    if one is None:
        one = IdentityNumber(unit_id=case.unit_id, case=case, resident_id=member.resident_id)
    one.number, one.organisation_id = digits, post.organisation_id
    one.save()
    search_keys.refresh(Resident.objects.get(pk=member.resident_id))
    record(actor, "identity_number.written" if digits else "identity_number.taken_out", member)


@command
def show_identity_number(*, actor: User, case: Case, resident: Resident) -> IdentityNumber:
    """Show it in full, to copy or compare. Each showing is kept as a look of its own. Raises `Refused` when none is known."""
    permissions.check_may_see_number(actor, case)
    member = CaseMember.objects.get(case=case, resident=resident)
    one = IdentityNumber.objects.filter(resident=member.resident_id).first()
    if one is None or not one.number:
        raise Refused(_("No identity number is known."), code="none")
    Look(case, actor).keep("identity number shown", {identity_numbers.CATEGORY}, of=member.resident_id)
    record(actor, "identity_number.shown", member)
    return one


def _checked(number: str) -> str:
    try:
        return checked(number)
    except NoNumber as why:
        raise Missing(str(why), code="no_number", field=FIELD) from None
