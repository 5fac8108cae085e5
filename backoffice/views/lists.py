"""The queue of a desk, and the loket's own requests."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from backoffice import permissions
from backoffice.models import Desk
from backoffice.queue_page import queue_page
from backoffice.requests_page import requests_page
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn


@require_GET
def requests(request: SignedIn) -> HttpResponse:
    """The requests of my cases, the worst clock first."""
    page = requests_page(request.user, chosen=request.GET.get("filter", "open"), after=request.GET.get("after", ""))
    return render(request, "backoffice/requests.html", {"page": page})


@require_GET
def queue(request: SignedIn, pk: UUID) -> HttpResponse:
    """A desk's queue, for those who answer there; for anyone else it does not exist."""
    desk = get_object_or_404(Desk.objects.select_related("unit"), pk=pk)
    if not may(permissions.check_may_see_queue, request.user, desk):
        raise Http404
    page = queue_page(desk, request.user, chosen=request.GET.get("filter", "open"), after=request.GET.get("after", ""))
    leads = may(permissions.check_may_set_outcome_weeks, request.user, desk)
    return render(request, "backoffice/queue.html", {"page": page, "leads": leads})
