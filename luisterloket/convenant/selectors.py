"""The convenant as everyone may read it: a version with its parties, its matrix, its terms and its text."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from luisterloket.people.roles import ROLES, Permission

from .models import Authorisation, Clause, ConvenantParty, ConvenantVersion, DataCategory, LegalGround, RetentionTerm


@dataclass(frozen=True)
class Row:
    """One category of one party: per role what it may do (nothing, or a level per phase), and on what ground."""

    category: DataCategory
    cells: list[list[Authorisation]]
    ground: LegalGround
    holds: bool


@dataclass(frozen=True)
class PartyTable:
    party: ConvenantParty
    roles: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class PurposeView:
    """What is shared for one purpose, per party a table: nobody reads a table wider than their screen."""

    pk: UUID
    name: str
    why: str
    tables: list[PartyTable]


@dataclass(frozen=True)
class VersionPage:
    version: ConvenantVersion
    parties: list[ConvenantParty]
    purposes: list[PurposeView]
    retention: list[RetentionTerm]
    clauses: list[Clause]
    off: list[str]


def versions_for(user: Any) -> QuerySet[ConvenantVersion]:
    """The versions that someone may read. A draft is for who keeps it, and for the privacy officer who advises on it."""
    if not user.is_active or not user.has(Permission.SEE_CONVENANT):
        return ConvenantVersion.objects.none()
    if user.has(Permission.CONFIGURE_CONVENANT) or user.has(Permission.READ_LOG):
        return ConvenantVersion.objects.all()
    return ConvenantVersion.objects.exclude(status=ConvenantVersion.Status.DRAFT)


def version_page(version: ConvenantVersion) -> VersionPage:
    """A version whole. Eight queries."""
    day = max(timezone.localdate(), version.starts_on)
    cells = Authorisation.objects.filter(version=version).select_related("category", "ground__law")
    by_purpose: dict[str, list[Authorisation]] = {}
    for cell in cells.order_by("category__order", "role", "phase"):
        by_purpose.setdefault(cell.purpose_id, []).append(cell)
    parties = list(version.parties.select_related("organisation", "signature_recorded_by").order_by("organisation__name"))
    named = {one.purpose_id: one for one in version.purposes.select_related("purpose").order_by("purpose__name")}
    return VersionPage(
        version=version,
        parties=parties,
        purposes=[
            PurposeView(one.pk, one.purpose.name, one.why, _tables(by_purpose.get(code, []), parties, day))
            for code, one in named.items()
        ],
        retention=list(version.retention_terms.select_related("category").order_by("category__order")),
        clauses=list(version.clauses.all()),
        off=sorted(
            {cell.ground.law.name for found in by_purpose.values() for cell in found if not cell.ground.law.is_in_force(day)}
        ),
    )


def _tables(cells: list[Authorisation], parties: list[ConvenantParty], day: date) -> list[PartyTable]:
    found = [(party, [cell for cell in cells if cell.party_id == party.pk]) for party in parties]
    return [_table(party, of, day) for party, of in found if of]


def _table(party: ConvenantParty, cells: list[Authorisation], day: date) -> PartyTable:
    roles = [role for role in ROLES if any(cell.role == role for cell in cells)]
    rows = []
    for category in dict.fromkeys(cell.category for cell in cells):
        here = [cell for cell in cells if cell.category_id == category.pk]
        per_role = [[cell for cell in here if cell.role == role] for role in roles]
        rows.append(Row(category, per_role, here[0].ground, here[0].ground.law.is_in_force(day)))
    return PartyTable(party, [str(ROLES[role].name) for role in roles], rows)
