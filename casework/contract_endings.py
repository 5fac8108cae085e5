"""How far a contract that ends is: numbers for everyone who may see it, and of each case only for who has it or divides it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import handover_permissions as permissions
from .finding import names_of
from .models import Case, ContractEnding, EndingUnit, Handover, closed_to

# In the order in which a case goes: nobody chosen, chosen, introduced, done.
STATES = {
    "nobody": _("Nobody chosen yet"),
    "planned": _("Planned"),
    "introduced": _("Introduction arranged"),
    "done": _("Handed over"),
}


@dataclass(frozen=True)
class Left:
    """What keeps it from being settled, of one team, and what goes along then."""

    unit: Unit
    still_there: int
    without_owner: int
    # Conversations that are not a case yet: a colleague takes them up, or they are finished.
    unfinished: int
    # What goes to the successor by itself when it is settled: ended cases, and early signs that are open.
    ended: int
    signs: int

    @property
    def count(self) -> int:
        return self.still_there + self.without_owner


@dataclass(frozen=True)
class TeamProgress:
    pair: EndingUnit
    counts: list[tuple[Any, int]]
    late: int
    left: Left
    total: int
    done: int


@dataclass(frozen=True)
class Row:
    """A case in the list. The name only for who may open it."""

    handover: Handover
    name: str


@dataclass(frozen=True)
class EndingPage:
    ending: ContractEnding
    teams: list[TeamProgress]
    # Only what one may divide; nobody else sees who has how much.
    rows: list[Row]
    may_end: bool
    divides: bool
    days_left: int

    @property
    def left(self) -> int:
        return sum(team.left.count for team in self.teams)

    @property
    def unfinished(self) -> int:
        return sum(team.left.unfinished for team in self.teams)

    @property
    def to_choose(self) -> list[Row]:
        return [row for row in self.rows if row.handover.is_open]


def endings_for(user: Any) -> list[ContractEnding]:
    """Those that someone may see, what ends first on top."""
    return list(ContractEnding.objects.visible_to(user).select_related("organisation").prefetch_related("units"))


def left_of(ending: ContractEnding) -> list[Left]:
    """Counted by the database, since who asks may open none of these cases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, still_there, without_owner, unfinished, ended, signs FROM ending_left(%s)", [ending.pk])
        rows = cursor.fetchall()
    units = Unit.objects.in_bulk([unit for unit, *_counts in rows])
    return sorted((Left(units[unit], *counts) for unit, *counts in rows), key=lambda one: one.unit.name)


def ending_page(ending: ContractEnding, user: Any) -> EndingPage:
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    late: dict[UUID, int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, status, cases, late FROM ending_progress(%s)", [ending.pk])
        for unit, status, cases, behind in cursor.fetchall():
            counts[unit][status] = cases
            late[unit] += behind
    left = {one.unit.pk: one for one in left_of(ending)}
    pairs = ending.units.select_related("unit", "successor__organisation", "unit__wijk").order_by("unit__name")
    teams = [
        TeamProgress(
            pair, [(label, counts[pair.unit_id].get(state, 0)) for state, label in STATES.items()], late[pair.unit_id],
            left[pair.unit_id], sum(counts[pair.unit_id].values()), counts[pair.unit_id].get("done", 0),
        )
        for pair in pairs
    ]  # fmt: skip
    divides = permissions.divides(user, ending)
    return EndingPage(
        ending, teams, rows_of(ending, user) if divides else [], may(permissions.check_may_end_contracts, user), divides,
        (ending.ends_on - timezone.localdate()).days,
    )  # fmt: skip


def rows_of(ending: ContractEnding, user: Any) -> list[Row]:
    """The open handovers that someone divides, what is due first on top."""
    units = user.units_with(Permission.DIVIDE_WORK)
    found = list(
        Handover.objects.open().filter(Q(unit__in=units) | Q(to_unit__in=units), part_of=ending).exclude(case__in=closed_to(user))
        .select_related("from_user", "to_user", "to_unit", "part_of").order_by("due_on", "from_user__name", "pk")
    )  # fmt: skip
    opens = Case.objects.visible_to(user).filter(pk__in=[one.case_id for one in found]).values_list("pk", flat=True)
    names = names_of(user, list(opens)) if found else {}
    return [Row(one, names.get(one.case_id, "")) for one in found]
