"""Who one may sign in as, on the log-in page of the demo city."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest

from luisterloket.people import locking
from luisterloket.people.views.signing_in import demo_people as people
from luisterloket.platform.demo import PASSPHRASE
from luisterloket.platform.encryption import alias

register = template.Library()


@register.simple_tag
def demo_people() -> dict[str, list[dict[str, Any]]]:
    """Empty outside the demo city."""
    return people() if settings.DEMO or settings.TESTING else {"wijk": [], "city": []}


@register.simple_tag
def demo_passphrase() -> str:
    """Empty outside the demo city."""
    return PASSPHRASE if settings.DEMO or settings.TESTING else ""


@register.simple_tag(takes_context=True)
def screen_lock(context: Any) -> dict[str, str]:
    """What a page needs to lock itself: whose it is, and its seconds. Empty when nobody is signed in or it is locked already."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated or locking.is_locked(request):
        return {}
    idle = settings.SESSION_IDLE_SECONDS
    seconds = {"idle": idle, "warn": min(locking.MINUTE, idle // 3), "tell": locking.precision() + 1}
    # For a script, so without the thousands point that a number on a page gets.
    return {"person": alias(user.pk), **{name: str(number) for name, number in seconds.items()}}
