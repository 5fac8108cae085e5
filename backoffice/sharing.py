"""What may go along with a request: at most what the convenant in force lets that desk see for its purpose, and at most
what the sender may see.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.disclosures import of_the_case, scope_with_others
from casework.handover_disclosures import NOT_FOR_DESKS
from casework.models import Case
from luisterloket.convenant.disclosure import (
    Allowed,
    ClosedPairs,
    Ground,
    Item,
    authorised,
    closed,
    collect,
    let_through,
    refuse,
    standing_on,
)
from luisterloket.people.models import Post
from luisterloket.people.roles import ROLES, Permission

from .models import Desk, RequestItem, SpecialistRequest

PERSONAL = {"identity", "contact"}


@dataclass(frozen=True)
class Shareable:
    """What may go along, item by item, with the desk's authorisation per category."""

    items: dict[str, Item]
    allowed: dict[str, Allowed]
    subjects: tuple[Any, ...]


def desk_posts(desk: Desk) -> tuple[Post, ...]:
    """The posts in which people of this desk answer, as the convenant knows them."""
    unit = desk.unit
    return tuple(
        Post(role, unit.pk, unit.kind, unit.name, unit.organisation_id, unit.wijk_id)
        for role in ROLES.values()
        if Permission.ANSWER in role.permissions
    )


def desk_may_see(desk: Desk, case: Case) -> dict[str, Allowed]:
    """Per category what the convenant in force lets this desk see of a case for its purpose; empty without a convenant."""
    return authorised(desk_posts(desk), desk.purpose_id, case.pk)


def shareable(actor: Any, case: Case, desk: Desk) -> Shareable:
    """Everything that `actor` may let go along to this desk, as it is now. Raises `NotAllowed` without a ground."""
    scope = scope_with_others(case, actor, for_all=True)
    ground = Ground("involvement", case.pk)
    standing = standing_on(ground, actor, scope)
    if standing is None:
        refuse(scope, to=actor, purpose=desk.purpose_id, ground=ground, what="request.new")
    allowed = desk_may_see(desk, case)
    own = authorised(standing.posts, "listening", case.pk)
    found = collect(scope, frozenset(allowed) & frozenset(own))
    # Both must agree: what this person may see, and what the desk may have.
    items = let_through(let_through(found, case.pk, "listening", own), case.pk, desk.purpose_id, allowed)
    items = [item for item in items if item.kind not in NOT_FOR_DESKS]
    return Shareable(keyed(of_the_case(items, case)), allowed, scope.subjects)


def closed_for(desk: Desk, case: Case, items: Iterable[Item], allowed: dict[str, Allowed]) -> ClosedPairs:
    """What the residents themselves close to this desk, by resident and category, such as what waits for their consent."""
    return closed({item.subject_id for item in items}, case.pk, desk.purpose_id, allowed)


def open_items(request: SpecialistRequest, allowed: Mapping[str, Allowed], purpose: str) -> list[RequestItem]:
    """What went along, as far as these cells give it for this purpose today and the residents have not closed it since."""
    found = list(RequestItem.objects.filter(request=request, category__in=allowed))
    shut = closed({item.subject_id for item in found}, request.case_id, purpose, allowed, fixed=True)
    return [item for item in found if not any((item.subject_id, one) in shut for one in {item.category, *item.also})]


def keyed(items: Iterable[Item]) -> dict[str, Item]:
    return {item.key: item for item in items}


def usual(items: Iterable[Item], desk: Desk, main: Any) -> list[str]:
    """The items that this desk's question needs as a rule: ticked unless the sender decides otherwise.

    Name and telephone only of `main`, who the case is about: of the others the household says enough. What asks for care,
    such as a secret address, is never ticked beforehand.
    """
    needed = (item for item in items if item.category in desk.usually_needs and not item.careful)
    return [item.key for item in needed if item.subject_id == main or item.category not in PERSONAL]
