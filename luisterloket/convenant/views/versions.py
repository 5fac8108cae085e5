"""The convenant as everyone may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luisterloket.convenant import permissions, selectors
from luisterloket.people.permissions import may


@require_GET
def convenant(request: HttpRequest) -> HttpResponse:
    """What is in force today: parties, purposes and who may see what."""
    permissions.check_may_see_convenant(request.user)
    keeps = may(permissions.check_may_configure, request.user)
    return render(request, "convenant/convenant.html", {"page": selectors.convenant_page(), "keeps": keeps})
