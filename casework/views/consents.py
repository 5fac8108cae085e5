"""Informing and consent: what a resident was told and said, per purpose, and the paper that says it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework import actions, paper
from casework.consent_page import ConsentPage, consent_page
from casework.consent_paper import consent_paper
from casework.forms.consents import ConsentForm, InformForm, SaidForm
from casework.models import Case, ConsentStep, Resident

from . import SignedIn
from .visible import case_to_work_on

# Where someone came from, such as a request that they were writing: nothing of it was lost.
BACK = "terug"


@require_GET
def consent(request: SignedIn, pk: UUID, resident: UUID | None = None) -> HttpResponse:
    """Who gets what on what ground, what was told, and what was said."""
    return _show(request, _page(request, case_to_work_on(request, pk), resident))


@require_POST
def inform(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """It was told, for one purpose or for all."""
    page = _page(request, case_to_work_on(request, pk), resident)
    form = InformForm(request.POST, page=page)
    if form.run(actions.note_informing, actor=request.user, case=page.case, resident=Resident(pk=page.resident)):
        messages.success(request, _("Noted that you told it."))
    else:
        messages.error(request, form.refusal)
    return redirect(_address(request, page))


@require_POST
def answer(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """A yes, a no, or a yes that is taken back."""
    page = _page(request, case_to_work_on(request, pk), resident)
    about = request.POST.get("about", "")
    form = ConsentForm(request.POST, page=page, auto_id=_ids(about))
    step = form.run(actions.note_consent, actor=request.user, case=page.case, resident=Resident(pk=page.resident))
    if step:
        messages.success(request, _done(step.state))
        return redirect(_address(request, page, about))
    return _show(request, page, {about: form})


@require_POST
def withdraw_all(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """Every yes is taken back at once."""
    page = _page(request, case_to_work_on(request, pk), resident)
    form = SaidForm(request.POST, page=page, auto_id=_ids("all"))
    if form.run(actions.withdraw_all_consent, actor=request.user, case=page.case, resident=Resident(pk=page.resident)):
        messages.success(request, _done(ConsentStep.State.WITHDRAWN))
        return redirect(_address(request, page))
    return _show(request, page, {"all": form})


@require_GET
def on_paper(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """What is done with the data and what is asked, to look at, print, or sign."""
    case = case_to_work_on(request, pk)
    sheet = consent_paper(_page(request, case, resident, what="consent on paper", paper=True), request.user)
    return render(request, "casework/consent_paper.html", {"sheet": sheet, "page": sheet.page, "has_pdf": paper.can_make_pdf()})


@require_GET
def as_pdf(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """The same as PDF; where the machine cannot make one, the page."""
    case = case_to_work_on(request, pk)
    sheet = consent_paper(_page(request, case, resident, what="consent on paper", paper=True), request.user)
    if not paper.can_make_pdf():
        return redirect("casework:case-consent-paper", pk, resident)
    context = {"sheet": sheet, "page": sheet.page, "user": request.user}
    made = paper.pdf(render_to_string("casework/consent_pdf.html", context), large=False)
    # No name in what the file is called: it ends up in a list of downloads.
    headers = {"Content-Disposition": f'attachment; filename="{slugify(_("Informing and consent"))}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _page(request: SignedIn, case: Case, resident: UUID | None, **how: Any) -> ConsentPage:
    try:
        return consent_page(case, request.user, resident, **how)
    except Resident.DoesNotExist:
        raise Http404 from None


def _show(request: SignedIn, page: ConsentPage, sent: dict[str, Any] | None = None) -> HttpResponse:
    sent = sent or {}
    forms = {line.key: sent.get(line.key) or ConsentForm(page=page, auto_id=_ids(line.key)) for line in page.lines}
    parts = [{"part": part, "lines": [{"line": line, "form": forms[line.key]} for line in part.lines]} for part in page.parts]
    context = {
        "page": page,
        "parts": parts,
        "all": sent.get("all") or SaidForm(page=page, auto_id=_ids("all")),
        "refused": next(iter(sent.values()), None),
        "back": _back(request),
    }
    return render(request, "casework/consent.html", context)


def _back(request: HttpRequest) -> str:
    """Only an address of our own."""
    target = request.GET.get(BACK) or request.POST.get(BACK, "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return target if safe else ""


def _address(request: HttpRequest, page: ConsentPage, about: str = "") -> str:
    address = reverse("casework:case-consent-of", args=[page.case.pk, page.resident])
    back = _back(request)
    return address + (f"?{urlencode({BACK: back})}" if back else "") + (f"#{about}" if about else "")


def _ids(about: str) -> str:
    return f"id_{about}_%s"


def _done(state: str) -> str:
    if state == ConsentStep.State.GIVEN:
        return _("Noted. It may go along now, and can be taken back at any moment.")
    if state == ConsentStep.State.REFUSED:
        return _("Noted. It goes nowhere. Refusing changes nothing in the help.")
    return _("Taken back. What was open under it closed at once.")
