"""Pages of no domain: the start page, Vandaag, drafts, language, health, and what is shown when something is wrong."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import drafts, today
from .registries import landing


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Where this person's work begins."""
    for offer in landing:
        address = offer(request.user)
        if address:
            return redirect(address)
    return redirect("account")


@require_GET
def vandaag(request: HttpRequest) -> HttpResponse:
    """Vandaag: what needs me now, the most urgent first; the rest behind a count."""
    return render(request, "platform/today.html", {"page": today.page(request.user, everything="all" in request.GET)})


@require_http_methods(["PATCH"])
def save_draft(request: HttpRequest) -> JsonResponse:
    """Keep what someone is typing in a form; 409 with the other text when another window saved in between."""
    try:
        sent = json.loads(request.body)
        form, revision, values = str(request.GET["form"])[:120], int(sent["revision"]), dict(sent["values"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"detail": _("This could not be read.")}, status=400)
    values = {str(name): str(value) for name, value in values.items() if name not in drafts.NOT_KEPT}
    try:
        draft = drafts.save_draft(actor=request.user, form=form, revision=revision, values=values)
    except drafts.ChangedMeanwhile as changed:
        return JsonResponse({"revision": changed.draft.revision, "values": drafts.values_of(changed.draft)}, status=409)
    return JsonResponse({"revision": draft.revision, "saved_at": timezone.localtime(draft.saved_at).strftime("%H.%M")})


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Dutch or English, kept in a cookie."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        response.set_cookie(
            "language", language, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.SECURE_COOKIES, httponly=True
        )
    return response


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "toegankelijkheid.html")


@login_not_required
@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state. For those who build and restyle; production does not have it."""
    if settings.PRODUCTION:
        raise Http404
    return render(request, "stijl.html")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve: it can reach its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Visible but not yours to do: the page says who may."""
    return render(request, "403.html", {"who_may": getattr(exception, "who_may", "")}, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not there and not yours look exactly the same: the page does not repeat the address."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
