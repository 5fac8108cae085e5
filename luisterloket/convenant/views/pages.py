"""What several pages of the editor share: a page with one form, and the days a new version begins with."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from luisterloket.convenant.models import ConvenantVersion

# How long a new version lasts, and when it is looked at again, unless one chooses otherwise.
LASTS, REVIEW_AFTER = timedelta(days=2 * 365), timedelta(days=365)


def days_of(source: ConvenantVersion | None) -> dict[str, Any]:
    today = timezone.localdate()
    name = source.name if source else ""
    return {"name": name, "starts_on": today, "ends_on": today + LASTS, "review_on": today + REVIEW_AFTER}


def form_page(request: HttpRequest, form: Any, title: str, back: str, **more: Any) -> HttpResponse:
    """One form. `more`: a lead, the words on the button, an address to send to, a link aside, and what takes the thing away."""
    return render(request, "convenant/form.html", {"form": form, "title": title, "back": back, **more})
