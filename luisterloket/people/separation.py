"""Separation of duties (functiescheiding, BIO2 5.03): which roles one person never has at a time, and which one never gives alone.

Declared here and nowhere else; the table `people_rolesapart` and a trigger hold the same in the database, and a test that both
say the same (decision 0033).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from .roles import ROLES, Permission

# Who reads of residents: through the unit, in the cases, at the tables and for the requests that they are given, or what their
# organisation hands in.
READS_OF_RESIDENTS = frozenset(code for code, role in ROLES.items() if role.opens_files) | {
    "buddy",
    "participant",
    "reporter",
    "rights_handler",
}
ASKS_FOR_MONEY = frozenset(code for code, role in ROLES.items() if Permission.ASK_MAATWERK in role.permissions)
# Who gives rights, or says what a role may see.
ADMINISTERS = frozenset({"account_admin", "convenant_admin"})
# What the system of a partner may be: it answers at its desk, and decides on nothing of the house itself.
OF_MACHINES = frozenset({"specialist", "reporter"})
# Who reads logs, rights or the books, or gives rights: proposed by one, agreed to by another.
NEEDS_TWO = ADMINISTERS | {"privacy_officer", "rights_handler", "auditor"}


@dataclass(frozen=True)
class Apart:
    """Roles of which nobody has one of each at a time: nowhere, or not at the same unit."""

    roles: frozenset[str]
    others: frozenset[str]
    why: Any
    same_unit: bool = False

    def pairs(self) -> Iterator[tuple[str, str]]:
        for one in self.roles:
            for other in self.others - {one}:
                yield one, other
                yield other, one


RULES = (
    Apart(ADMINISTERS, READS_OF_RESIDENTS, _("Who gives rights or keeps the convenant does not read about residents.")),
    Apart(
        frozenset({"privacy_officer"}),
        READS_OF_RESIDENTS | ADMINISTERS | {"wijkwethouder", "treasurer", "auditor"},
        _("Who supervises does nothing that they supervise."),
    ),
    Apart(frozenset({"wijkwethouder"}), READS_OF_RESIDENTS, _("Who decides about money does not read about residents.")),
    Apart(
        frozenset({"treasurer"}),
        ASKS_FOR_MONEY | {"wijkwethouder"},
        _("Who pays out does not ask or approve in the same unit."),
        same_unit=True,
    ),
    Apart(
        frozenset({"auditor"}),
        ASKS_FOR_MONEY | {"wijkwethouder", "treasurer"},
        _("Who audits does not ask, approve or pay out in the same unit."),
        same_unit=True,
    ),
)


def clash(role: str, unit_id: UUID, held: Iterable[tuple[str, UUID]]) -> tuple[str, Apart] | None:
    """The role among those held (role, unit) that does not go with this one at this unit, and the rule that says so."""
    for other, at in held:
        for rule in RULES:
            if (role, other) in set(rule.pairs()) and (not rule.same_unit or at == unit_id):
                return other, rule
    return None


def pairs() -> set[tuple[str, str, bool]]:
    """All pairs as the database keeps them: role, other role, only at the same unit. What holds everywhere goes first."""
    found: dict[tuple[str, str], bool] = {}
    for rule in RULES:
        for pair in rule.pairs():
            found[pair] = found.get(pair, True) and rule.same_unit
    return {(one, other, same_unit) for (one, other), same_unit in found.items()}
