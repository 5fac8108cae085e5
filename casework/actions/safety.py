"""Everything that changes who may open a case at all (capability C35)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions, search_keys
from casework.models import Case, CaseGuard, CaseMember, Involvement, Protection, Resident
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .next_contact import hand_to_owner
from .refusals import Missing

# One who is ill or on leave must not leave a resident without anyone.
NAMED_AT_LEAST = 2
Kind = CaseGuard.Kind


@command
def protect(
    *, actor: User, case: Case, resident: Resident, reason: str, named: Iterable[User], explanation: str = ""
) -> Protection:
    """Keep the case for named people: from now on it does not exist for anyone else.

    The owner and who protects are always named. Raises `Missing` when nobody else is: one person alone cannot be missed.
    """
    permissions.check_may_guard(actor, case)
    case = Case.locked(case.pk)
    member = CaseMember.objects.get(case=case, resident=resident)
    if Protection.objects.filter(resident=resident, lifted_at=None).exists():
        raise Refused(_("This resident is protected already."), code="protected")
    there = set(CaseGuard.objects.filter(case=case, kind=Kind.NAMED).values_list("user_id", flat=True))
    people = {user.pk: user for user in [actor, case.owner, *named] if user.pk not in there}
    for user in people.values():
        _may_be_named(case, user)
    if len(people) + len(there) < NAMED_AT_LEAST:
        raise Missing(_("Name at least one colleague besides yourself, who can step in for you."), code="alone", field="named")
    protection = Protection(
        unit_id=case.unit_id,
        case=case,
        resident_id=member.resident_id,
        reason=reason,
        explanation=explanation.strip(),
        set_by=actor,
    )
    protection.put()
    # All at once: after the first row the door is closed to whoever is not among them.
    CaseGuard.objects.bulk_create(
        [CaseGuard(unit_id=case.unit_id, case=case, user=user, kind=Kind.NAMED) for user in people.values()]
    )
    for user in people.values():
        _involve(case, user)
    search_keys.refresh_person(member.resident_id)
    record(actor, "case.protected", case, resident=str(member.resident_id), reason=reason, named=sorted(map(str, people)))
    touch(case, protects=True)
    return protection


@command
def lift_protection(*, actor: User, protection: Protection) -> Protection:
    """The reason is gone. When nobody of the case is protected any more it opens to who had a part in it."""
    protection = Protection.objects.select_for_update(no_key=True).get(pk=protection.pk)
    permissions.check_may_guard(actor, protection.case)
    if protection.lifted_at is not None:
        raise Refused(_("This was lifted already."), code="lifted")
    protection.lifted_at, protection.lifted_by = timezone.now(), actor
    protection.save(update_fields=["lifted_at", "lifted_by"])
    case = Case.locked(protection.case_id)
    if not Protection.objects.filter(case=case, lifted_at=None).exists():
        CaseGuard.objects.filter(case=case, kind=Kind.NAMED).delete()
    search_keys.refresh_person(protection.resident_id)
    record(actor, "case.protection_lifted", case, resident=str(protection.resident_id))
    touch(case)
    return protection


@command
def name_person(*, actor: User, case: Case, user: User) -> CaseGuard:
    """Someone else may open the case from now on, and has a part in it."""
    permissions.check_may_guard(actor, case)
    case = Case.locked(case.pk)
    if not CaseGuard.objects.filter(case=case, kind=Kind.NAMED).exists():
        raise Refused(_("This case is not protected: colleagues can simply join it."), code="open")
    _may_be_named(case, user)
    earlier = CaseGuard.objects.filter(case=case, user=user, kind=Kind.NAMED).first()
    if earlier is not None:
        return earlier
    guard = CaseGuard(unit_id=case.unit_id, case=case, user=user, kind=Kind.NAMED).put()
    _involve(case, user)
    record(actor, "case.person_named", case, user=str(user.pk))
    touch(case)
    return guard


@command
def unname_person(*, actor: User, case: Case, user: User) -> Case:
    """The case does not exist for this person any more. The owner stays, and so do at least two."""
    permissions.check_may_guard(actor, case)
    case = Case.locked(case.pk)
    if user.pk == case.owner_id:
        raise Refused(_("The owner stays among the named people. Hand the case over first."), code="owner")
    named = CaseGuard.objects.filter(case=case, kind=Kind.NAMED)
    if named.count() <= NAMED_AT_LEAST:
        raise Refused(_("Two people must stay. Name someone else first."), code="alone")
    found = named.filter(user=user)
    if not found.exists():
        raise Refused(_("This person was not among the named people."), code="not_named")
    Involvement.objects.in_force().filter(case=case, user=user).update(until=timezone.now())
    record(actor, "case.person_unnamed", case, user=str(user.pk))
    touch(case, protects=True)
    # Last of all: who takes themself off sees nothing of the case after this.
    hand_to_owner(case, Q(who=user))
    found.delete()
    return case


@command
def keep_out(*, actor: User, case: Case, user: User, reason: str) -> CaseGuard:
    """A colleague who is kin or neighbour of the resident may not open the case; for them it is not there."""
    permissions.check_may_guard(actor, case)
    case = Case.locked(case.pk)
    if user.pk == case.owner_id:
        raise Missing(_("This is the owner of the case. Hand the case over first."), code="owner", field="user")
    if user.pk == actor.pk:
        raise Missing(_("Ask a colleague to keep you out, so that someone stays."), code="self", field="user")
    guard = CaseGuard.objects.filter(case=case, user=user).first()
    if guard is not None and guard.kind == Kind.NAMED:
        raise Missing(_("This person is among the named people. Take them off first."), code="named", field="user")
    if guard is None:
        guard = CaseGuard(unit_id=case.unit_id, case=case, user=user, kind=Kind.EXCLUDED, reason=reason).put()
        Involvement.objects.in_force().filter(case=case, user=user).update(until=timezone.now())
        hand_to_owner(case, Q(who=user))
        record(actor, "case.person_kept_out", case, user=str(user.pk), reason=reason)
        touch(case, protects=True)
    return guard


@command
def let_in(*, actor: User, case: Case, user: User) -> Case:
    """Someone who was kept out may join again as any colleague."""
    permissions.check_may_guard(actor, case)
    case = Case.locked(case.pk)
    kept = CaseGuard.objects.filter(case=case, user=user, kind=Kind.EXCLUDED)
    if not kept.exists():
        raise Refused(_("This person is not kept out."), code="not_excluded")
    kept.delete()
    record(actor, "case.person_let_in", case, user=str(user.pk))
    touch(case)
    return case


@command
def take_over_guarded(*, actor: User, case_id: UUID, colleague: User) -> Case:
    """A protected case has nobody left: the coordinator becomes its owner, together with a colleague.

    Only when no named person works in a wijk any more; the database judges that, and lets nobody but who acts in.
    """
    permissions.check_may_take_over(actor, case_id)
    if colleague.pk == actor.pk:
        raise Missing(_("Choose a colleague besides yourself."), code="alone", field="colleague")
    with connection.cursor() as cursor:
        cursor.execute("SELECT enter_guarded(%s)", [case_id])
        if not cursor.fetchone()[0]:
            raise Refused(_("Somebody else took this case over just now."), code="taken")
    case = Case.locked(case_id)
    _may_be_named(case, colleague)
    CaseGuard.objects.filter(case=case, kind=Kind.NAMED).exclude(user=actor).delete()
    CaseGuard(unit_id=case.unit_id, case=case, user=colleague, kind=Kind.NAMED).put()
    Involvement.objects.in_force().filter(case=case, kind=Involvement.Kind.OWNER).update(until=timezone.now())
    Involvement.objects.in_force().filter(case=case, user=actor).update(until=timezone.now())
    Involvement.objects.create(case=case, user=actor, unit_id=case.unit_id, kind=Involvement.Kind.OWNER)
    _involve(case, colleague)
    case.owner = actor
    case.save(update_fields=["owner"])
    hand_to_owner(case, ~Q(who__in=[actor, colleague]))
    record(actor, "case.taken_over", case, user=str(colleague.pk))
    touch(case)
    return case


def _may_be_named(case: Case, user: User) -> None:
    """Colleagues of the wijk, and who has a part in the case already; never who is kept out of it."""
    if CaseGuard.objects.filter(case=case, user=user, kind=Kind.EXCLUDED).exists():
        raise Missing(_("%(who)s is kept out of this case.") % {"who": user}, code="excluded", field="named")
    if not permissions.could_be_named(case, user):
        raise Missing(_("%(who)s does not work in this wijk.") % {"who": user}, code="elsewhere", field="named")


def _involve(case: Case, user: User) -> None:
    if not Involvement.objects.in_force().filter(case=case, user=user).exists():
        Involvement.objects.create(case=case, user=user, unit_id=case.unit_id, kind=Involvement.Kind.CO_WORKER)
