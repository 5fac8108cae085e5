"""Opening in an emergency: of which case someone may ask it, in what post, and how the database is told that it is used now.

See decision 0029. A higher floor says with `knows_of` of which cases it told someone already, such as a desk with a request.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from luisterloket.convenant.disclosure import Allowed, authorised
from luisterloket.people.models import Post, User
from luisterloket.people.roles import Permission
from luisterloket.platform.acting import acting

from .models import BreakGlass, Case
from .permissions import posts_for

PURPOSE = "emergency"
HOURS = (1, 2, 4)

KnowsOf = Callable[[Any, UUID], bool]
_knows_of: list[KnowsOf] = []


def knows_of(function: KnowsOf) -> KnowsOf:
    """Register who was told already that a case is there: what they may know is not told anew by an emergency."""
    _knows_of.append(function)
    return function


def may_know_of(user: User, case_id: UUID) -> bool:
    """Whether this person may know that the case is there: by their wijk, their part in it, or what a higher floor told them."""
    return Case.objects.known_to(user).filter(pk=case_id).exists() or any(known(user, case_id) for known in _knows_of)


def hours_to_choose() -> list[int]:
    """At most what is configured, which can always be chosen itself."""
    most = settings.BREAK_GLASS_MAX_HOURS
    return sorted({*(hours for hours in HOURS if hours < most), most})


def posts_with_glass(user: User) -> list[Post]:
    return [post for post in user.posts if Permission.BREAK_GLASS in post.role.permissions]


def may_be_opened(user: User) -> dict[str, Allowed]:
    """Per category what the convenant in force lets this person open in an emergency, in one of their posts."""
    return authorised(posts_with_glass(user), PURPOSE)


def post_that_may(user: User, categories: Iterable[str]) -> Post | None:
    """The post in which all of these may be opened."""
    wanted = set(categories)
    return next((post for post in posts_with_glass(user) if wanted <= authorised([post], PURPOSE).keys()), None)


@dataclass(frozen=True)
class Found:
    """A case that the database found for an emergency that was written down."""

    case_id: UUID
    unit_id: UUID


def find(emergency: BreakGlass, *, case_id: UUID | None, keys: list[str]) -> list[Found]:
    """The cases of whom was asked for, the newest first; of a case from which this person is kept out, nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, unit_id FROM cases_in_emergency(%s, %s, %s)", [emergency.pk, case_id, keys])
        return [Found(*row) for row in cursor.fetchall()]


def is_open_anyway(user: User, found: Found, categories: Iterable[str]) -> bool:
    """Whether this person may see all of this without an emergency: in their own case, or one of their wijk that they can join."""
    if not (user.has(Permission.LISTEN) and Case.objects.known_to(user).filter(pk=found.case_id).exists()):
        return False
    return set(categories) <= authorised(posts_for(user, found.unit_id), "listening").keys()


@contextmanager
def using(emergency: BreakGlass, user: User) -> Iterator[None]:
    """Let the database open this one case for what happens inside. It checks itself that this is theirs and open."""
    who = user.acting
    assert emergency.case_id is not None
    with acting(replace(who, cases=(*who.cases, emergency.case_id), emergency=emergency.pk)):
        yield
