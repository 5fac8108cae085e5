"""The access log, for who supervises."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luisterloket.convenant import actions, looks, permissions
from luisterloket.platform.paging import key_of


@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at whose data, newest first. Reading it is itself kept."""
    permissions.check_may_read_log(request.user)
    before = key_of(request.GET.get("before", ""))
    actions.read_access_log(actor=request.user)
    found, following = looks.newest_looks(before=before)
    return render(request, "convenant/access_log.html", {"looks": found, "following": following})
