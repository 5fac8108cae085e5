"""What the pages show of what is kept from someone at home: what is kept, what could be, and whether a copy may go on paper.

The rules are in `withholding`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, disclose
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.platform.models import HistoryEntry

from . import permissions
from .disclosures import scope_of
from .models import Case, CaseMember, CaseSummary, CopyCheck, Withheld
from .selectors import what_waits
from .withholding import authors_of, betrayed_by, is_checked, kept_in, key_of_part, may_go_on_paper, same_key
from .wording import own_wording

# Who someone is cannot be kept from who lives with them, and what follows from something else is kept there.
NOT_OFFERED = {"name", "known_as", "born", "initials"}
SHOWN = 160


@dataclass(frozen=True)
class Thing:
    """Something of the case that can be kept back: how it is named in the form, and what it says."""

    key: str
    label: Any
    text: str
    category: str


@dataclass(frozen=True)
class KeptThing:
    """Something that is kept back now: from whom, and why."""

    withheld: Withheld
    # Empty when this person may not see it themselves.
    thing: Thing | None
    who: str
    # Who kept it back, and who may see what it is, may lift it.
    may_lift: bool

    @property
    def reason(self) -> str:
        """Why, for who may see what it is: the reason tells as much as the thing."""
        return self.withheld.reason if self.thing else ""


@dataclass(frozen=True)
class WithholdingPage:
    """What is kept back in a case, what else there is to keep back, and from whom it can be."""

    case: Case
    name: str
    kept: list[KeptThing]
    things: list[Thing]
    household: list[tuple[UUID, str]]

    @property
    def groups(self) -> list[tuple[Any, list[Thing]]]:
        """What can be kept back, by what it is."""
        return [(label, list(things)) for label, things in groupby(self.things, key=lambda thing: thing.label)]


def withholding_page(case: Case, user: User) -> WithholdingPage:
    """What is kept from someone at home. One disclosure, and the sentences of the higher floors."""
    scope = scope_of(case)
    disclosed = disclose(
        scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what="kept from someone at home"
    )
    things = [*_things(disclosed), *_of_higher_floors(case, user)]
    by_key = {same_key(thing.key): thing for thing in things}
    names = dict(members_of(case, disclosed))
    rows = Withheld.objects.in_force().filter(case=case).select_related("set_by").order_by("since", "pk")
    return WithholdingPage(
        case=case,
        name=names.get(scope.subjects[0], ""),
        kept=[
            KeptThing(row, thing, names.get(row.resident_id, ""), may_lift=thing is not None or row.set_by_id == user.pk)
            for row, thing in ((row, by_key.get(same_key(row.key))) for row in rows)
        ],
        things=things,
        household=list(names.items()),
    )


def things_kept(case_id: UUID) -> int:
    """How many things of a case are kept from someone at home."""
    return Withheld.objects.in_force().filter(case=case_id).values("kind", "thing").distinct().count()


def household_to_choose(case: Case, user: User) -> list[tuple[UUID, str]]:
    """For whom a copy can be made, by name; nobody to choose where nothing is kept from anyone at home."""
    if not kept_in(case.pk):
        return []
    disclosed = disclose(
        scope_of(case),
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what="kept from someone at home",
        only=["identity"],
    )
    return members_of(case, disclosed)


def members_of(case: Case, disclosed: Disclosure) -> list[tuple[UUID, str]]:
    """Everyone of the household with what they are called, who it is about first."""
    members = {one.resident_id: one for one in CaseMember.objects.filter(case=case)}
    return [
        (subject, disclosed.text("name", subject) or str(members[subject].get_part_display()))
        for subject in scope_of(case).subjects
        if subject in members
    ]


def _things(disclosed: Disclosure) -> list[Thing]:
    offered = [item for item in disclosed if item.kind not in NOT_OFFERED]
    # By what they are, in the order in which those come up.
    order = {label: place for place, label in enumerate(dict.fromkeys(str(item.label) for item in offered))}
    return [_thing(item) for item in sorted(offered, key=lambda item: order[str(item.label)])]


def _thing(item: Item) -> Thing:
    return Thing(item.key, item.label, _short(item.text), item.category)


def _of_higher_floors(case: Case, user: User) -> list[Thing]:
    wording = own_wording()
    return [
        Thing(key_of_part(wait.about), _("What was asked and what waits"), _short(wording.tell(wait)), "")
        for wait in what_waits(case, user)
        if wait.about
    ]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class CopyPage:
    """Whether a version may go on paper, and what still has to be done for that."""

    # How many things of the case are kept from someone.
    count: int
    reader: str
    betrays: bool
    on_paper: bool
    checked: CopyCheck | None
    waiting: CopyCheck | None
    sent_back: CopyCheck | None
    may_check: bool


def copy_page(version: CaseSummary, user: User, household: Iterable[tuple[UUID, str]]) -> CopyPage:
    """How it is with one version for `user`. `household` are the members by name of whom a copy can be for one."""
    kept = kept_in(version.case_id)
    of_this_text = CopyCheck.objects.filter(version=version, revision=version.revision)
    checks = list(of_this_text.select_related("asked_by", "done_by").order_by("-asked_at"))
    waiting = next((check for check in checks if check.done_at is None), None)
    last = checks[0] if checks else None
    own = authors_of(version) | ({waiting.asked_by_id} if waiting else set())
    return CopyPage(
        count=things_kept(version.case_id) if kept else 0,
        reader=next((name for one, name in household if one == version.reader_id), ""),
        betrays=bool(kept) and betrayed_by(version, kept),
        on_paper=may_go_on_paper(version, kept),
        checked=last if last and last.found == CopyCheck.Found.RIGHT and is_checked(version) else None,
        waiting=waiting,
        sent_back=last if last and last.found == CopyCheck.Found.WRONG else None,
        may_check=waiting is not None and user.pk not in own and may(permissions.check_may_work_on, user, version.case),
    )


def checks_for(user: User, *, at_most: int) -> list[CopyCheck]:
    """The copies that wait for this person to read them, the oldest first; never one with words of their own in it."""
    found = CopyCheck.objects.filter(done_at=None, case__in=Case.objects.visible_to(user)).exclude(asked_by=user)
    found = found.exclude(version__made_by=user).exclude(version__worded_by=user)
    waiting = list(found.select_related("version", "asked_by", "case").order_by("due_at")[: 4 * at_most])
    cases = {check.case_id for check in waiting}
    worded = HistoryEntry.objects.filter(case_id__in=cases, verb="summary.reworded", actor_id=user.pk) if cases else []
    perhaps_own = {entry.case_id for entry in worded}
    return [check for check in waiting if check.case_id not in perhaps_own or user.pk not in authors_of(check.version)][:at_most]


def sent_back_to(user: User, *, at_most: int) -> list[CopyCheck]:
    """The copies that this person asked to be read and that were not right, as long as nobody made another version or wording."""
    found = CopyCheck.objects.filter(asked_by=user, found=CopyCheck.Found.WRONG, case__in=Case.objects.visible_to(user))
    found = found.select_related("version", "done_by", "case").order_by("-done_at")
    newest: dict[UUID, CopyCheck] = {}
    for check in found[: 4 * at_most]:
        newest.setdefault(check.case_id, check)
    return [check for check in newest.values() if _still_so(check)][:at_most]


def _still_so(check: CopyCheck) -> bool:
    """Nothing was done with it: no later version, no other words, and no check after it."""
    if check.revision != check.version.revision:
        return False
    later = CaseSummary.objects.filter(case=check.case_id, number__gt=check.version.number)
    again = CopyCheck.objects.filter(version=check.version_id, asked_at__gt=check.asked_at)
    return not later.exists() and not again.exists()
