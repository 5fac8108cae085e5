"""The convenant as everyone may read it, and the access log for who supervises."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luisterloket.platform.paging import key_of

from . import actions, permissions, selectors


@require_GET
def convenant(request: HttpRequest) -> HttpResponse:
    """What is in force today: parties, purposes and who may see what."""
    permissions.check_may_see_convenant(request.user)
    return render(request, "convenant/convenant.html", {"page": selectors.convenant_page()})


@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at whose data, newest first. Reading it is itself kept."""
    permissions.check_may_read_log(request.user)
    before = key_of(request.GET.get("before", ""))
    actions.read_access_log(actor=request.user)
    looks, following = selectors.newest_looks(before=before)
    return render(request, "convenant/access_log.html", {"looks": looks, "following": following})
