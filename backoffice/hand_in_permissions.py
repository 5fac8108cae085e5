"""Who may hand a resident in, and who may do something with what was handed in. Each check is the first line of its action."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.permissions import WORKS_IN_THE_WIJK
from luisterloket.convenant.disclosure import Allowed, authorised
from luisterloket.convenant.models import Authorisation
from luisterloket.people.models import Post
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import HandIn

# For what a sender gives data to a loket, and hears what became of it.
PURPOSE = "hand_in"
# Who someone is and how they are reached: without these nobody can be handed in.
WHO = frozenset({"identity", "contact"})
HANDS_IN = _("Who may hand residents in for this organisation may do this.")


def check_may_hand_in(actor: Any, unit_id: UUID) -> None:
    if not actor.has(Permission.HAND_IN, unit_id=unit_id):
        raise NotAllowed(HANDS_IN)


def check_may_withdraw(actor: Any, hand_in: HandIn) -> None:
    """Anyone of the unit that sent it: who wrote it may be away."""
    check_may_hand_in(actor, hand_in.desk_unit_id)


def check_may_receive(actor: Any, hand_in: HandIn) -> None:
    """Whoever works in the wijk that it came in at, and once it is part of a case whoever works on that."""
    if not (actor.has(Permission.LISTEN) and HandIn.objects.received_by(actor).filter(pk=hand_in.pk).exists()):
        raise NotAllowed(WORKS_IN_THE_WIJK)


def post_that_hands_in(actor: Any, unit_id: UUID) -> Post | None:
    """The post in which someone hands in for this unit."""
    posts = (post for post in actor.posts if post.unit_id == unit_id)
    return next((post for post in posts if Permission.HAND_IN in post.role.permissions), None)


def may_be_handed_in(actor: Any, unit_id: UUID) -> dict[str, Allowed]:
    """Of which kinds of data the convenant in force lets someone of this unit hand in what plays; empty without a convenant.

    Who someone is and how they are reached goes along always: without a cell for those there is nothing.
    """
    post = post_that_hands_in(actor, unit_id)
    allowed = authorised([post], PURPOSE) if post else {}
    given = {code: cell for code, cell in allowed.items() if cell.level == Authorisation.Level.CONTRIBUTE}
    return {code: cell for code, cell in given.items() if code not in WHO} if set(given) >= WHO else {}


def may_hear(actor: Any, hand_in: HandIn) -> bool:
    """Whether the convenant of today lets the sender hear what came of it: that there was contact, and that there is a plan."""
    post = post_that_hands_in(actor, hand_in.desk_unit_id)
    return post is not None and hand_in.category in authorised([post], PURPOSE)
