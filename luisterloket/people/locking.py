"""A session that locks instead of ending: whoever was typing goes on where they were, whoever passes by sees nothing.

The server keeps the lock. While it is on, nobody acts for the database and no view is reached but the few of the lock itself;
what the browser draws over the page is only a curtain.
"""

import base64
import json
import time

from allauth.account.adapter import get_adapter
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from luisterloket.platform.encryption import decrypt, encrypt

from .requests import SignedIn

MINUTE = 60
# What one may reach on a locked screen: the lock itself, leaving, and what is public and shows nothing of anyone.
OPEN_WHEN_LOCKED = {"lock", "unlock", "session", "account_logout", "set-language", "accessibility", "healthz"}
# Fewer than the wrong log-ins that block an account for a while, so that who is thrown out can still sign in.
TRIES = 4
# A request that the page makes by itself says so with this header: it is no sign of a person.
BACKGROUND = "X-Background"

Typed = list[tuple[str, str]]


def precision() -> int:
    """After how many seconds it is kept again that someone was seen."""
    return min(MINUTE, settings.SESSION_IDLE_SECONDS // 20)


def keep_watch(request: HttpRequest) -> None:
    """End a session that lasted its day, lock one in which nobody was seen for long, or keep that someone is here."""
    session, now = request.session, int(time.time())
    if now - session.setdefault("began", now) > settings.SESSION_ABSOLUTE_SECONDS:
        logout(request)
        return
    seen = session.get("seen")
    if not is_locked(request) and seen is not None and now - seen > settings.SESSION_IDLE_SECONDS:
        lock(request)
    elif not is_locked(request) and (seen is None or (now - seen > precision() and BACKGROUND not in request.headers)):
        session["seen"] = now
        _save(request)


def is_locked(request: HttpRequest) -> bool:
    return "locked" in request.session


def lock(request: HttpRequest) -> None:
    request.session["locked"] = True
    request.session["tries"] = 0
    _save(request)


def unlock(request: SignedIn, passphrase: str) -> bool:
    """Open the session to whom it belongs. After several wrong passphrases it ends.

    Counts with allauth's own limit of wrong log-ins, and raises its `ValidationError` when there were too many.
    """
    user = get_adapter(request).authenticate(request, email=request.user.email, password=passphrase)
    if user is None or user.pk != request.user.pk:
        request.session["tries"] = request.session.get("tries", 0) + 1
        if request.session["tries"] >= TRIES:
            logout(request)
        return False
    for name in ("locked", "tries"):
        request.session.pop(name, None)
    request.session["seen"] = int(time.time())
    # A new id, as after a log-in; what is in the session and the proof of origin in open forms stay.
    request.session.cycle_key()
    return True


def seal(typed: Typed, owner: object) -> str:
    """What someone sent while the screen was locked, unreadable until they unlock it."""
    return base64.urlsafe_b64encode(encrypt(json.dumps(typed), f"typed:{owner}")).decode()


def unseal(sealed: str, owner: object) -> Typed | None:
    """None when it is of someone else, or nothing of ours."""
    try:
        return [(str(name), str(text)) for name, text in json.loads(decrypt(base64.urlsafe_b64decode(sealed), f"typed:{owner}"))]
    except (ValueError, KeyError, InvalidTag):
        return None


def _save(request: HttpRequest) -> None:
    """At once: a request that ends later must not put an older session back over a lock."""
    request.session.save()
    request.session.modified = False
