"""Who a case is about: a name that comes later, and two rows that are one person."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions, search_keys
from casework.groups import kept_of
from casework.models import Case, CaseMember, Representative, Resident, ResidentMerge
from casework.parting import OF_WHOM, made_since
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .intakes import LONGEST, check_fits
from .refusals import Missing

PERSONAL = ("name", "known_as", "born", "phone", "address", "language")
REASON_AT_MOST = 500


@command
def amend_resident(*, actor: User, case: Case, **changes: str) -> Case:
    """The name, birth, language or how to reach whom the case is about; also of who came without a name (capability C9).

    For who works on the case, in the categories that the convenant lets them add to. The story stays as it is, what was known
    before stays in the history of the row, and the search keys follow. Raises `Missing` when no way to know the person is left.
    """
    permissions.check_may_add(actor, case, "identity")
    permissions.check_may_add(actor, case, "contact")
    resident = Resident.objects.select_for_update(no_key=True).get(pk=_main(case))
    check_fits({name: text for name, text in changes.items() if name in LONGEST})
    had_name = bool(resident.name.strip())
    changed = [name for name in PERSONAL if name in changes and changes[name].strip() != getattr(resident, name)]
    for name in changed:
        setattr(resident, name, changes[name].strip())
    if not (resident.name or resident.known_as):
        raise Missing(_("Give one way to recognise this person: a name or a nickname."), code="no_name", field="name")
    if changed:
        resident.save(update_fields=changed)
        search_keys.refresh(resident)
        registered = bool(resident.name) and not had_name
        record(actor, "resident.registered" if registered else "resident.amended", case, resident=str(resident.pk), fields=changed)
        touch(case)
    return case


@command
def merge_residents(
    *,
    actor: User,
    case: Case,
    other: Case,
    keep: str,
    reason: str,
    resident: UUID | None = None,
    other_resident: UUID | None = None,
) -> ResidentMerge:
    """Someone of this case and someone of the other, or twice of this one, are one person: by default whom these are about.

    It is a link: both cases, the ledger and every log stay as they are. For who works in the wijk and may open both. `keep` says
    whose name counts: that of this case (`this`) or of the `other`. Raises `Refused` when they are of different wijken, or are one
    already, and `Missing` for who is not of the case.
    """
    for one in (case, other):
        permissions.check_may_work_on(actor, one)
        permissions.check_may_listen(actor, one.unit_id)
    if case.unit_id != other.unit_id:
        raise Refused(_("These are cases of two wijken: they cannot be brought together."), code="other_wijk")
    if not reason.strip():
        raise Missing(_("Write in a few words how you know that this is one person."), code="no_reason", field="reason")
    _one_at_a_time(case)
    two = _of(case, resident), _of(other, other_resident)
    kept = kept_of(two)
    ours, theirs = (kept[one] for one in two)
    if ours == theirs:
        raise Refused(_("These were brought together already."), code="merged")
    if Resident.objects.filter(pk__in=(ours, theirs)).exclude(merged_into=None).exists():
        # One of them is linked to a row that this person may not see: it is not for them to change that, or to learn of it.
        raise Refused(_("These two cannot be brought together."), code="not_these")
    stays, goes = (ours, theirs) if keep == "this" else (theirs, ours)
    merge = ResidentMerge(
        unit_id=case.unit_id, case=case, other_case=other, kept_id=stays, merged_id=goes, reason=reason, done_by=actor
    ).put()
    _link(goes, stays)
    search_keys.refresh_person(stays)
    _tell(actor, "resident.merged", merge)
    return merge


@command
def undo_merge(*, actor: User, merge: ResidentMerge, belongs: Mapping[str, str] | None = None) -> ResidentMerge:
    """They are two people after all. Within thirty days; what was noted since stays in the case in which it was noted.

    Of two rows in one case `belongs` says of which of the two each thing is that was noted since, by id; what is not in it stays.
    """
    for one in (merge.case, merge.other_case):
        permissions.check_may_work_on(actor, one)
        permissions.check_may_listen(actor, one.unit_id)
    _one_at_a_time(merge.case)
    merge = ResidentMerge.objects.select_for_update(no_key=True, of=("self",)).get(pk=merge.pk)
    if merge.undone_at is not None:
        return merge
    if timezone.now() > merge.until:
        raise Refused(_("This was longer than thirty days ago and can no longer be undone."), code="too_late")
    merge.undone_by, merge.undone_at = actor, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    _link(merge.merged_id, None)
    for row in (merge.kept_id, merge.merged_id):
        search_keys.refresh_person(row)
    _put_back(actor, merge, belongs or {})
    _tell(actor, "resident.parted", merge)
    return merge


def _put_back(actor: User, merge: ResidentMerge, belongs: Mapping[str, str]) -> None:
    two = {str(one): one for one in (merge.kept_id, merge.merged_id)}
    wanted = {thing: two[whom] for thing, whom in belongs.items() if whom in two}
    for model, rows in made_since(merge).items() if wanted else ():
        field = f"{OF_WHOM[model]}_id"
        for row in rows:
            whom = wanted.get(str(row.pk), getattr(row, field))
            if whom == getattr(row, field):
                continue
            permissions.check_may_add(actor, merge.case, row.category if model is Representative else "finances")
            setattr(row, field, whom)
            row.save(update_fields=[field.removesuffix("_id")])


def _main(case: Case) -> UUID:
    return CaseMember.objects.values_list("resident_id", flat=True).get(case=case, part=CaseMember.Part.MAIN)


def _one_at_a_time(case: Case) -> None:
    """Two merges at once could make a circle: in a wijk they wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"merge residents {case.unit_id}"])


def _link(resident: UUID, into: UUID | None) -> None:
    one = Resident.objects.select_for_update(no_key=True).get(pk=resident)
    one.merged_into_id = into
    one.save(update_fields=["merged_into"])


def _of(case: Case, resident: UUID | None) -> UUID:
    if resident is None:
        return _main(case)
    if not CaseMember.objects.filter(case=case, resident=resident).exists():
        raise Missing(_("Choose someone of this household."), code="not_a_member", field="keep")
    return resident


def _tell(actor: User, verb: str, merge: ResidentMerge) -> None:
    for case in {merge.case_id: merge.case, merge.other_case_id: merge.other_case}.values():
        record(actor, verb, case, merge=str(merge.pk), kept=str(merge.kept_id), merged=str(merge.merged_id))
        touch(case)
