"""Rows of one person: those that were merged, through as many links as there are."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from luisterloket.people.models import User

from .models import Case, CaseMember

# Up to the row that is kept, and down again to all that lead to it. The database's wall holds at every step: who may not see a
# row of the chain does not get what lies behind it.
GROUPS = """
WITH RECURSIVE up AS (
  SELECT id, merged_into_id FROM casework_resident WHERE id = ANY (%s)
  UNION SELECT r.id, r.merged_into_id FROM casework_resident r JOIN up ON r.id = up.merged_into_id
), down AS (
  SELECT id AS kept, id FROM up WHERE merged_into_id IS NULL
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


def others_of(residents: Iterable[UUID], user: User) -> list[UUID]:
    """The other rows of these people that this person may see: those in a case that they may open."""
    ids = set(residents)
    others = set(kept_of(ids)) - ids
    if not others:
        return []
    seen = CaseMember.objects.filter(resident__in=others, case__in=Case.objects.visible_to(user))
    return sorted(set(seen.values_list("resident_id", flat=True)), key=str)
