"""Documents of a case: added, seen, described better, taken off. A file itself is only given through the disclosure."""

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, file_store
from casework.document_categories import categories_to_add
from casework.document_disclosures import document_to_read
from casework.documents import DocumentLine, DocumentsPage, documents_page
from casework.file_types import TYPES
from casework.forms.documents import AboutForm, AddDocumentsForm, TakeOffForm
from casework.models import Case, Document
from luisterloket.platform.sealed_files import Broken

from . import SignedIn
from .visible import case_to_work_on

log = logging.getLogger(__name__)
# Whatever a file holds, a browser that shows it runs nothing of it and lets it reach nothing.
SANDBOX = "sandbox; default-src 'none'"


@require_http_methods(["GET", "POST"])
def documents(request: SignedIn, pk: UUID) -> HttpResponse:
    """What is on file; sending adds files. One that is not kept is named with the reason, and the others are kept."""
    case = case_to_work_on(request, pk)
    page = documents_page(case, request.user)
    asked: dict[str, Any] = {"categories": categories_to_add(request.user, case), "household": page.household}
    form = AddDocumentsForm(request.POST, request.FILES, **asked) if request.method == "POST" else AddDocumentsForm(**asked)
    if form.is_bound:
        if form.is_valid():
            if form.run(actions.add_documents, actor=request.user, case=case):
                messages.success(request, _kept(len(form.cleaned_data["uploads"])))
                return redirect("casework:case-documents", pk)
        elif form.rest_is_right:
            form = _with_the_rest(request, case, form, asked)
            page = documents_page(case, request.user)
    return render(request, "casework/documents.html", {"page": page, "form": form})


def _with_the_rest(request: SignedIn, case: Case, form: AddDocumentsForm, asked: dict[str, Any]) -> AddDocumentsForm:
    """Keep the files that can be kept, and give the form back with what was typed for those that could not."""
    actions.add_documents(actor=request.user, case=case, **form.details())
    messages.success(request, _kept(len(form.cleaned_data["uploads"])))
    # What is sent next is another form.
    typed = request.POST.copy()
    typed["command_key"] = str(AddDocumentsForm(**asked).initial["command_key"])
    again = AddDocumentsForm(typed, request.FILES, **asked)
    again.is_valid()
    return again


def _kept(number: int) -> str:
    return ngettext("One file is kept.", "%(number)s files are kept.", number) % {"number": number}


@require_GET
def file(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """The file itself. For whom the convenant does not show it, it is not there; each opening is kept."""
    case = case_to_work_on(request, pk)
    item = document_to_read(case, request.user, document, what="document opened")
    if item is None:
        raise Http404
    found = Document.objects.get(pk=document)
    try:
        content = file_store.read_file(found.storage_name, found.bound_to)
    except (file_store.NotThere, Broken):
        log.exception("A file of a document cannot be read", extra={"document_id": str(document)})
        messages.error(request, _("This file cannot be read any more. Tell who manages Luisterloket, and ask for it again."))
        return redirect("casework:case-documents", pk)
    kind = TYPES[found.content_type]
    inline = kind.is_picture and "opslaan" not in request.GET
    headers = {
        "Content-Disposition": content_disposition_header(not inline, found.file_name) or "attachment",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind.mime, headers=headers)


@require_http_methods(["GET", "POST"])
def document(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """One document with what is known of it. Sending describes it better."""
    case = case_to_work_on(request, pk)
    page = documents_page(case, request.user, what="document")
    line = next((line for line in page.lines if line.item.ref == document), None)
    if line is None:
        raise Http404
    form = _about(request, case, page, line, request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.amend_document, actor=request.user, document=_of(case, document)):
        messages.success(request, _("Changed."))
        return redirect("casework:case-documents", pk)
    may_write = line.item.category in form.categories
    context = {"page": page, "line": line, "form": form, "take_off": TakeOffForm(), "may_write": may_write}
    return render(request, "casework/document.html", context)


@require_POST
def take_off(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """It does not belong on file; or it is of someone else, and then it is wiped."""
    case = case_to_work_on(request, pk)
    page = documents_page(case, request.user, what="document")
    line = next((line for line in page.lines if line.item.ref == document), None)
    if line is None:
        raise Http404
    form = TakeOffForm(request.POST)
    taken = form.run(actions.take_off_document, actor=request.user, document=_of(case, document))
    if taken:
        messages.success(request, _("The file is wiped.") if taken.wiped_at else _("The document was taken off."))
        return redirect("casework:case-documents", pk)
    asked: dict[str, Any] = {"categories": categories_to_add(request.user, case), "household": page.household}
    described = AboutForm(initial={**line.item.details, "category": line.item.category}, **asked)
    return render(
        request, "casework/document.html", {"page": page, "line": line, "form": described, "take_off": form, "may_write": True}
    )


@require_POST
def put_back(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """It belongs on file after all."""
    case = case_to_work_on(request, pk)
    page = documents_page(case, request.user)
    found = next((one for one in page.taken_off if one.pk == document), None)
    if found is None:
        raise Http404
    found.case = case
    actions.put_back_document(actor=request.user, document=found)
    messages.success(request, _("The document is back."))
    return redirect("casework:case-documents", pk)


def _about(request: SignedIn, case: Case, page: DocumentsPage, line: DocumentLine, sent: Any = None) -> AboutForm:
    now = {**line.item.details, "category": line.item.category}
    return AboutForm(sent, initial=now, categories=categories_to_add(request.user, case), household=page.household)


def _of(case: Case, pk: UUID) -> Document:
    found = get_object_or_404(Document.objects.on_file(), pk=pk, case=case)
    found.case = case
    return found
