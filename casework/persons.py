"""What the pages about who someone is show."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Disclosure, Ground, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .finding import Perhaps, as_perhaps, perhaps_known, search
from .groups import kept_of
from .models import Case, CaseMember, ResidentMerge

SHOWN = [
    ("name", _("Name")),
    ("born", _("Born")),
    ("phone", _("Telephone")),
    ("address", _("Address")),
    ("language", _("Language")),
]


def personal_data(case: Case, user: User, *, what: str, resident: UUID | None = None) -> dict[str, str]:
    """Name, birth and how to reach whom the case is about, or someone else of it, as told there; by the names of the form."""
    disclosed = _disclosed(case, user, what=what)
    one = resident or scope_of(case).subjects[0]
    names = next((item.details for item in disclosed.of("name", one)), {"name": "", "known_as": ""})
    born = next((item.details["own"] for item in disclosed.of("born", one)), "")
    return {**names, "born": born, **{kind: disclosed.text(kind, one) for kind in ("phone", "address", "language")}}


@dataclass(frozen=True)
class Line:
    label: Any
    this: str
    other: str

    @property
    def differs(self) -> bool:
        return self.this.strip().casefold() != self.other.strip().casefold()


@dataclass(frozen=True)
class MergePage:
    """Two rows beside each other: what is known of the person in each, and when it was told."""

    case: Case
    other: Case
    lines: list[Line]
    # Who they are in each of the two.
    parts: tuple[Any, Any]
    back: str

    @property
    def in_one_case(self) -> bool:
        return self.case.pk == self.other.pk

    @property
    def names(self) -> tuple[str, str]:
        return self.lines[0].this, self.lines[0].other


def merge_page(member: CaseMember, other: CaseMember, user: User) -> MergePage:
    """Two disclosures, one of each case."""
    sides = []
    for one in (member, other):
        disclosed = _disclosed(one.case, user, what="bringing together")
        sides.append({kind: disclosed.text(kind, one.resident_id) for kind, _label in SHOWN})
    return MergePage(
        member.case,
        other.case,
        [Line(label, sides[0][kind], sides[1][kind]) for kind, label in SHOWN],
        (member.get_part_display(), other.get_part_display()),
        double_url(member),
    )


def double_url(member: CaseMember) -> str:
    """Where one looks whether this person is known twice."""
    if member.part == CaseMember.Part.MAIN:
        return reverse("casework:case-double", args=[member.case_id])
    return reverse("casework:case-person-double", args=[member.case_id, member.resident_id])


@dataclass(frozen=True)
class DoublePage:
    """Who may be the same person as in this case: of the cases that this person may open, and those of colleagues to join first."""

    case: Case
    resident_id: UUID
    back: str
    name: str
    mine: list[Perhaps]
    colleagues: list[Perhaps] = field(default_factory=list)
    merges: list[ResidentMerge] = field(default_factory=list)


def double_page(member: CaseMember, user: User, *, text: str = "") -> DoublePage:
    """Those who look alike, or those found with what was typed: whom a case is about, and the others of a household."""
    case, is_main = member.case, member.part == CaseMember.Part.MAIN
    known = personal_data(case, user, what="bringing together", resident=member.resident_id)
    if text:
        found = search(user, text)
        alike = as_perhaps(found.rows, found.known)
    else:
        typed = {name: known[name] for name in ("name", "known_as", "born", "phone")}
        alike = perhaps_known(user, case.unit_id, **typed, part="")
    # Bringing these together would do nothing.
    one_already = kept_of([member.resident_id])
    alike = [one for one in alike if one.resident_id not in one_already]
    return DoublePage(
        case=case,
        resident_id=member.resident_id,
        back=case.get_absolute_url() if is_main else reverse("casework:case-person", args=[case.pk, member.resident_id]),
        name=known["name"] or known["known_as"],
        mine=[one for one in alike if one.mine],
        colleagues=[one for one in alike if not one.mine],
        merges=list(merges_of(case, user).filter(Q(kept__in=one_already) | Q(merged__in=one_already)).select_related("done_by")),
    )


def merges_of(case: Case, user: User) -> Any:
    """The merges in force of someone of this case, the newest first. Only for who may open both cases: one tells of the other."""
    mine = Case.objects.visible_to(user)
    found = ResidentMerge.objects.in_force().filter(Q(case=case) | Q(other_case=case), case__in=mine, other_case__in=mine)
    return found.order_by("-done_at")


def _disclosed(case: Case, user: User, *, what: str) -> Disclosure:
    ground = Ground("involvement", case.pk)
    return disclose(scope_of(case), to=user, purpose="listening", ground=ground, what=what, only=["identity", "contact"])
