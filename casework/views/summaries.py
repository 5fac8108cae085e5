"""The summary: made to be read back, put in other words, agreed, and taken along on paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import actions, paper, permissions, summaries
from casework.forms import AgreeForm, ComposeForm, WordingForm
from casework.languages import direction_of, languages, offered
from casework.models import CaseSummary
from casework.selectors import people_in
from casework.withholding import kept_in, may_go_on_paper
from casework.withholding_pages import copy_page, household_to_choose
from casework.wording import own_wording
from luisterloket.people.models import User

from . import SignedIn
from .visible import case_to_work_on, version_to_work_on

# The type of a page on paper: ordinary, or large for who reads badly.
LARGE = "groot"


@require_http_methods(["GET", "POST"])
def summary(request: SignedIn, pk: UUID) -> HttpResponse:
    """The newest version, or the record as it would be told when there is none yet. Sending makes a version."""
    case = case_to_work_on(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = ComposeForm(sent, languages=offered(), household=household_to_choose(case, request.user))
    if form.is_bound:
        version = form.run(actions.compose_summary, actor=request.user, case=case)
        if version:
            return redirect(version)
    newest = CaseSummary.objects.filter(case=case).order_by("-number").first()
    if newest is not None and not form.is_bound:
        return redirect(newest)
    wording = own_wording()
    composed = summaries.composed_now(case, request.user, wording)
    context = {"case": case, "summary": composed.summary, "form": form, "language": get_language()}
    context["reading"] = summaries.reading_of(composed.summary, wording.language)
    return render(request, "casework/summary.html", context)


@require_http_methods(["GET", "POST"])
def version(request: SignedIn, pk: UUID, number: int) -> HttpResponse:
    """One version to read back. Sending keeps that it was agreed."""
    found = version_to_work_on(request, pk, number)
    colleagues = User.objects.filter(pk__in=people_in(found.case)) | User.objects.filter(pk=request.user.pk)
    sent = request.POST if request.method == "POST" else None
    form = AgreeForm(sent, colleagues=colleagues.order_by("name"), reader=request.user)
    if form.is_bound and form.run(actions.agree_summary, actor=request.user, version=found):
        messages.success(request, _("Kept: read back and agreed."))
        return redirect(found)
    page = summaries.summary_page(found, request.user)
    household = household_to_choose(found.case, request.user)
    before = {"language": found.language, "reader": found.reader_id}
    again = ComposeForm(languages=offered(), household=household, initial=before)
    context = {"page": page, "case": page.case, "form": form, "again": again, "large": _is_large(request)}
    context["has_pdf"] = paper.can_make_pdf()
    context["copy"] = copy_page(found, request.user, household)
    return render(request, "casework/summary_version.html", context)


@require_http_methods(["GET", "POST"])
def wording(request: SignedIn, pk: UUID, number: int) -> HttpResponse:
    """A version in other words. “Measure” shows how hard the text is without keeping it."""
    found = version_to_work_on(request, pk, number)
    if found.is_agreed and request.method == "GET":
        return redirect(found)
    sent = request.POST if request.method == "POST" else None
    if sent and "measure" in sent and request.htmx:
        # Only what was typed goes back, so nothing is looked at.
        typed = WordingForm(sent, version=found, earlier={}).typed
        return render(request, "casework/summary_reading.html", {"reading": summaries.reading_in(typed, found.language)})
    earlier = summaries.earlier_words(found, summaries.look_at_version(found, request.user))
    form = WordingForm(sent, version=found, earlier=earlier)
    if sent and "measure" not in sent and form.run(actions.edit_summary, actor=request.user, version=found):
        messages.success(request, _("Saved. Read it back and agree on it."))
        return redirect(found)
    context: dict[str, Any] = {"version": found, "case": found.case, "form": form, "direction": direction_of(found.language)}
    context["reading"] = summaries.reading_in(form.typed, found.language)
    return render(request, "casework/summary_wording.html", context)


@require_GET
def on_paper(request: SignedIn, pk: UUID, number: int) -> HttpResponse:
    """One version as PDF; where the machine cannot make one, the page that can be printed."""
    found = version_to_work_on(request, pk, number)
    if not paper.can_make_pdf():
        return redirect(found)
    if not may_go_on_paper(found, kept_in(found.case_id)):
        messages.error(request, _("This version does not go on paper yet. Read here why."))
        return redirect(found)
    summaries.look_at_version(found, request.user, what="summary on paper")
    context = {"version": found, "summary": found.as_written, "direction": direction_of(found.language), "user": request.user}
    made = paper.pdf(render_to_string("casework/summary_paper.html", context), large=_is_large(request))
    # No name in what the file is called: it ends up in a list of downloads.
    headers = {"Content-Disposition": f'attachment; filename="{slugify(_("Summary"))}-{number}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_GET
def summary_languages(request: SignedIn) -> HttpResponse:
    """Which languages a summary can be made in, and what the others still lack."""
    permissions.check_may_see_languages(request.user)
    return render(request, "casework/summary_languages.html", {"languages": languages()})


def _is_large(request: SignedIn) -> bool:
    return request.GET.get("letter") == LARGE
