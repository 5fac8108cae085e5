"""Everything that changes what is kept from someone at home, and who read a copy before it was given (decision 0018).

All of it is for who works on the case; who may not gets `NotAllowed`.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, CaseMember, CaseSummary, CopyCheck, Resident, Withheld
from casework.selectors import keys_kept_from, keys_of_things
from casework.withholding import Kept, authors_of, betrayed_by, is_checked, kept_in, readers_of, same_key
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record

from .cases import touch
from .refusals import Missing

CHECK_WITHIN = timedelta(days=1)
Found = CopyCheck.Found


@command
def withhold(*, actor: User, case: Case, things: Iterable[tuple[str, UUID]], residents: Iterable[Resident], reason: str) -> Case:
    """Keep things of the case, each as kind and id, from these members of the household. What was kept already stays so.

    Raises `Missing` without a reason, for who is not of the household, and for what is not in the case as this person sees it.
    """
    permissions.check_may_work_on(actor, case)
    case = Case.locked(case.pk)
    things, residents = list(things), list(residents)
    if not things:
        raise Missing(_("Choose what is kept back."), code="nothing", field="things")
    if not {same_key(f"{kind}:{thing}") for kind, thing in things} <= keys_of_things(case, actor):
        raise Missing(_("This is not in the case any more."), code="not_there", field="things")
    members = set(CaseMember.objects.filter(case=case).values_list("resident_id", flat=True))
    if not residents or not {one.pk for one in residents} <= members:
        raise Missing(_("Choose from whom of the household."), code="nobody", field="residents")
    if not reason.strip():
        raise Missing(_("Say why: whoever opens this later must be able to judge it again."), code="no_reason", field="reason")
    there = set(Withheld.objects.in_force().filter(case=case).values_list("kind", "thing", "resident_id"))
    made = [
        Withheld(
            case=case, unit_id=case.unit_id, kind=kind, thing=thing, resident=resident, reason=reason.strip(), set_by=actor
        ).put()
        for kind, thing in things
        for resident in residents
        if (kind, thing, resident.pk) not in there
    ]
    if made:
        _off_the_tables(case, actor)
        record(actor, "case.withheld", case, things=len(things), residents=sorted(str(one.pk) for one in residents))
        touch(case, protects=True)
    return case


@command
def lift_withholding(*, actor: User, withheld: Withheld) -> Withheld:
    """It may be read again. That it was kept, from whom and why, stays.

    For who kept it back, and for who may see what it is: nobody else can judge it. Raises `Refused` when it was lifted already.
    """
    permissions.check_may_work_on(actor, withheld.case)
    if withheld.set_by_id != actor.pk and same_key(withheld.key) not in keys_of_things(withheld.case, actor):
        raise NotAllowed(_("You do not see what this is. The colleague who kept it back, or one who does see it, may lift this."))
    withheld = Withheld.objects.select_for_update(no_key=True).get(pk=withheld.pk)
    if withheld.lifted_at is not None:
        raise Refused(_("This was lifted already."), code="lifted")
    withheld.lifted_at, withheld.lifted_by = timezone.now(), actor
    withheld.save(update_fields=["lifted_at", "lifted_by"])
    record(actor, "case.withholding_lifted", withheld.case, withheld=str(withheld.pk), resident=str(withheld.resident_id))
    touch(withheld.case)
    return withheld


@command
def ask_copy_check(*, actor: User, version: CaseSummary) -> CopyCheck:
    """Ask the colleagues of this case to read a version before it goes on paper. Asking again gives the one that waits.

    Raises `Refused` for a version that betrays someone, or that needs no check.
    """
    permissions.check_may_work_on(actor, version.case)
    case = Case.locked(version.case_id)
    version = _fresh(version, case)
    kept = kept_in(case.pk)
    _check_betrays_nobody(version, kept)
    if not kept or is_checked(version):
        raise Refused(_("This version needs no check: it can go on paper."), code="needless")
    waiting = CopyCheck.objects.filter(version=version, revision=version.revision, done_at=None).first()
    if waiting is not None:
        return waiting
    check = CopyCheck(
        case=case,
        unit_id=case.unit_id,
        version=version,
        revision=version.revision,
        asked_by=actor,
        due_at=timezone.now() + CHECK_WITHIN,
    ).put()
    record(actor, "copy.check_asked", check, version=version.number)
    touch(case)
    return check


@command
def check_copy(*, actor: User, check: CopyCheck, found: str, note: str = "") -> CopyCheck:
    """A colleague has read the version. Not by who asked, made or worded it; of what is wrong it is said what.

    Raises `Missing` without that, and `Refused` when a colleague was first, the text is another by now, or it cannot be right.
    """
    permissions.check_may_work_on(actor, check.case)
    case = Case.locked(check.case_id)
    check = CopyCheck.objects.select_for_update(no_key=True, of=("self",)).select_related("version").get(pk=check.pk)
    version = _fresh(check.version, case)
    if actor.pk in {check.asked_by_id, *authors_of(version)}:
        raise Refused(_("Someone else than who made it reads it. Ask a colleague."), code="own")
    if check.done_at is not None:
        raise Refused(_("A colleague has read this already."), code="done")
    if check.revision != version.revision:
        raise Refused(_("The text was changed meanwhile. Read it again when you are asked to."), code="changed")
    if found == Found.RIGHT:
        _check_betrays_nobody(version, kept_in(case.pk))
    if found == Found.WRONG and not note.strip():
        raise Missing(_("Say what must not be in it."), code="no_note", field="note")
    check.found, check.note, check.done_by, check.done_at = found, note.strip(), actor, timezone.now()
    check.full_clean(exclude=["case", "unit", "version", "asked_by", "done_by"])
    check.save(update_fields=["found", "note", "done_by", "done_at"])
    record(actor, "copy.checked", check, version=version.number, found=found)
    touch(case)
    return check


def _off_the_tables(case: Case, actor: User) -> None:
    """At a table to which the resident comes nothing lies that is kept from anyone at home, nor what tells of it."""
    keys = keys_kept_from(case, actor, readers_of(case, None))
    with connection.cursor() as cursor:
        cursor.execute("SELECT take_off_tables(%s, %s::text[])", [case.pk, keys])


def _check_betrays_nobody(version: CaseSummary, kept: Kept) -> None:
    if betrayed_by(version, kept):
        raise Refused(_("This version still says something that is kept back. Make a new version first."), code="betrays")


def _fresh(version: CaseSummary, case: Case) -> CaseSummary:
    found = CaseSummary.objects.get(pk=version.pk)
    found.case = case
    return found
