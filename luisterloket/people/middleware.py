"""Every request is someone's: signed in, recently active, with a second factor where that is obliged."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luisterloket.platform.acting import acting

MINUTE = 60
# What one may do before the second factor is set up: setting it up, and leaving.
BEFORE_SECOND_FACTOR = {"account_logout", "account_reauthenticate", "mfa_reauthenticate", "set-language", "accessibility"}


class ActorMiddleware:
    """Lets the database know who acts, for the length of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _idle_too_long(request):
            logout(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting(request.user.acting):
            return self.get_response(request)


def _idle_too_long(request: HttpRequest) -> bool:
    """Keeps when this person was last seen, to the minute; saving a draft by itself is no sign of a person."""
    now, seen = int(time.time()), request.session.get("seen")
    if seen is not None and now - seen > settings.SESSION_IDLE_SECONDS:
        return True
    if (seen is None or now - seen > MINUTE) and request.headers.get("X-Autosave") is None:
        request.session["seen"] = now
    return False


class SignedInMiddleware(LoginRequiredMiddleware):
    """Asks who you are, and gives back what you had typed when your session ended meanwhile."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> HttpResponseBase | None:
        if request.user.is_authenticated and settings.MFA_REQUIRED and not is_mfa_enabled(request.user):
            name = request.resolver_match.url_name if request.resolver_match else ""
            if name not in BEFORE_SECOND_FACTOR and not (name or "").startswith("mfa_"):
                return redirect("mfa_activate_totp")
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"detail": _("You are signed out.")}, status=401)
        if request.method == "POST":
            from .views import form_kept

            return form_kept(request)
        return super().handle_no_permission(request, view_func)
