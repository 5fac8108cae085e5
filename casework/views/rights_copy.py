"""The copy of everything: to look at, to have read by a second person, and to give."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework import actions, paper, rights_permissions
from casework.actions.rights_copies import ready_to_give
from casework.forms.rights import AskReaderForm, ChooseForCopyForm, GiveCopyForm, ReadCopyForm
from casework.models import Document, RightsRequest
from casework.rights_copy import Copy, copy_of
from casework.rights_file import as_json
from casework.rights_words import about_copy
from casework.rights_zip import Filed, archive
from luisterloket.people.permissions import may
from luisterloket.platform.templatetags.ui import days_in_full

from . import SignedIn
from .rights import handled


@require_GET
def copy(request: SignedIn, pk: UUID) -> HttpResponse:
    """Everything that would be given, and what is kept back: for the handler, and once for the second reader."""
    found = _to_see(request, pk)
    return _show(request, found)


@require_POST
def choose(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _in_hand(request, pk)
    form = ChooseForCopyForm(request.POST)
    if form.run(actions.choose_for_copy, actor=request.user, request=found):
        messages.success(request, _("Noted. The copy is read again before it is given."))
        return redirect("casework:rights-copy", pk)
    return _show(request, found, {"choose": form})


@require_POST
def ask(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _in_hand(request, pk)
    form = AskReaderForm(request.POST, colleagues=rights_permissions.could_read(request.user, found))
    if form.run(actions.ask_copy_reader, actor=request.user, request=found):
        messages.success(request, _("Asked. It stands on Vandaag of your colleague."))
        return redirect("casework:rights-request", pk)
    return _show(request, found, {"ask": form})


@require_POST
def read(request: SignedIn, pk: UUID) -> HttpResponse:
    """The second person has read it."""
    found = _to_see(request, pk)
    asked = rights_permissions.copy_to_read(request.user, pk)
    form = ReadCopyForm(request.POST)
    if asked is None:
        raise Http404
    if form.run(actions.read_copy, actor=request.user, copy=asked):
        messages.success(request, _("Kept. Your colleague hears it."))
        return redirect("today")
    return _show(request, found, {"read": form})


@require_POST
def give(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _in_hand(request, pk)
    form = GiveCopyForm(request.POST)
    if form.run(actions.give_copy, actor=request.user, request=found):
        messages.success(request, _("Noted that it was given."))
        return redirect("casework:rights-request", pk)
    return _show(request, found, {"give": form})


@require_GET
def on_paper(request: SignedIn, pk: UUID) -> HttpResponse:
    """The readable copy, as PDF where the machine can make one, else as a page to print."""
    found, made = _to_take_along(request, pk)
    if made is None:
        return redirect("casework:rights-copy", pk)
    with translation.override(settings.LANGUAGE_CODE), days_in_full():
        context = {"copy": made, "about": about_copy(made), "user": request.user}
        html = render_to_string("casework/rights_copy_pdf.html", context)
    if not paper.can_make_pdf():
        return HttpResponse(html)
    headers = {"Content-Disposition": 'attachment; filename="mijn-gegevens.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(paper.pdf(html, large="groot" in request.GET), content_type="application/pdf", headers=headers)


@require_GET
def as_file(request: SignedIn, pk: UUID) -> HttpResponse:
    """The copy for a machine (docs/rights-copy.md)."""
    _found, made = _to_take_along(request, pk)
    if made is None:
        return redirect("casework:rights-copy", pk)
    with translation.override(settings.LANGUAGE_CODE), days_in_full():
        told = json.dumps(as_json(made, about_copy(made)), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="mijn-gegevens.json"', "Cache-Control": "no-store"}
    return HttpResponse(told, content_type="application/json; charset=utf-8", headers=headers)


@require_GET
def files(request: SignedIn, pk: UUID) -> HttpResponseBase:
    """The files of the documents in the copy."""
    _found, made = _to_take_along(request, pk)
    if made is None:
        return redirect("casework:rights-copy", pk)
    documents = list(Document.objects.on_file().filter(pk__in=made.documents).order_by("added_at"))
    filed = [Filed(one.storage_name, one.bound_to, f"{number:02} {one.file_name}") for number, one in enumerate(documents, 1)]
    headers = {"Content-Disposition": 'attachment; filename="mijn-documenten.zip"', "Cache-Control": "no-store"}
    missing = _("This file cannot be read any more. Ask for it again.")
    return StreamingHttpResponse(archive(filed, missing), content_type="application/zip", headers=headers)


def _in_hand(request: SignedIn, pk: UUID) -> RightsRequest:
    found = handled(request, pk)
    rights_permissions.check_has_in_hand(request.user, found)
    if not found.asks_a_copy:
        raise Http404
    return found


def _to_see(request: SignedIn, pk: UUID) -> RightsRequest:
    """For who has it in hand; and for who was asked to read it, until they did."""
    if rights_permissions.copy_to_read(request.user, pk) is not None:
        return get_object_or_404(RightsRequest.objects.in_hand().select_related("case", "handler"), pk=pk)
    return _in_hand(request, pk)


def _to_take_along(request: SignedIn, pk: UUID) -> tuple[RightsRequest, Copy | None]:
    """The copy when a second person found this very one right; else none, with a message."""
    found = _in_hand(request, pk)
    made = copy_of(found, request.user, what="copy of everything on paper")
    if ready_to_give(found, made) is None:
        messages.error(request, _("This copy was not read by a second person yet, or it was changed since. Read here what to do."))
        return found, None
    return found, made


def _show(request: SignedIn, found: RightsRequest, sent: dict[str, Any] | None = None) -> HttpResponse:
    sent = sent or {}
    in_hand = may(rights_permissions.check_has_in_hand, request.user, found)
    asked = rights_permissions.copy_to_read(request.user, found.pk)
    made = copy_of(found, request.user, what="copy of everything" if in_hand else "copy to read")
    with translation.override(settings.LANGUAGE_CODE):
        about = about_copy(made)
    picked = request.POST.get("key") or request.GET.get("wat", "")
    context = {
        "one": found,
        "copy": made,
        "about": about,
        "chosen": made.find(picked) if picked else None,
        "in_hand": in_hand,
        "asked": asked,
        "ready": ready_to_give(found, made),
        "last": found.copies.select_related("reader").order_by("-asked_at").first() if in_hand else None,
        "choose": sent.get("choose") or ChooseForCopyForm(),
        "ask": sent.get("ask") or AskReaderForm(colleagues=rights_permissions.could_read(request.user, found)),
        "read": sent.get("read") or ReadCopyForm(),
        "give": sent.get("give") or GiveCopyForm(),
        "refused": next(iter(sent.values()), None),
        "has_pdf": paper.can_make_pdf(),
    }
    return render(request, "casework/rights_copy.html", context)
