"""What the pages of a handover show: what is still open, what somebody has to give or to receive, and cases without an owner."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import Appointment, Unit, User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import handover_facts

from . import handover_permissions as permissions
from .disclosures import scope_of
from .finding import names_of
from .models import Case, EndingUnit, Handover, HandoverCheck
from .permissions import check_may_see

AT_MOST = 50


@dataclass(frozen=True)
class Point:
    """One point of the checklist: who saw to it, or what is there. `nothing`: the system sees that there is nothing of it."""

    code: str
    label: Any
    check: HandoverCheck | None
    facts: list[Any]
    nothing: bool

    @property
    def is_open(self) -> bool:
        return self.check is None and not self.nothing


@dataclass(frozen=True)
class HandoverPage:
    """The handover of a case for who looks; what they may not read is not in it."""

    case: Case | None
    name: str
    handover: Handover | None
    # Those that were done, each with its personal note, when there is one that may be read.
    before: list[tuple[Handover, Item | None]]
    points: list[Point] = field(default_factory=list)
    note: str = ""
    note_anchor: str = "note"
    revision: int = 0
    noted_by: str = ""
    why_none: str = ""
    given_back: str = ""
    reads: bool = False
    may_plan: bool = False
    may_give: bool = False
    may_receive: bool = False

    @property
    def left(self) -> list[Point]:
        return [one for one in self.points if one.is_open]


def checklist(handover: Handover, user: User) -> list[Point]:
    """Every point, with what each floor sees of it."""
    seen: dict[str, list[Any]] = defaultdict(list)
    known: set[str] = set()
    for tell in handover_facts:
        for code, facts in tell(user, handover.case).items():
            known.add(code)
            seen[code] += facts
    checks = {one.code: one for one in HandoverCheck.objects.filter(handover=handover).select_related("done_by")}
    return [
        Point(code.value, code.label, checks.get(code), seen[code], code in known and not seen[code]) for code in HandoverCheck.Code
    ]


def still_open(handover: Handover, user: User) -> list[Point]:
    return [one for one in checklist(handover, user) if one.is_open]


def handover_page(case: Case, user: User) -> HandoverPage:
    """One disclosure for who works on the case. Who only divides the work sees that there is a handover, and no name."""
    found = list(Handover.objects.filter(case=case).select_related("to_user", "from_user", "to_unit", "part_of", "meeting"))
    now = next((one for one in found if one.is_open), None)
    if now is not None:
        now.case = case
    reads = may(check_may_see, user, case, Handover.CATEGORY)
    before = sorted(
        (one for one in found if one.status == Handover.Status.DONE), key=lambda one: one.ended_at or one.asked_at, reverse=True
    )
    rights: dict[str, Any] = {
        "may_plan": may(permissions.check_may_plan, user, case.pk),
        "may_give": now is not None and may(permissions.check_may_give, user, now),
        "may_receive": now is not None and may(permissions.check_may_receive, user, now),
    }
    if not reads:
        return HandoverPage(case, "", now, [(one, None) for one in before], **rights)
    ground, what = Ground("involvement", case.pk), "handover"
    disclosed = disclose(scope_of(case), to=user, purpose="listening", ground=ground, what=what, only=["identity", "story"])
    notes = {item.details["handover"]: item for item in disclosed.of("handover_note")}
    of_now = notes.get(now.pk) if now else None
    told = of_now.details if of_now else {}
    return HandoverPage(
        case, disclosed.text("name"), now, [(one, notes.get(one.pk)) for one in before],
        note_anchor=f"note-{of_now.ref}" if of_now else "note",
        points=checklist(now, user) if now else [],
        note=told.get("text", ""), revision=told.get("revision", 0), noted_by=told.get("by", ""),
        why_none=now.no_meeting_because if now else "", given_back=now.given_back_because if now else "",
        reads=True, **rights,
    )  # fmt: skip


def handover_to_come(handover: Handover, user: User) -> HandoverPage:
    """For who is chosen and has no part yet: that it comes, from whom and by when."""
    may_receive = may(permissions.check_may_receive, user, handover)
    return HandoverPage(None, "", handover, [], may_receive=may_receive, may_give=may(permissions.check_may_give, user, handover))


def teams_for(case: Case) -> list[Unit]:
    """Where the case can go: its own team, and the one that comes after it when the contract of this one ends."""
    after = EndingUnit.objects.filter(unit=case.unit_id, is_over=False).values("successor")
    own = Unit.objects.filter(pk=case.unit_id)
    same_wijk = Unit.objects.filter(kind=Unit.Kind.WIJKTEAM, wijk__units=case.unit_id)
    return sorted(
        (own | same_wijk | Unit.objects.filter(pk__in=after)).distinct(), key=lambda unit: (unit.pk != case.unit_id, unit.name)
    )


def receivers(units: list[UUID]) -> list[tuple[Unit, User]]:
    """Who works there now, per team."""
    found = []
    for unit in Unit.objects.filter(pk__in=units):
        found += [(unit, user) for user in User.objects.holding(Permission.LISTEN, unit_id=unit.pk).order_by("name")]
    return sorted(found, key=lambda pair: (units.index(pair[0].pk), pair[1].name))


def cases_without_owner(unit_id: UUID) -> Any:
    """The cases of a unit that were not ended, as far as who asks may know of them, whose owner cannot act any more."""
    works = Appointment.objects.in_force().filter(
        user=OuterRef("owner"), role__in=["wijkwerker", "coordinator"], user__is_active=True
    )
    return Case.objects.under_way().filter(~Exists(works), unit=unit_id)


@dataclass(frozen=True)
class Line:
    """A handover in a list. The name only for who may open the case."""

    handover: Handover
    name: str


@dataclass(frozen=True)
class MyHandovers:
    give: list[Line]
    receive: list[Line]
    team: list[Line]
    # Cases of one's wijken without an owner who can act, with the name where one may open it.
    without_owner: list[tuple[Case, str]]
    sees_contracts: bool


def my_handovers(user: User) -> MyHandovers:
    """Only what is one's own, and for who divides the work what is of the team. Names in one disclosure."""
    found = list(
        Handover.objects.visible_to(user)
        .open()
        .select_related("from_user", "to_user", "to_unit", "part_of")
        .order_by("due_on", "pk")
    )
    opens = {case.pk: case for case in Case.objects.visible_to(user).filter(pk__in=[one.case_id for one in found])}
    units = user.units_with(Permission.DIVIDE_WORK)
    alone = [case for unit in units for case in cases_without_owner(unit).open_to(user).select_related("owner")[:AT_MOST]]
    names = names_of(user, [*opens, *(case.pk for case in alone)]) if found or alone else {}
    lines = [Line(one, names.get(one.case_id, "")) for one in found]
    give = [line for line in lines if line.handover.case_id in opens and opens[line.handover.case_id].owner_id == user.pk]
    receive = [line for line in lines if line.handover.to_user_id == user.pk]
    team = [
        line for line in lines
        if line not in give and line not in receive and {line.handover.unit_id, line.handover.to_unit_id}.intersection(units)
    ]  # fmt: skip
    return MyHandovers(give, receive, team, [(case, names.get(case.pk, "")) for case in alone], bool(units))
