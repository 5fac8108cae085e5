"""The convenant as everyone may read it: what is in force, every version, what a version changes, and a version as a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from luisterloket.convenant import exchange, permissions, selectors
from luisterloket.convenant.diff import difference
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.permissions import may

from .visible import version_or_404


@require_GET
def convenant(request: HttpRequest) -> HttpResponse:
    """What is in force today: parties, purposes and who may see what."""
    permissions.check_may_see_convenant(request.user)
    return _show(request, ConvenantVersion.in_force(), today=True)


@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version there was, is and will be."""
    permissions.check_may_see_convenant(request.user)
    found = selectors.versions_for(request.user).order_by("-number")
    return render(request, "convenant/versions.html", {"versions": found, "keeps": _keeps(request)})


@require_GET
def version(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _show(request, version_or_404(request, pk))


@require_GET
def changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What this version changes: against the one in force, or, for one that came into force, against the one it was made from."""
    found = version_or_404(request, pk)
    present = ConvenantVersion.in_force()
    before = found.based_on if present is None or present.pk == found.pk or found.in_force_at else present
    context = {"version": found, "before": before, "difference": difference(before, found), "keeps": _keeps(request)}
    return render(request, "convenant/changes.html", context)


@require_GET
def as_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The version in the format of docs/convenant-file.md."""
    found = version_or_404(request, pk)
    response = HttpResponse(exchange.as_file(found), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(found.name) or "convenant"}-{found.number}.json"'
    return response


def _show(request: HttpRequest, found: ConvenantVersion | None, *, today: bool = False) -> HttpResponse:
    context = {
        "page": selectors.version_page(found) if found else None,
        "keeps": _keeps(request),
        "today": today,
        "overdue": today and found is not None and found.review_is_overdue,
    }
    return render(request, "convenant/convenant.html", context)


def _keeps(request: HttpRequest) -> bool:
    return may(permissions.check_may_configure, request.user)
