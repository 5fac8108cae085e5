"""Answering what is out of the ordinary in the access log, and noting where someone who works here lives."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.models import UnusualLook, WatchedHome
from luisterloket.convenant.watching import alike
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record


@command
def answer_unusual_look(*, actor: Any, look: UnusualLook, status: str, reason: str) -> UnusualLook:
    """The privacy officer says what it was, and why. Nobody answers for their own looks.

    Raises `Refused` without a reason, and when it was reported already.
    """
    permissions.check_may_read_log(actor)
    look = UnusualLook.locked(look.pk)
    if look.actor_id == actor.pk:
        raise NotAllowed(_("These are your own looks. Another privacy officer answers this."))
    if not reason.strip():
        raise Refused(_("Write what you asked and heard."), code="no_reason")
    look.move_to(UnusualLook.Status(status))
    look.answered_by, look.answered_at, look.reason = actor, timezone.now(), reason.strip()
    look.save(update_fields=["status", "answered_by", "answered_at", "reason"])
    record(actor, f"unusual_look.{status}", look, kind=look.kind)
    return look


@command
def note_home(*, actor: Any, user: User, postcode: str) -> User:
    """Keep where someone who works here lives, as a keyed hash of the postcode; without one it is no longer kept.

    Raises `Refused` for what is no postcode.
    """
    permissions.check_may_read_log(actor)
    key = alike.home_key(postcode) if postcode.strip() and alike.home_key is not None else ""
    if postcode.strip() and not key:
        raise Refused(_("Write the postcode as four digits and two letters, such as 2512 AB."), code="postcode")
    WatchedHome.objects.filter(user=user).delete()
    if key:
        WatchedHome(user=user, key=key, noted_at=timezone.now(), noted_by=actor).save(force_insert=True)
    record(actor, "home.noted" if key else "home.forgotten", user)
    return user
