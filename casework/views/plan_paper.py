"""How it goes, and the plan on paper for the resident."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, paper, plan_paper
from casework.domains import CATEGORY_OF
from casework.forms.plans import ReviewForm
from casework.models import Review
from casework.permissions import may_contribute
from casework.plan_page import plan_page
from casework.selectors import domains_in_order
from casework.withholding_pages import household_to_choose

from . import SignedIn
from .visible import case_to_work_on

READER = "voor"


@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: UUID) -> HttpResponse:
    """How it goes per life domain today: at the start it is filled in from what was heard, and the worker confirms."""
    case = case_to_work_on(request, pk)
    page = plan_page(case, request.user, what="how it goes")
    domains = [
        one for one in domains_in_order(case.unit_id) if may_contribute(request.user, CATEGORY_OF[one], case.unit_id, case.pk)
    ]
    kind = Review.Kind.REVIEW if page.has_start else Review.Kind.START
    heard = {item.details["domain"]: item.details["severity"] for item in reversed(page.disclosed.of("concern"))}
    sent = request.POST if request.method == "POST" else None
    first = heard if kind == Review.Kind.START else {}
    form = ReviewForm(sent, domains=domains, heard=first, initial={"kind": kind, "on": timezone.localdate()})
    if form.is_bound and form.run(actions.note_review, actor=request.user, case=case):
        messages.success(request, _("Noted how it goes."))
        return redirect(f"{reverse('casework:case-plan', args=[pk])}#how")
    return render(request, "casework/plan_review.html", {"page": page, "form": form, "heard": bool(first)})


@require_GET
def on_page(request: SignedIn, pk: UUID) -> HttpResponse:
    """The plan as it goes along on paper: one page to look at, print or save."""
    case = case_to_work_on(request, pk)
    household = household_to_choose(case, request.user)
    sheet = plan_paper.paper_of(case, request.user, reader=_reader(request, household))
    context: dict[str, Any] = {"sheet": sheet, "page": sheet.page, "household": household, "has_pdf": paper.can_make_pdf()}
    return render(request, "casework/plan_paper.html", context)


@require_GET
def as_pdf(request: SignedIn, pk: UUID) -> HttpResponse:
    """The same as PDF; where it may not go on paper yet or the machine cannot make one, the page that says so."""
    case = case_to_work_on(request, pk)
    reader = _reader(request, household_to_choose(case, request.user))
    sheet = plan_paper.paper_of(case, request.user, reader=reader)
    if not sheet.may_go or not paper.can_make_pdf():
        if not sheet.may_go:
            messages.error(request, _("This plan does not go on paper yet. Read here why."))
        return redirect(_address(pk, reader))
    made = paper.pdf(render_to_string("casework/plan_pdf.html", {"sheet": sheet, "user": request.user}), large=False)
    # No name in what the file is called: it ends up in a list of downloads.
    headers = {"Content-Disposition": f'attachment; filename="{slugify(_("The plan"))}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_POST
def read_along(request: SignedIn, pk: UUID) -> HttpResponse:
    """A colleague has read this very text and finds that it betrays nobody."""
    case = case_to_work_on(request, pk)
    reader = _reader(request, household_to_choose(case, request.user))
    sheet = plan_paper.paper_of(case, request.user, reader=reader)
    if request.POST.get("text") != sheet.fingerprint:
        messages.error(request, _("The plan was changed meanwhile. Read it again."))
    else:
        actions.check_plan_paper(actor=request.user, case=case, fingerprint=sheet.fingerprint)
        messages.success(request, _("Noted: you read it and it may go on paper."))
    return redirect(_address(pk, reader))


@require_POST
def ask(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask a colleague to read this very text; it comes on their Vandaag."""
    case = case_to_work_on(request, pk)
    reader = _reader(request, household_to_choose(case, request.user))
    sheet = plan_paper.paper_of(case, request.user, reader=reader)
    if sheet.kept and not sheet.is_read:
        actions.ask_plan_reader(actor=request.user, case=case, fingerprint=sheet.fingerprint, reader=reader)
        messages.success(request, _("Asked. It stands on Vandaag of the colleagues of this case."))
    return redirect(_address(pk, reader))


def _reader(request: SignedIn, household: list[tuple[UUID, str]]) -> UUID | None:
    """For whom it is: one of the household where that matters, else everyone at home."""
    named = request.GET.get(READER, "")
    found = next((pk for pk, _name in household if str(pk) == named), None)
    if named and found is None:
        raise Http404
    return found


def _address(pk: UUID, reader: UUID | None) -> str:
    return reverse("casework:case-plan-paper", args=[pk]) + (f"?{READER}={reader}" if reader else "")
