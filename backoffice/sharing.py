"""What may go along with a request: at most what the convenant in force lets that desk see for its purpose, and at most
what the sender may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.disclosures import of_the_case, scope_with_others
from casework.handover_disclosures import NOT_FOR_DESKS
from casework.models import Case
from luisterloket.convenant.disclosure import Allowed, Ground, Item, authorised, collect, standing_on
from luisterloket.people.models import Post
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import Desk

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
    standing = standing_on(Ground("involvement", case.pk), actor, scope)
    if standing is None:
        raise NotAllowed()
    allowed = desk_may_see(desk, case)
    own = authorised(standing.posts, "listening", case.pk)
    items = [item for item in collect(scope, frozenset(allowed) & frozenset(own)) if item.kind not in NOT_FOR_DESKS]
    return Shareable(keyed(of_the_case(items, case)), allowed, scope.subjects)


def keyed(items: Iterable[Item]) -> dict[str, Item]:
    return {item.key: item for item in items}


def usual(items: Iterable[Item], desk: Desk, main: Any) -> list[str]:
    """The items that this desk's question needs as a rule: ticked unless the sender decides otherwise.

    Name and telephone only of `main`, who the case is about: of the others the household says enough. What asks for care,
    such as a secret address, is never ticked beforehand.
    """
    needed = (item for item in items if item.category in desk.usually_needs and not item.careful)
    return [item.key for item in needed if item.subject_id == main or item.category not in PERSONAL]
