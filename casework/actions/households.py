"""Everything that changes who live together, and how they are reached."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import permissions, search_keys
from casework.models import Case, CaseMember, ParentalTie, Resident
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .identity_numbers import write_number
from .refusals import Missing, in_order

# What is kept of how someone is reached.
REACH = {
    "phone", "email", "address", "language", "interpreter", "channel", "through", "best_moments",
    "never_call", "never_message", "never_write",
}  # fmt: skip


@command
def add_member(
    *, actor: User, case: Case, name: str, part: str, born: str = "", since: date | None = None, authority: str = ""
) -> CaseMember:
    """Someone belongs to the household from a day on. Raises `Missing` for who is neither named nor has a year of birth."""
    permissions.check_may_add(actor, case, "household")
    _somebody(name, born)
    if part == CaseMember.Part.MAIN:
        raise Missing(_("Another resident already asks for help in this case."), code="main", field="part")
    resident = Resident(unit_id=case.unit_id, name=name.strip(), born=born).put()
    member = CaseMember(
        case=case, resident=resident, unit_id=case.unit_id, part=part, since=since, authority=_authority(part, authority)
    )
    member.put()
    search_keys.refresh(resident)
    record(actor, "member.added", member, part=part)
    touch(case)
    return member


@command
def change_member(
    *,
    actor: User,
    case: Case,
    member: CaseMember,
    name: str,
    part: str,
    born: str = "",
    since: date | None = None,
    until: date | None = None,
    authority: str = "",
    identity_number: str = "",
    forget_number: bool = False,
) -> CaseMember:
    """Put right who someone is or what part they have, or that they came back. How it was before stays in the history.

    Without an identity number the one that is known stays; `forget_number` takes it out.
    """
    permissions.check_may_add(actor, case, "household")
    member = _locked(member, case)
    _somebody(name, born)
    is_main = member.part == CaseMember.Part.MAIN
    if is_main != (part == CaseMember.Part.MAIN):
        raise Missing(_("Who asks for help stays the one this case is about."), code="main", field="part")
    if is_main and until is not None:
        raise Missing(_("Who asks for help cannot leave their own case."), code="main", field="until")
    in_order(since, until)
    if identity_number.strip() and forget_number:
        raise Missing(_("Write a number, or choose to remove it. Not both."), code="both", field="identity_number")
    if identity_number.strip() or forget_number:
        write_number(actor, case, member, identity_number)
    resident = Resident.objects.select_for_update(no_key=True).get(pk=member.resident_id)
    if (resident.name, resident.born) != (name.strip(), born):
        # A nickname that was shown as the name is not made into one by saving.
        if name.strip() != (resident.name or resident.known_as):
            resident.name = name.strip()
        resident.born = born
        resident.save(update_fields=["name", "born"])
        search_keys.refresh(resident)
    member.part, member.since, member.until = part, since, until
    member.authority = _authority(part, authority)
    member.save(update_fields=["part", "since", "until", "authority"])
    record(actor, "member.changed", member, part=part)
    touch(case)
    return member


@command
def end_member(*, actor: User, case: Case, member: CaseMember, until: date) -> CaseMember:
    """Someone no longer belongs to the household; the case keeps that they did."""
    permissions.check_may_add(actor, case, "household")
    member = _locked(member, case)
    if member.part == CaseMember.Part.MAIN:
        raise Refused(_("Who asks for help cannot leave their own case."), code="main")
    in_order(member.since, until)
    member.until = until
    member.save(update_fields=["until"])
    record(actor, "member.left", member, part=member.part)
    touch(case)
    return member


@command
def add_tie(
    *,
    actor: User,
    case: Case,
    child: CaseMember,
    kind: str,
    adult: CaseMember | None = None,
    name: str = "",
    has_authority: bool = False,
    since: date | None = None,
) -> ParentalTie:
    """Who a parent or guardian of a child is: someone of the household or else a name. Raises `Missing` without, and for both."""
    permissions.check_may_add(actor, case, "household")
    child = _locked(child, case)
    if child.part != CaseMember.Part.CHILD:
        raise Refused(_("Parents and guardians are kept of a child. Change first who this is in the household."), code="no_child")
    if adult is None and not name.strip():
        raise Missing(_("Choose someone of the household, or write a name."), code="nobody", field="name")
    if adult is not None and name.strip():
        raise Missing(_("Choose someone of the household or write a name, not both."), code="both", field="name")
    if adult is not None and (adult.case_id != case.pk or adult.pk == child.pk):
        raise Missing(_("Choose someone of this household."), code="elsewhere", field="adult")
    tie = ParentalTie(
        unit_id=case.unit_id, case=case, child=child, adult=adult, name=name.strip(), kind=kind,
        has_authority=has_authority, since=since,
    )  # fmt: skip
    tie.put()
    record(actor, "tie.added", tie, kind=kind, has_authority=has_authority)
    touch(case)
    return tie


@command
def end_tie(*, actor: User, case: Case, tie: ParentalTie, until: date) -> ParentalTie:
    """Someone is no longer the parent or guardian, or it was not so; the case keeps what was written."""
    permissions.check_may_add(actor, case, "household")
    tie = ParentalTie.objects.select_for_update(no_key=True).get(pk=tie.pk, case=case)
    in_order(tie.since, until)
    tie.until = until
    tie.save(update_fields=["until"])
    record(actor, "tie.ended", tie, kind=tie.kind)
    touch(case)
    return tie


@command
def set_reach(*, actor: User, case: Case, resident: Resident, **values: Any) -> Resident:
    """How someone is reached, and what may never be done. Raises `Missing` when a wish cannot be followed as it is written."""
    permissions.check_may_add(actor, case, "contact")
    resident = Resident.objects.select_for_update(no_key=True).get(pk=resident.pk, cases=case)
    for name in REACH & set(values):
        setattr(resident, name, values[name])
    _can_be_followed(resident)
    resident.full_clean(exclude=["unit"])
    resident.save(update_fields=sorted(REACH))
    record(actor, "reach.changed", resident_in(case, resident), never=_never(resident))
    touch(case)
    return resident


def resident_in(case: Case, resident: Resident) -> CaseMember:
    """This resident as one of this case, so that the history knows of which case it is."""
    return CaseMember.objects.get(case=case, resident=resident)


def _never(resident: Resident) -> list[str]:
    return [name for name in ("never_call", "never_message", "never_write") if getattr(resident, name)]


def _can_be_followed(resident: Resident) -> None:
    """A wish and a hard rule must not say opposite things: then nobody knows what is safe."""
    channel = Resident.Channel
    against = {
        channel.PHONE: resident.never_call,
        channel.MESSAGE: resident.never_message,
        channel.LETTER: resident.never_write,
    }
    if against.get(channel(resident.channel)) if resident.channel else False:
        raise Missing(
            _("This way is also marked as never allowed. Choose another way, or take the rule off."),
            code="against",
            field="channel",
        )
    if resident.channel == channel.THROUGH and not resident.through.strip():
        raise Missing(_("Write through whom this resident is reached."), code="no_one", field="through")
    if resident.channel == channel.EMAIL and not resident.email.strip():
        raise Missing(_("Write the e-mail address."), code="no_email", field="email")


def _locked(member: CaseMember, case: Case) -> CaseMember:
    return CaseMember.objects.select_for_update(no_key=True).get(pk=member.pk, case=case)


def _somebody(name: str, born: str) -> None:
    if not (name.strip() or born):
        raise Missing(_("Write a name or a year of birth."), code="nobody", field="name")


def _authority(part: str, authority: str) -> str:
    """Only of a child does someone have authority."""
    return (authority or CaseMember.Authority.UNKNOWN) if part == CaseMember.Part.CHILD else ""
