"""The matrix of one purpose as one screen: kinds of data down, roles of the parties across, and the ground of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from luisterloket.people.roles import ROLES

from .grounds import Place, Said
from .known import NEED_EXCEPTION
from .models import Authorisation, ConvenantParty, DataCategory, LegalGround, Phase, PurposeOfVersion

# More columns than this are no screen any more: then the page begins with one party.
MOST_COLUMNS = 12
# Stands for the categories of a party that have no ground of their own yet.
REST = "_rest"
# What a cell says that has no row.
NOTHING = "none"


@dataclass(frozen=True)
class Column:
    party: ConvenantParty
    role: str

    @property
    def key(self) -> str:
        return f"{self.party.pk.hex}:{self.role}"

    @property
    def label(self) -> str:
        return str(ROLES[self.role].name)

    def cell(self, category: str) -> str:
        """The name of a cell in the form."""
        return f"cell:{self.key}:{category}"


@dataclass
class Typed:
    """What stands on the screen: as it is kept, or as it was sent."""

    parties: set[UUID] = field(default_factory=set)
    columns: list[str] = field(default_factory=list)
    cells: dict[tuple[UUID, str, str], str] = field(default_factory=dict)
    grounds: dict[Place, Said] = field(default_factory=dict)

    def filled(self) -> dict[Place, Said]:
        """The grounds, with that for the rest in each place that has none of its own; the exception only where it belongs."""
        special = set(DataCategory.objects.filter(sensitivity__in=NEED_EXCEPTION).values_list("pk", flat=True))
        found = {place: said for place, said in self.grounds.items() if place[1] != REST}
        for party, _role, category in self.cells:
            own, rest = found.get((party, category)), self.grounds.get((party, REST))
            if (own is None or own.is_empty) and rest is not None and not rest.is_empty:
                exception = rest.exception if category in special else ""
                found[party, category] = Said(rest.law, rest.article, rest.avg_basis, exception)
        return found


@dataclass(frozen=True)
class CellView:
    name: str
    label: str
    column: str
    level: str


@dataclass(frozen=True)
class RowView:
    category: DataCategory
    cells: list[CellView]


@dataclass(frozen=True)
class GroundView:
    """The fields of one ground; `category` None is that for the rest."""

    name: str
    category: DataCategory | None
    said: Said
    needs_exception: bool
    wrong: bool


@dataclass(frozen=True)
class PartyGrounds:
    party: ConvenantParty
    grounds: list[GroundView]


@dataclass(frozen=True)
class MatrixPage:
    of_version: PurposeOfVersion
    phase: Phase
    columns: list[Column]
    # Each party over its columns.
    heads: list[tuple[ConvenantParty, int]]
    rows: list[RowView]
    grounds: list[PartyGrounds]
    others: list[tuple[ConvenantParty, list[tuple[str, str]]]]
    with_cells: list[ConvenantParty]
    only: UUID | None


def kept(of_version: PurposeOfVersion, phase: str, only: UUID | None = None) -> Typed:
    """What the draft holds now, of all parties that have a part in this purpose, or of one."""
    cells = Authorisation.objects.filter(version=of_version.version_id, purpose=of_version.purpose_id)
    columns = list(dict.fromkeys(cells.order_by("party__organisation__name").values_list("party_id", "role")))
    columns = [(party, role) for role in ROLES for party, of in columns if of == role]
    if only is None and len(columns) > MOST_COLUMNS:
        only = columns[0][0]
    columns = [(party, role) for party, role in columns if only in (None, party)]
    shown = {party for party, _role in columns} | ({only} if only else set())
    of_phase = cells.filter(phase=phase, party__in=shown).values_list("party_id", "role", "category_id", "level")
    grounds = LegalGround.objects.filter(party__in=shown, purpose=of_version.purpose_id)
    return Typed(
        parties=shown,
        columns=[f"{party.hex}:{role}" for party, role in columns],
        cells={(party, role, category): level for party, role, category, level in of_phase},
        grounds={
            (one.party_id, one.category_id): Said(str(one.law_id), one.article, one.avg_basis, one.exception) for one in grounds
        },
    )


def sent(data: Any) -> Typed:
    """What was sent by the form, with the column that was asked for."""
    typed = Typed(columns=list(dict.fromkeys(filter(_is_column, [*data.getlist("column"), *_asked_for(data)]))))
    typed.parties = {_uuid(column) for column in typed.columns} | {pk for one in data.getlist("party") if (pk := _as_uuid(one))}
    parts: dict[Place, dict[str, str]] = {}
    for name, value in data.items():
        kind, *rest = name.split(":")
        if kind == "cell" and len(rest) == 3 and value != NOTHING and (party := _as_uuid(rest[0])):
            typed.cells[party, rest[1], rest[2]] = value
        elif kind == "ground" and len(rest) == 3 and (party := _as_uuid(rest[0])):
            parts.setdefault((party, rest[1]), {})[rest[2]] = value.strip()
    names = ("law", "article", "avg_basis", "exception")
    typed.grounds = {place: Said(**{name: found.get(name, "") for name in names}) for place, found in parts.items()}
    return typed


def matrix_page(
    of_version: PurposeOfVersion, phase: str, typed: Typed, *, only: UUID | None = None, wrong: Iterable[Place] = ()
) -> MatrixPage:
    """The screen for what was typed. Three queries."""
    parties = {one.pk: one for one in of_version.version.parties.select_related("organisation").order_by("organisation__name")}
    columns = [Column(party, role) for party in parties.values() for role in ROLES if f"{party.pk.hex}:{role}" in typed.columns]
    shown = {column.party.pk: column.party for column in columns}
    categories = list(DataCategory.objects.all())
    of = Authorisation.objects.filter(version=of_version.version_id, purpose=of_version.purpose_id)
    with_cells = set(of.values_list("party_id", flat=True))
    return MatrixPage(
        of_version=of_version,
        phase=Phase(phase),
        columns=columns,
        heads=[(party, sum(column.party == party for column in columns)) for party in shown.values()],
        rows=[RowView(category, [_cell(column, category, typed) for column in columns]) for category in categories],
        grounds=[PartyGrounds(party, _grounds(party, categories, typed, set(wrong))) for party in shown.values()],
        others=[
            (party, left)
            for party in parties.values()
            if only in (None, party.pk)
            and (
                left := [
                    (f"{party.pk.hex}:{role}", str(ROLES[role].name))
                    for role in ROLES
                    if f"{party.pk.hex}:{role}" not in typed.columns
                ]
            )
        ],
        with_cells=[party for party in parties.values() if party.pk in with_cells],
        only=only,
    )


def _cell(column: Column, category: DataCategory, typed: Typed) -> CellView:
    where = f"{column.label}, {column.party.organisation.name}"
    level = typed.cells.get((column.party.pk, column.role, category.pk), NOTHING)
    return CellView(column.cell(category.pk), f"{category.name}: {where}", where, level)


def _grounds(party: ConvenantParty, categories: list[DataCategory], typed: Typed, wrong: set[Place]) -> list[GroundView]:
    """Of the categories in which someone of this party sees something, and one for what gets its first cell."""
    in_play = {category for of, _role, category in typed.cells if of == party.pk}
    in_play |= {category for of, category in typed.grounds if of == party.pk}
    found = [
        _ground(
            party, category, typed.grounds, needs=category.sensitivity in NEED_EXCEPTION, wrong=(party.pk, category.pk) in wrong
        )
        for category in categories
        if category.pk in in_play
    ]
    return [*found, _ground(party, None, typed.grounds, needs=True, wrong=False)]


def _ground(
    party: ConvenantParty, category: DataCategory | None, said: Mapping[Place, Said], *, needs: bool, wrong: bool
) -> GroundView:
    code = category.pk if category else REST
    return GroundView(f"ground:{party.pk.hex}:{code}", category, said.get((party.pk, code), Said()), needs, wrong)


def _asked_for(data: Any) -> list[str]:
    return [data["add"]] if data.get("do") == "add" and data.get("add") else []


def _is_column(text: str) -> bool:
    party, _colon, role = text.partition(":")
    return _as_uuid(party) is not None and role in ROLES


def _uuid(column: str) -> UUID:
    return UUID(column.partition(":")[0])


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
