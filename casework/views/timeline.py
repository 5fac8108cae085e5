"""The story of a case from beginning to end, and searching in it."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from casework import permissions
from casework.case_search import search_in
from casework.forms.timeline import CaseSearchForm, TimelineForm
from casework.timeline_page import key_of_line, people_of_timeline, timeline_page
from luisterloket.people.permissions import may
from luisterloket.platform.paging import key_of

from . import SignedIn
from .visible import visible_case


@require_GET
def timeline(request: SignedIn, pk: UUID) -> HttpResponse:
    """What happened, the newest first, as far as it is for who looks; what is asked for stands in the address."""
    case = visible_case(request, pk)
    form = TimelineForm(request.GET, people=people_of_timeline(case, request.user))
    page = timeline_page(case, request.user, form.filters(), before=key_of(request.GET.get("before", ""), key_of_line))
    kept = [(name, value) for name in form.fields for value in request.GET.getlist(name) if value]
    context = {"page": page, "form": form, "asked": urlencode(kept), "search": CaseSearchForm()}
    return render(request, "casework/timeline.html", context)


@require_http_methods(["GET", "POST"])
def search(request: SignedIn, pk: UUID) -> HttpResponse:
    """Search in what this person may see of the case. Sent as a form, so that the words stand in no address and no log."""
    case = visible_case(request, pk)
    form = CaseSearchForm(request.POST if request.method == "POST" else None)
    works = may(permissions.check_may_work_on, request.user, case)
    words = form.cleaned_data["woorden"] if form.is_bound and form.is_valid() else ""
    return render(request, "casework/case_search.html", {"page": search_in(case, request.user, words, works=works), "form": form})
