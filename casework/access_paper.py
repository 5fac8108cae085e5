"""“Who looked at my data”, for the resident: in plain words, grouped, and without what is kept from who reads it (decision 0027).

It names function and organisation, and no worker. Of the looks at safety it says nothing: that paper lies on the kitchen table.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.access_log import reference_of, subject_hash
from luisterloket.convenant.disclosure import Ground, collect, disclose
from luisterloket.convenant.models import AccessLogEntry, Authorisation, DataCategory, Purpose
from luisterloket.people.models import Organisation, User
from luisterloket.people.roles import ROLES

from .disclosures import scope_of
from .groups import kept_of
from .models import Case, CaseConference, CaseMember
from .signs import MELDCODE, SAFETY
from .withholding import kept_in, readers_of
from .withholding_pages import members_of

WHAT = "who looked on paper"
LOOKS = "SELECT * FROM looks_at_people(%s, %s::uuid[], %s::text[]) ORDER BY at, id"
# Looks of these kinds are about safety, whatever they showed.
OF_SAFETY_WHAT = {MELDCODE}
OF_SAFETY_PURPOSE = {str(CaseConference.Kind.SAFETY)}
# Why someone could look, as a whole sentence to the resident.
BECAUSE = {
    "involvement": _("They work on your situation."),
    "own_cases": _("You stood on the list of the people whom they help."),
    "wijk": _("They work in your wijk, and saw that we know you."),
    "early_sign": _("They work in your wijk, and were told that things may not be well."),
    "request": _("They got a question about you, to help you with it."),
    "conference": _("They sat at the table where your situation was talked about."),
    "payment": _("They paid something for you, or will."),
    "grant": _("They decided whether something could be paid for you."),
}


@dataclass
class Looks:
    """The looks of one kind of people for one reason: who they were, how often, when, why and at what."""

    role: Any
    organisation: str
    purpose: str
    because: Any
    break_glass: bool
    times: int = 0
    people: set[UUID] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    categories: set[str] = field(default_factory=set)
    kinds: list[str] = field(default_factory=list)
    laws: list[str] = field(default_factory=list)

    @property
    def first(self) -> date:
        return min(self.days)

    @property
    def last(self) -> date:
        return max(self.days)


@dataclass(frozen=True)
class AccessPaper:
    """What goes on paper, whose data it is about and who reads it. `names` are the people it can be made for."""

    case: Case
    about: UUID
    reader: UUID | None
    name: str
    names: list[tuple[UUID, str]]
    groups: list[Looks]
    times: int
    reference: str
    # A child's paper, and one for nobody in particular, is read by everyone at home.
    for_everyone: bool
    leaves_out_safety: bool


def access_paper(case: Case, user: User, *, reader: UUID | None) -> AccessPaper | None:
    """The paper for one of the household about themself, or (without `reader`) for everyone at home about whom the case is about.

    None when `reader` is nobody of this case. That the paper was made is a look too, and kept.
    """
    scope = scope_of(case)
    about = reader or scope.subjects[0]
    if about not in scope.subjects:
        return None
    is_child = CaseMember.objects.filter(case=case, resident=about, part=CaseMember.Part.CHILD).exists()
    readers = readers_of(case, None if is_child else reader)
    disclosed = disclose(
        scope,
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what=WHAT,
        only=["identity", SAFETY],
        readers=readers,
    )
    rows = _rows_of(about, scope.subjects)
    shown = _may_be_told(case, rows, readers, is_main=scope.subjects[0] in rows)
    entries = list(AccessLogEntry.objects.raw(LOOKS, [case.pk, rows, [subject_hash(one) for one in rows]]))
    kept = _things_kept(case, readers)
    told = [one for one in entries if not _is_of_safety(one) and one.ground_id not in kept]
    groups = _grouped(told, shown)
    return AccessPaper(
        case=case,
        about=about,
        reader=reader,
        name=disclosed.text("name", about),
        names=members_of(case, disclosed),
        groups=groups,
        times=sum(one.times for one in groups),
        reference=reference_of(about),
        for_everyone=reader is None or is_child,
        leaves_out_safety=SAFETY in disclosed.allowed and any(SAFETY in one.categories for one in entries),
    )


def _rows_of(about: UUID, subjects: Sequence[UUID]) -> list[UUID]:
    """Every row of this person in the case."""
    kept = kept_of(subjects)
    return [one for one in subjects if kept[one] == kept[about]]


def _is_of_safety(entry: AccessLogEntry) -> bool:
    return entry.what in OF_SAFETY_WHAT or entry.purpose in OF_SAFETY_PURPOSE or set(entry.categories) == {SAFETY}


def _things_kept(case: Case, readers: frozenset[UUID]) -> set[UUID]:
    """What is kept from these readers: a look that was made because of it would tell that it is there."""
    return {UUID(key.rpartition(":")[2]) for key, residents in kept_in(case.pk).items() if residents & readers}


def _may_be_told(case: Case, rows: list[UUID], readers: frozenset[UUID], *, is_main: bool) -> frozenset[str] | None:
    """The kinds of data that may be named. None for all of them: the case is about this person and nothing is kept from anyone.

    A look opens the data of everyone of a case at once; of someone else of the household only that is named of which something
    is kept about themself. And of what is kept from a reader not even the kind is said.
    """
    if is_main and not kept_in(case.pk):
        return None
    everything = frozenset(DataCategory.objects.values_list("code", flat=True))
    items = collect(scope_of(case), everything, readers=readers)
    return frozenset(item.category for item in items if item.subject_id in rows) | {"identity", "known"}


def _grouped(entries: Iterable[AccessLogEntry], shown: frozenset[str] | None) -> list[Looks]:
    """The last looked first. An emergency stands by itself, each day of it."""
    organisations = dict(Organisation.objects.values_list("pk", "name"))
    purposes = dict(Purpose.objects.values_list("code", "name"))
    groups: dict[tuple[Any, ...], Looks] = {}
    asked: dict[tuple[Any, ...], set[tuple[Any, ...]]] = defaultdict(set)
    for one in entries:
        categories = {code for code in one.categories if code != SAFETY and (shown is None or code in shown)}
        if one.categories and not categories:
            continue
        day = timezone.localtime(one.at).date()
        key = (one.role, one.organisation_id, one.purpose, one.ground_kind, one.break_glass and day)
        if key not in groups:
            groups[key] = Looks(
                role=ROLES[one.role].name if one.role in ROLES else _("Someone"),
                organisation=organisations.get(one.organisation_id, "") if one.organisation_id else "",
                purpose=purposes.get(one.purpose, ""),
                because="" if one.break_glass else BECAUSE.get(one.ground_kind, ""),
                break_glass=one.break_glass,
            )
        group = groups[key]
        group.times += 1
        group.people.add(one.actor_id)
        group.days.add(day)
        group.categories |= categories
        asked[key].add((one.convenant_version_id, one.organisation_id, one.role, one.purpose))
    _name(groups, asked)
    return sorted(groups.values(), key=lambda one: (not one.break_glass, -one.last.toordinal(), str(one.role)))


def _name(groups: dict[tuple[Any, ...], Looks], asked: dict[tuple[Any, ...], set[tuple[Any, ...]]]) -> None:
    """The kinds of data in their order, and the law that each convenant of then named for them."""
    categories = dict(DataCategory.objects.values_list("code", "name"))
    versions = {version for found in asked.values() for version, *_rest in found if version}
    cells = Authorisation.objects.filter(version__in=versions).values_list(
        "version_id", "party__organisation_id", "role", "purpose_id", "category_id", "ground__law__name", "ground__article"
    )
    laws: dict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)
    for version, organisation, role, purpose, category, law, article in cells:
        laws[version, organisation, role, purpose][category] = ", ".join(filter(None, [law, article]))
    for key, group in groups.items():
        group.kinds = [name for code, name in categories.items() if code in group.categories]
        found = [laws[one][code] for one in asked[key] for code in group.categories if code in laws[one]]
        group.laws = sorted(set(found))
