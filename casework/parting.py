"""What was noted of two rows of one case while they stood as one: after undoing, of whom is it?

Between two cases nothing has to be asked: what was noted lies in the case in which it was noted. In one case a new line can only
be noted of the row that is shown.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .models import Case, CostLine, Debt, IncomeLine, Representative, ResidentMerge

# The field that says of whom it is.
OF_WHOM: dict[Any, str] = {IncomeLine: "whose", CostLine: "whose", Debt: "whose", Representative: "resident"}


@dataclass(frozen=True)
class PartPage:
    """Undoing a merge: what was noted since, as far as this person may see it, and of whom it can be."""

    case: Case
    merge: ResidentMerge
    items: list[Item]
    # By the name of each row itself, the one that was kept first: elsewhere both are called by one.
    people: list[tuple[UUID, str]]


def part_page(case: Case, merge: ResidentMerge, user: User) -> PartPage:
    """One disclosure."""
    ground = Ground("involvement", case.pk)
    disclosed = disclose(scope_of(case), to=user, purpose="listening", ground=ground, what="undoing a merge")
    since = {row.pk for rows in made_since(merge).values() for row in rows}
    found = {item.ref: item for item in disclosed if item.ref in since}
    own = {item.subject_id: item.details["name"] or item.details["known_as"] for item in disclosed.of("name")}
    return PartPage(case, merge, list(found.values()), [(pk, own.get(pk, "")) for pk in (merge.kept_id, merge.merged_id)])


def made_since(merge: ResidentMerge) -> dict[Any, list[Any]]:
    """By kind the rows that were made of one of the two since they were brought together. Empty for two cases."""
    if merge.case_id != merge.other_case_id:
        return {}
    found = {}
    for model, field in OF_WHOM.items():
        of_both = {f"{field}__in": (merge.kept_id, merge.merged_id)}
        made = model.history.filter(history_type="+", history_date__gte=merge.done_at, case_id=merge.case_id).values("id")
        found[model] = list(model.objects.filter(case=merge.case_id, pk__in=made, **of_both))
    return found
