"""What the pages about who someone is show."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Disclosure, Ground, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .finding import Perhaps, perhaps_known, search
from .groups import kept_of
from .models import Case, CaseMember, ResidentMerge

SHOWN = [
    ("name", _("Name")),
    ("born", _("Born")),
    ("phone", _("Telephone")),
    ("address", _("Address")),
    ("language", _("Language")),
]


def personal_data(case: Case, user: User, *, what: str) -> dict[str, str]:
    """Name, birth and how to reach whom the case is about, as one disclosure; by the names of the form."""
    disclosed = _disclosed(case, user, what=what)
    main = scope_of(case).subjects[0]
    names = next((item.details for item in disclosed.of("name", main)), {"name": "", "known_as": ""})
    born = next((item.details["on"] for item in disclosed.of("born", main)), "")
    return {**names, "born": born, **{kind: disclosed.text(kind, main) for kind in ("phone", "address", "language")}}


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
    """Two cases beside each other: what is known of the person in each, and when it was told."""

    case: Case
    other: Case
    lines: list[Line]

    @property
    def names(self) -> tuple[str, str]:
        return self.lines[0].this, self.lines[0].other


def merge_page(case: Case, other: Case, user: User) -> MergePage:
    """Two disclosures, one of each case."""
    sides = []
    for one in (case, other):
        disclosed, main = _disclosed(one, user, what="bringing together"), scope_of(one).subjects[0]
        sides.append({kind: disclosed.text(kind, main) for kind, _label in SHOWN})
    return MergePage(case, other, [Line(label, sides[0][kind], sides[1][kind]) for kind, label in SHOWN])


@dataclass(frozen=True)
class DoublePage:
    """Who may be the same person as in this case: of the cases that this person may open, and those of colleagues to join first."""

    case: Case
    name: str
    mine: list[Perhaps]
    colleagues: list[Perhaps] = field(default_factory=list)
    merges: list[ResidentMerge] = field(default_factory=list)


def double_page(case: Case, user: User, *, text: str = "") -> DoublePage:
    """Those who look alike, or those found with what was typed."""
    known = personal_data(case, user, what="bringing together")
    if text:
        found = search(user, text)
        mine = [Perhaps(row.case_id, row.name, row.born, row.owner, True) for row in found.rows]
        alike = mine + [Perhaps(one.case_id, one.initials, one.born, one.owner, False) for one in found.known]
    else:
        alike = perhaps_known(user, case.unit_id, **{name: known[name] for name in ("name", "known_as", "born", "phone")})
    one_already = _cases_of_one(case)
    alike = [one for one in alike if one.case_id not in one_already]
    return DoublePage(
        case=case,
        name=known["name"] or known["known_as"],
        mine=[one for one in alike if one.mine],
        colleagues=[one for one in alike if not one.mine],
        merges=list(merges_of(case).select_related("done_by")),
    )


def merges_of(case: Case) -> Any:
    """The merges in force that were made from this case, or with it; the newest first."""
    return ResidentMerge.objects.in_force().filter(Q(case=case) | Q(other_case=case)).order_by("-done_at")


def _cases_of_one(case: Case) -> set[Any]:
    """The cases of this person under each of their rows; bringing these together would do nothing."""
    kept = kept_of([scope_of(case).subjects[0]])
    return set(CaseMember.objects.filter(resident__in=kept, part=CaseMember.Part.MAIN).values_list("case_id", flat=True))


def _disclosed(case: Case, user: User, *, what: str) -> Disclosure:
    ground = Ground("involvement", case.pk)
    return disclose(scope_of(case), to=user, purpose="listening", ground=ground, what=what, only=["identity", "contact"])
