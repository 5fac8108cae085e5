"""The loket's own requests."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from backoffice.requests_page import requests_page
from luisterloket.people.requests import SignedIn


@require_GET
def requests(request: SignedIn) -> HttpResponse:
    """The requests of my cases, the worst clock first."""
    page = requests_page(request.user, chosen=request.GET.get("filter", "open"), after=request.GET.get("after", ""))
    return render(request, "backoffice/requests.html", {"page": page})
