"""Every request is someone's: signed in, not locked, with a second factor where that is obliged."""

from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luisterloket.platform.acting import acting
from luisterloket.platform.encryption import aliases

from . import locking
from .requests import SignedIn

# What one may do before the second factor is set up: setting it up, locking the screen, and leaving.
BEFORE_SECOND_FACTOR = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "lock",
    "unlock",
    "set-language",
    "accessibility",
}


class ActorMiddleware:
    """Lets the database know who acts, for the length of the request. On a locked screen nobody does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            locking.keep_watch(request)
        if not request.user.is_authenticated or locking.is_locked(request):
            return self.get_response(request)
        with acting(request.user.acting):
            return self.get_response(request)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Asks who you are, and gives back what you had typed when your session was locked or ended meanwhile."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> HttpResponseBase | None:
        name = (request.resolver_match.view_name if request.resolver_match else "") or ""
        if request.user.is_authenticated and locking.is_locked(request) and name not in locking.OPEN_WHEN_LOCKED:
            from .views.signing_in import locked

            return locked(cast(SignedIn, request))
        free = name in BEFORE_SECOND_FACTOR or name.startswith("mfa_")
        if request.user.is_authenticated and settings.MFA_REQUIRED and not free and not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        person = request.headers.get("X-Person")
        if request.user.is_authenticated and person is not None and person not in aliases(request.user.pk):
            # A page of someone who was here before saves nothing under the name of who is here now.
            return _signed_out()
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        if request.headers.get("Accept", "").startswith("application/json"):
            return _signed_out()
        if request.method == "POST":
            from .views.signing_in import form_kept

            return form_kept(request)
        return super().handle_no_permission(request, view_func)


def _signed_out() -> JsonResponse:
    return JsonResponse({"detail": _("You are signed out.")}, status=401)
