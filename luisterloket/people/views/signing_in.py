"""Signing in as a demo person, one's own account, the lock of the screen, and forms that came too late."""

import base64
from typing import Any, cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.people import locking
from luisterloket.people.forms.signing_in import UnlockForm
from luisterloket.people.models import User
from luisterloket.people.requests import SignedIn
from luisterloket.platform.encryption import aliases, device_keys
from luisterloket.platform.registries import own_places
from luisterloket.platform.writing import writing

# Fields that are never handed back: they are the server's own, or a secret.
SECRETS = {"password", "login", "code", "current_password", "password1", "password2"}
NOT_KEPT = SECRETS | {"csrfmiddlewaretoken", "kept_typing", "return_to"}


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo people. Only the demo city knows this address."""
    if not settings.DEMO and not settings.TESTING:
        raise Http404
    user = get_object_or_404(User, email=request.POST.get("person", ""), is_active=True, email__endswith="@oefenstad.example")
    with writing("people.sign_in"):
        return perform_login(request, Login(user=user, email_verification="none"))


@require_GET
def account(request: SignedIn) -> HttpResponse:
    """Who I am here: my posts, my second factor, leaving."""
    places = [place for offer in own_places for place in offer(request.user)]
    return render(request, "people/account.html", {"posts": request.user.posts, "places": places})


@require_GET
def session(request: SignedIn) -> JsonResponse:
    """What an open page asks for: a fresh proof of origin, and the key of what the server did not get yet.

    Asked without the header of background requests, it also tells that someone is here.
    """
    csrf = get_token(request)
    if locking.is_locked(request):
        return JsonResponse({"detail": _("The screen is locked."), "csrf": csrf}, status=423)
    names = aliases(request.user.pk)
    keys = [base64.b64encode(key).decode() for key in device_keys(request.user.pk)]
    # With a new key in front, what was sealed or said with the one before still counts.
    return JsonResponse({"csrf": csrf, "person": names[0], "persons": names, "key": keys[0], "keys": keys})


@require_POST
def lock(request: SignedIn) -> HttpResponseBase:
    """Lock the screen now, such as when someone walks in. A form that is sent along is given back after unlocking."""
    locking.lock(request)
    if _wants_json(request):
        return JsonResponse({"locked": True})
    if _typed(request):
        return _unlock_page(request, kept=locking.seal(_typed(request), request.user.pk))
    return redirect(_address(request))


def locked(request: SignedIn) -> HttpResponseBase:
    """The answer to whatever is asked on a locked screen: what was sent is kept, and nothing is shown."""
    if _wants_json(request) or request.htmx or request.method not in {"GET", "HEAD", "POST"}:
        return JsonResponse({"detail": _("The screen is locked.")}, status=423)
    kept = locking.seal(_typed(request), request.user.pk) if request.method == "POST" else ""
    return _unlock_page(request, address=request.get_full_path(), kept=kept)


@login_not_required
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponseBase:
    """Open a locked screen with one's own passphrase, and go on where one was."""
    signed_in = cast(SignedIn, request)
    form = UnlockForm(signed_in, request.POST if request.method == "POST" and "password" in request.POST else None)
    if request.user.is_authenticated and locking.is_locked(request):
        form.is_valid()  # opens it when the passphrase is right, and may end the session when it is not
    if request.user.is_authenticated and not locking.is_locked(request):
        return JsonResponse({"csrf": get_token(request)}) if _wants_json(request) else _given_back(signed_in)
    if _wants_json(request):
        reasons = " ".join(map(str, form.errors.get("password", []))) or _("You are signed out.")
        return JsonResponse({"detail": reasons}, status=400 if request.user.is_authenticated else 401)
    if not request.user.is_authenticated and request.method == "GET":
        return redirect("account_login")
    return _unlock_page(signed_in, kept=request.POST.get("kept_typing", ""), form=form)


def _unlock_page(request: SignedIn, *, kept: str, address: str = "", form: UnlockForm | None = None) -> HttpResponse:
    details = {"address": address or _address(request), "kept": kept, "form": form or UnlockForm(request)}
    return render(request, "people/unlock.html", details, status=423 if request.user.is_authenticated else 401)


def _given_back(request: SignedIn) -> HttpResponseBase:
    """Where one was, or the form that was sent while the screen was locked."""
    sealed = request.POST.get("kept_typing", "")
    typed = locking.unseal(sealed, request.user.pk) if sealed else None
    if typed is None:
        return redirect(_address(request))
    details = {"kept": typed, "signed_in": True, "unlocked": True, "address": _address(request)}
    return render(request, "people/form_kept.html", details)


def form_kept(request: HttpRequest) -> HttpResponse:
    """The session ended while someone was typing: give back what they typed, to send again once signed in."""
    details = {"kept": _typed(request), "signed_in": request.user.is_authenticated, "address": request.get_full_path()}
    return render(request, "people/form_kept.html", details, status=401)


@login_not_required
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The form's proof of origin is of an earlier session. A form of our own is given back; a strange one is refused."""
    own = request.method == "POST" and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if own and request.path == reverse("unlock"):
        signed_in = cast(SignedIn, request)
        if request.user.is_authenticated and not locking.is_locked(request):
            return _given_back(signed_in)
        return _unlock_page(signed_in, kept=request.POST.get("kept_typing", ""))
    if own and _answers(request):
        return form_kept(request)
    return render(request, "403.html", {"who_may": ""}, status=403)


def _typed(request: HttpRequest) -> locking.Typed:
    return [(name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)]


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _address(request: HttpRequest) -> str:
    """Where one was: an address of our own, or the start page."""
    address = request.POST.get("return_to", "")
    own = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if own else reverse("start")


def _answers(request: HttpRequest) -> bool:
    return not any(secret in request.POST for secret in SECRETS)


def demo_people() -> dict[str, list[dict[str, Any]]]:
    """The people one may sign in as, by where they work."""
    people: dict[str, list[dict[str, Any]]] = {"wijk": [], "city": []}
    for user in User.objects.with_posts().filter(is_active=True, email__endswith="@oefenstad.example").order_by("name"):
        for post in user.posts[:1]:
            where = "wijk" if post.unit_kind == "wijkteam" else "city"
            people[where].append({"email": user.email, "name": user.name, "role": post.role.name, "unit": post.unit_name})
    return people
