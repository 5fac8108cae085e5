"""The convenant in force as a table."""

from dataclasses import dataclass
from typing import Any

from luisterloket.people.roles import ROLES

from .models import Authorisation, ConvenantVersion, DataCategory, Purpose


@dataclass(frozen=True)
class MatrixRow:
    category: DataCategory
    cells: list[Authorisation | None]


@dataclass(frozen=True)
class Matrix:
    """What each role may see for one purpose; a cell without authorisation is None."""

    purpose: Purpose
    columns: list[str]
    rows: list[MatrixRow]


@dataclass(frozen=True)
class ConvenantPage:
    version: ConvenantVersion | None
    parties: list[Any]
    matrices: list[Matrix]


def convenant_page() -> ConvenantPage:
    """The version that decides today with its parties and its matrix, per purpose. Four queries."""
    version = ConvenantVersion.in_force()
    if version is None:
        return ConvenantPage(None, [], [])
    categories = list(DataCategory.objects.all())
    cells = Authorisation.objects.filter(version=version).select_related("purpose", "party__organisation", "ground")
    by_purpose: dict[str, list[Authorisation]] = {}
    for cell in cells.order_by("purpose__name", "party__organisation__name", "role"):
        by_purpose.setdefault(cell.purpose_id, []).append(cell)
    return ConvenantPage(
        version=version,
        parties=list(version.parties.select_related("organisation").order_by("organisation__name")),
        matrices=[_matrix(found, categories) for found in by_purpose.values()],
    )


def _matrix(cells: list[Authorisation], categories: list[DataCategory]) -> Matrix:
    columns = list(dict.fromkeys((cell.party_id, cell.role) for cell in cells))
    names = {(cell.party_id, cell.role): f"{ROLES[cell.role].name}, {cell.party.organisation.name}" for cell in cells}
    found = {(cell.party_id, cell.role, cell.category_id): cell for cell in cells}
    used = {cell.category_id for cell in cells}
    rows = [
        MatrixRow(category, [found.get((*column, category.pk)) for column in columns])
        for category in categories
        if category.pk in used
    ]
    return Matrix(cells[0].purpose, [names[column] for column in columns], rows)
