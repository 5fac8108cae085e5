"""The matrix of one purpose, saved as one: cells with the grounds they rest on, or nothing."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luisterloket.convenant.grounds import Place, ProblemsRefused, Said, problem_of, wrong_at
from luisterloket.convenant.models import Authorisation, ConvenantParty, DataCategory, Law, LegalGround, PurposeOfVersion
from luisterloket.people.roles import ROLES
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .drafts import draft_of

# Party, role and category of a cell.
CellKey = tuple[UUID, str, str]


@command
def save_matrix(
    *,
    actor: Any,
    of_version: PurposeOfVersion,
    revision: int,
    phase: str,
    parties: Collection[UUID],
    cells: Mapping[CellKey, str],
    grounds: Mapping[Place, Said],
) -> PurposeOfVersion:
    """Of these parties, for this purpose and phase, exactly these cells hold; what is not named is nothing.

    `grounds` say for party and category on what each rests. Raises `ProblemsRefused` with every cell that has no ground, or an
    incomplete one; then nothing is saved. A ground on which no cell rests any more, in any phase, goes.
    """
    version = draft_of(actor, of_version.version, revision)
    shown = {one.pk: one for one in ConvenantParty.objects.filter(version=version, pk__in=list(parties))}
    categories = {one.pk: one for one in DataCategory.objects.all()}
    levels, roles = Authorisation.Level.values, set(ROLES)
    for (party, role, category), level in cells.items():
        if party not in shown or role not in roles or category not in categories or level not in levels:
            raise Refused(_("Something in the matrix is not of this version. Load the page again."), code="unknown")
    purpose = of_version.purpose_id
    standing = {(one.party_id, one.category_id): one for one in LegalGround.objects.filter(party__in=list(shown), purpose=purpose)}
    wanted = {(party, category) for party, _role, category in cells}
    laws = {str(one.pk): one for one in Law.objects.all()}
    said = {place: grounds.get(place) or _as_said(standing.get(place)) for place in wanted}
    problems = {place: wrong for place in wanted if (wrong := problem_of(said[place], categories[place[1]], laws))}
    if problems:
        raise ProblemsRefused(
            [wrong_at(shown[place[0]], categories[place[1]], problems[place]) for place in problems], list(problems)
        )
    Authorisation.objects.filter(version=version, party__in=list(shown), purpose=purpose, phase=phase).delete()
    for place, one in said.items():
        assert one is not None
        values = {"law": laws[one.law], "article": one.article, "avg_basis": one.avg_basis, "exception": one.exception}
        found = standing.get(place)
        if found is None:
            standing[place] = LegalGround.objects.create(party_id=place[0], purpose_id=purpose, category_id=place[1], **values)
        elif one != _as_said(found):
            LegalGround.objects.filter(pk=found.pk).update(**values)
    Authorisation.objects.bulk_create(
        Authorisation(
            version=version, party_id=party, role=role, purpose_id=purpose, category_id=category, phase=phase, level=level,
            ground=standing[party, category],
        )
        for (party, role, category), level in cells.items()
    )  # fmt: skip
    LegalGround.objects.filter(party__in=list(shown), purpose=purpose, authorisations=None).delete()
    record(actor, "convenant.matrix_saved", of_version, version=str(version.pk), purpose=purpose, cells=len(cells), phase=phase)
    return of_version


def _as_said(ground: LegalGround | None) -> Said | None:
    return Said(str(ground.law_id), ground.article, ground.avg_basis, ground.exception) if ground else None
