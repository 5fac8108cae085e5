"""Signing in as a demo person, one's own account, and forms whose session ended while someone was typing."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from luisterloket.platform.writing import writing

from .models import User
from .requests import SignedIn

# Fields that are never handed back: they are the server's own, or a secret.
NOT_KEPT = {"csrfmiddlewaretoken", "password", "login", "code", "current_password", "password1", "password2"}


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
    return render(request, "people/account.html", {"posts": request.user.posts})


def form_kept(request: HttpRequest) -> HttpResponse:
    """The session ended while someone was typing: give back what they typed, to send again once signed in."""
    kept = [(name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)]
    return render(request, "people/form_kept.html", {"kept": kept, "signed_in": request.user.is_authenticated}, status=401)


@login_not_required
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's proof of origin is of an earlier session. A form of our own is given back; a strange one is refused."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.method == "POST" and request.headers.get("Origin") == own and _answers(request):
        return form_kept(request)
    return render(request, "403.html", {"who_may": ""}, status=403)


def _answers(request: HttpRequest) -> bool:
    return not any(secret in request.POST for secret in NOT_KEPT - {"csrfmiddlewaretoken"})


def demo_people() -> dict[str, list[dict[str, Any]]]:
    """The people one may sign in as, by where they work."""
    people: dict[str, list[dict[str, Any]]] = {"wijk": [], "city": []}
    for user in User.objects.with_posts().filter(is_active=True, email__endswith="@oefenstad.example").order_by("name"):
        for post in user.posts[:1]:
            where = "wijk" if post.unit_kind == "wijkteam" else "city"
            people[where].append({"email": user.email, "name": user.name, "role": post.role.name, "unit": post.unit_name})
    return people
