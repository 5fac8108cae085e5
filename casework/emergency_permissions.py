"""Who may open something in an emergency, who says a word to it, and who judges (decision 0029)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import BreakGlass

WHO_MAY = _("A wijkwerker, a team coordinator or someone of a desk may do this, in an emergency. In danger call 112.")
# Who decides on money must never be able to look into a file, in whatever other part they play.
NEVER = "wijkwethouder"


def check_may_break_glass(actor: Any) -> None:
    """Who helps people themself. Never a wijkwethouder, also not in another role."""
    if not actor.has(Permission.BREAK_GLASS) or any(post.role.code == NEVER for post in actor.posts):
        raise NotAllowed(WHO_MAY)


def check_may_end(actor: Any, emergency: BreakGlass) -> None:
    """Who opened it, and the privacy officer."""
    if emergency.who_id != actor.pk and not actor.has(Permission.READ_LOG):
        raise NotAllowed(_("Who opened it or the privacy officer may end it."))


def check_may_see_reviews(actor: Any) -> None:
    """Who reviews: the privacy officer, and who works in a wijk, of their own cases."""
    if not (actor.has(Permission.READ_LOG) or actor.has(Permission.LISTEN)):
        raise NotAllowed(_("The privacy officer and the team coordinator see what was opened in an emergency."))


def check_may_review(actor: Any, emergency: BreakGlass) -> None:
    """The coordinator of the wijk, the owner of the case and the privacy officer. Never who opened it."""
    if not BreakGlass.objects.reviewed_by(actor).filter(pk=emergency.pk).exists():
        raise NotAllowed(_("The privacy officer, the team coordinator and the owner of the case see this."))


def check_may_say(actor: Any, emergency: BreakGlass) -> None:
    """Who opened it gives their account; who sees to the case gives their word. The privacy officer decides instead."""
    if emergency.who_id == actor.pk:
        return
    check_may_review(actor, emergency)
    if actor.has(Permission.READ_LOG):
        raise NotAllowed(_("The privacy officer decides. Your words go with the decision."))


def check_may_judge(actor: Any, emergency: BreakGlass) -> None:
    """The privacy officer, of what someone else opened."""
    if not actor.has(Permission.READ_LOG) or emergency.who_id == actor.pk:
        raise NotAllowed(_("The privacy officer decides whether it was rightful."))
