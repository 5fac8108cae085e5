"""What stands still, for who guards it: a lead their own, the wijkwethouder the numbers and the references of the wijk.

No title, no question and no name of a resident is in it, so it is no disclosure.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from casework.models import closed_to
from luisterloket.people.models import Appointment, Unit, User
from luisterloket.people.permissions import may
from luisterloket.people.roles import ROLES, Permission

from .clocks import late
from .forms.stalls import AskForm, SnoozeForm
from .models import Desk, Stall, reference_of
from .stall_kinds import KINDS, Kind, Level, Patience, kind_of
from .stall_permissions import check_may_ask_about, check_may_snooze

SHOWN = 100


@dataclass(frozen=True)
class StallLine:
    """One request that stands still: by its reference, with whose turn it is and for how long already."""

    id: UUID
    reference: str
    desk: str
    wijk: str
    what: Any
    late: str
    turn: Any
    level: Any
    asleep_until: Any
    snooze_reason: Any
    asked: Any
    asked_at: Any
    url: str = ""
    form: Any = None


@dataclass(frozen=True)
class DeskCount:
    """How many stand still at one desk, by how far they went up."""

    desk: str
    numbers: list[tuple[Any, int]]

    @property
    def total(self) -> int:
        return sum(number for _level, number in self.numbers)


@dataclass(frozen=True)
class StallsPage:
    lines: list[StallLine]
    more: bool
    of_the_wijk: list[StallLine]
    counts: list[DeskCount]
    levels: list[Any]
    may_see_rules: bool
    is_wethouder: bool


def guarded_by(user: User) -> Any:
    """The open stalls that came to this person as who leads, without those of cases that are closed to them."""
    teams, desks = {*user.units_with(Permission.DIVIDE_WORK), *_without_a_lead(user)}, user.units_with(Permission.DIVIDE_DESK)
    if not (teams or desks):
        return Stall.objects.none()
    at_team = Q(unit__in=teams, level__in=[Level.COORDINATOR, Level.WETHOUDER]) & ~Q(case_id__in=closed_to(user))
    # The partial indexes have only what was raised.
    return Stall.objects.open().exclude(level=Level.OWNER).filter(at_team | Q(desk_unit__in=desks))


def _without_a_lead(user: User) -> set[UUID]:
    """The teams of this person that nobody leads: there all who listen guard it together."""
    mine = set(user.units_with(Permission.ROUTE)) - set(user.units_with(Permission.DIVIDE_WORK))
    if not mine:
        return set()
    roles = [role.code for role in ROLES.values() if Permission.DIVIDE_WORK in role.permissions]
    led = Appointment.objects.in_force().filter(unit__in=mine, role__in=roles, user__is_active=True)
    return mine - set(led.values_list("unit_id", flat=True))


def stalls_page(user: User) -> StallsPage:
    """What this person guards, what is late longest first. A fixed number of queries."""
    found = list(guarded_by(user).select_related("unit__wijk", "desk_unit__desk", "owner").order_by("due_at", "id")[: SHOWN + 1])
    is_wethouder = may(check_may_ask_about, user)
    levels = list(Level)
    return StallsPage(
        lines=[_guarded(stall, user) for stall in found[:SHOWN]],
        more=len(found) > SHOWN,
        of_the_wijk=of_my_wijk() if is_wethouder else [],
        counts=_counts(levels) if is_wethouder else [],
        levels=[level.label for level in levels],
        may_see_rules=any(user.has(one) for one in (Permission.DIVIDE_WORK, Permission.DIVIDE_DESK)),
        is_wethouder=is_wethouder,
    )


def of_my_wijk() -> list[StallLine]:
    """What the database lets a wijkwethouder see of what reached them: of their own wijk, and no case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM stalls_of_my_wijk()")
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={row["unit_id"] for row in rows}).select_related("wijk")}
    desks = {desk.unit_id: desk for desk in Desk.objects.select_related("unit")} if rows else {}
    return [_of_the_wijk(row, units, desks) for row in rows]


@dataclass(frozen=True)
class RuleLine:
    """One kind of waiting, with the rule that counts for it here."""

    kind: Kind
    patience: Patience
    is_own: bool
    url: str


def _guarded(stall: Stall, user: User) -> StallLine:
    desk = stall.desk_unit.desk
    desk.unit = stall.desk_unit
    line = StallLine(
        id=stall.pk, reference=stall.reference, desk=str(stall.desk_unit), wijk=str(stall.unit.wijk or stall.unit),
        what=stall.kind.late, late=late(stall.due_at, desk.hours, timezone.now()),
        turn=stall.owner or stall.get_owner_kind_display(),
        level=stall.get_level_display(), asleep_until=stall.snoozed_until if stall.is_asleep else None,
        snooze_reason=stall.get_snooze_reason_display(), asked=stall.get_asked_display() if stall.asked else "",
        asked_at=stall.asked_at, url=_address(stall, user),
    )  # fmt: skip
    return replace(line, form=snooze_form(stall, user))


def snooze_form(stall: Stall | None, user: User) -> SnoozeForm | None:
    """With which this person may put it off now; none when that is not for them, or not any more."""
    if stall is None or stall.is_asleep or stall.level in {Level.WETHOUDER, stall.snoozed_level}:
        return None
    return SnoozeForm(auto_id=f"id_{stall.pk}_%s") if may(check_may_snooze, user, stall) else None


def _address(stall: Stall, user: User) -> str:
    if user.has(Permission.ANSWER, unit_id=stall.desk_unit_id):
        return reverse("backoffice:request", args=[stall.request_id])
    # To the case for who may open it; to who may not yet, it offers to join.
    return reverse("casework:case-join", args=[stall.case_id])


def _of_the_wijk(row: dict[str, Any], units: dict[UUID, Unit], desks: dict[UUID, Desk]) -> StallLine:
    desk, unit, now = desks[row["desk_unit_id"]], units[row["unit_id"]], timezone.now()
    asleep = row["snoozed_until"] is not None and row["snoozed_until"] > now
    return StallLine(
        id=row["id"], reference=reference_of(row["request_id"]), desk=str(desk), wijk=str(unit.wijk or unit),
        what=kind_of(row["clock"]).late, late=late(row["due_at"], desk.hours, now), turn=Stall.Owner(row["owner_kind"]).label,
        level=Level(row["level"]).label, asleep_until=row["snoozed_until"] if asleep else None,
        snooze_reason=Stall.Snooze(row["snooze_reason"]).label if row["snooze_reason"] else "",
        asked=Stall.Asked(row["asked"]).label if row["asked"] else "", asked_at=row["asked_at"],
        form=AskForm(auto_id=f"id_{row['id']}_%s"),
    )  # fmt: skip


def _counts(levels: list[Level]) -> list[DeskCount]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM stalls_counted_of_my_wijk()")
        rows = cursor.fetchall()
    names = dict(Unit.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "name"))
    by_desk: dict[UUID, dict[str, int]] = defaultdict(dict)
    for desk_id, level, many in rows:
        by_desk[desk_id][level] = many
    found = [DeskCount(names[pk], [(level.label, numbers.get(level, 0)) for level in levels]) for pk, numbers in by_desk.items()]
    return sorted(found, key=lambda one: (-one.total, one.desk))


def kinds_of(unit: Unit | None) -> list[Kind]:
    """The kinds of turn that a desk or a team has; without a unit all of them."""
    return [kind for kind in KINDS.values() if unit is None or kind.at_desk == (unit.kind == Unit.Kind.DESK)]
