"""Rows of one person: those that were merged, through as many links as there are."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from luisterloket.people.models import User

from .models import Case, CaseGuard, CaseMember, Resident

# Up to the row that is kept, and down again to all that lead to it. The database's wall holds at every step: who may not see a
# row of the chain does not get what lies behind it; rows that lead to the same row out of sight are one person to them too.
GROUPS = """
WITH RECURSIVE up AS (
  SELECT id, merged_into_id FROM casework_resident WHERE id = ANY (%s)
  UNION SELECT r.id, r.merged_into_id FROM casework_resident r JOIN up ON r.id = up.merged_into_id
), tops AS (
  SELECT id, merged_into_id FROM up
  WHERE merged_into_id IS NULL OR NOT EXISTS (SELECT FROM casework_resident r WHERE r.id = up.merged_into_id)
), heads AS (
  SELECT id AS kept, id FROM tops WHERE merged_into_id IS NULL
  UNION SELECT (SELECT min(r.id::text)::uuid FROM casework_resident r WHERE r.merged_into_id = tops.merged_into_id), s.id
    FROM tops JOIN casework_resident s ON s.merged_into_id = tops.merged_into_id
), down AS (
  SELECT kept, id FROM heads
  UNION SELECT down.kept, r.id FROM casework_resident r JOIN down ON r.merged_into_id = down.id
)
SELECT id, kept FROM down
"""


def kept_of(residents: Iterable[UUID]) -> dict[UUID, UUID]:
    """For these residents, and all who are one person with them, the row that is kept. One query."""
    ids = list(residents)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, [ids])
        return {one: one for one in ids} | dict(cursor.fetchall())


def people_of(residents: Sequence[UUID]) -> list[list[UUID]]:
    """These rows by person, in this order; of each person the row that is kept first, when it is among them."""
    kept = kept_of(residents)
    people: dict[UUID, list[UUID]] = {}
    for one in residents:
        people.setdefault(kept[one], []).append(one)
    return [sorted(rows, key=lambda one: one != kept[one]) for rows in people.values()]


def named_by(rows: Sequence[Resident], scope: Sequence[UUID]) -> dict[UUID, Resident]:
    """For each of these rows the row of this scope whose name its person has. No query as long as none was merged."""
    there = {one.pk: one for one in rows}
    if not any(one.merged_into_id for one in rows):
        return there
    there |= {one.pk: one for one in Resident.objects.filter(pk__in=set(scope) - there.keys())}
    people = people_of([one for one in scope if one in there])
    return {one: there[person[0]] for person in people for one in person}


def others_of(residents: Iterable[UUID], user: User, *, for_all: bool = False) -> list[UUID]:
    """The other rows of these people that this person may see: those in a case that they may open.

    `for_all` leaves out those in a case at whose door someone stands: what is kept or sent is read by others too.
    """
    ids = set(residents)
    others = set(kept_of(ids)) - ids
    if not others:
        return []
    seen = CaseMember.objects.filter(resident__in=others, case__in=Case.objects.visible_to(user))
    if for_all:
        seen = seen.exclude(case__in=CaseGuard.objects.values("case_id"))
    return sorted(set(seen.values_list("resident_id", flat=True)), key=str)
