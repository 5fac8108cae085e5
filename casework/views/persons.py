"""Who a case is about: adding a name later, and bringing together what is one person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import actions, permissions, persons
from casework.forms import MergeForm, PartForm, PersonalForm, SearchForm
from casework.models import CaseMember
from casework.parting import part_page

from . import SignedIn
from .visible import case_to_work_on


@require_http_methods(["GET", "POST"])
def who(request: SignedIn, pk: UUID) -> HttpResponse:
    """A name, a birth, a way to reach someone: added or changed, also for who came without a name."""
    case = case_to_work_on(request, pk)
    form = PersonalForm(
        request.POST if request.method == "POST" else None, initial=persons.personal_data(case, request.user, what="who it is")
    )
    if form.is_bound and form.run(actions.amend_resident, actor=request.user, case=case):
        messages.success(request, _("Saved."))
        return redirect(case)
    return render(request, "casework/case_who.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def double(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who may be the same person; a search is sent by POST, since a name does not belong in an address."""
    return _double(request, _member(request, pk))


@require_http_methods(["GET", "POST"])
def double_person(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """The same of someone else of the household."""
    return _double(request, _member(request, pk, resident))


@require_http_methods(["GET", "POST"])
def merge(request: SignedIn, pk: UUID, other: UUID) -> HttpResponse:
    """Both beside each other, what differs, and whose name counts."""
    return _merge(request, _member(request, pk), _member(request, other))


@require_http_methods(["GET", "POST"])
def merge_people(request: SignedIn, pk: UUID, resident: UUID, other: UUID, other_resident: UUID) -> HttpResponse:
    """The same of any two people of two cases, or of one."""
    return _merge(request, _member(request, pk, resident), _member(request, other, other_resident))


@require_http_methods(["GET", "POST"])
def undo(request: SignedIn, pk: UUID, merge: UUID) -> HttpResponse:
    """They are two people after all; of whom is what was noted since?"""
    case = case_to_work_on(request, pk)
    found = get_object_or_404(persons.merges_of(case, request.user).select_related("case", "other_case", "done_by"), pk=merge)
    page = part_page(case, found, request.user)
    form = PartForm(request.POST if request.method == "POST" else None, page=page)
    if form.is_bound and form.run(actions.undo_merge, actor=request.user, merge=found):
        messages.success(request, _("Undone: these are two people again."))
        return redirect(case)
    return render(request, "casework/case_part.html", {"case": case, "merge": found, "form": form, "page": page})


def _double(request: SignedIn, member: CaseMember) -> HttpResponse:
    text = request.POST.get("q", "").strip()[:200]
    page = persons.double_page(member, request.user, text=text)
    return render(request, "casework/case_double.html", {"page": page, "form": SearchForm({"q": text}), "searched": bool(text)})


def _merge(request: SignedIn, member: CaseMember, other: CaseMember) -> HttpResponse:
    page = persons.merge_page(member, other, request.user)
    form = MergeForm(request.POST if request.method == "POST" else None, page=page)
    two = {"resident": member.resident_id, "other_resident": other.resident_id}
    if form.is_bound and form.run(actions.merge_residents, actor=request.user, case=member.case, other=other.case, **two):
        messages.success(request, _("Brought together. You can undo this for thirty days."))
        return redirect(member.case)
    return render(request, "casework/case_merge.html", {"page": page, "form": form})


def _member(request: SignedIn, pk: UUID, resident: UUID | None = None) -> CaseMember:
    """Someone of a case that this person works on; without `resident` whom it is about."""
    case = case_to_work_on(request, pk)
    which: dict[str, Any] = {"resident": resident} if resident else {"part": CaseMember.Part.MAIN}
    if resident:
        permissions.check_may_see(request.user, case, "household")
    return get_object_or_404(CaseMember.objects.select_related("case"), case=case, **which)
