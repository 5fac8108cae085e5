"""Who looked: on the screen for who works on the case, and on paper for the resident."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework import paper
from casework.access_page import access_page
from casework.access_paper import AccessPaper, access_paper
from luisterloket.platform.paging import key_of

from . import SignedIn
from .visible import case_to_work_on

# Whose data, and who reads the paper.
READER = "voor"


@require_GET
def access(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who looked into this case. Reading that is a look too."""
    case = case_to_work_on(request, pk)
    before = key_of(request.GET.get("before", ""))
    return render(request, "casework/case_access.html", {"page": access_page(case, request.user, before=before)})


@require_GET
def on_page(request: SignedIn, pk: UUID) -> HttpResponse:
    """“Who looked at my data” as the resident gets it: to look at, print or save."""
    sheet = _sheet(request, pk)
    return render(request, "casework/access_paper.html", {"sheet": sheet, "has_pdf": paper.can_make_pdf()})


@require_GET
def as_pdf(request: SignedIn, pk: UUID) -> HttpResponse:
    """The same as PDF; where the machine cannot make one, the page that can be printed."""
    if not paper.can_make_pdf():
        query = request.GET.urlencode()
        return redirect(reverse("casework:case-access-paper", args=[pk]) + (f"?{query}" if query else ""))
    sheet = _sheet(request, pk)
    large = request.GET.get("letter") == "groot"
    made = paper.pdf(render_to_string("casework/access_pdf.html", {"sheet": sheet, "user": request.user}), large=large)
    # No name in what the file is called: it ends up in a list of downloads.
    headers = {"Content-Disposition": f'attachment; filename="{slugify(_("Who looked"))}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _sheet(request: SignedIn, pk: UUID) -> AccessPaper:
    case = case_to_work_on(request, pk)
    named = request.GET.get(READER, "")
    try:
        reader = UUID(named) if named else None
    except ValueError:
        raise Http404 from None
    sheet = access_paper(case, request.user, reader=reader)
    if sheet is None:
        raise Http404
    return sheet
