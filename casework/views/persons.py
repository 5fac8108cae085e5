"""Who a case is about: adding a name later, and bringing together what is one person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import actions, permissions, persons
from casework.forms import ConfirmForm, MergeForm, PersonalForm, SearchForm
from casework.models import Case

from . import SignedIn


@require_http_methods(["GET", "POST"])
def who(request: SignedIn, pk: UUID) -> HttpResponse:
    """A name, a birth, a way to reach someone: added or changed, also for who came without a name."""
    case = _worked_on(request, pk)
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
    case = _worked_on(request, pk)
    text = request.POST.get("q", "").strip()[:200]
    page = persons.double_page(case, request.user, text=text)
    return render(request, "casework/case_double.html", {"page": page, "form": SearchForm({"q": text}), "searched": bool(text)})


@require_http_methods(["GET", "POST"])
def merge(request: SignedIn, pk: UUID, other: UUID) -> HttpResponse:
    """Both beside each other, what differs, and whose name counts."""
    case, second = _worked_on(request, pk), _worked_on(request, other)
    page = persons.merge_page(case, second, request.user)
    form = MergeForm(request.POST if request.method == "POST" else None, left=page.names[0], right=page.names[1])
    if form.is_bound and form.run(actions.merge_residents, actor=request.user, case=case, other=second):
        messages.success(request, _("Brought together. You can undo this for thirty days."))
        return redirect(case)
    return render(request, "casework/case_merge.html", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def undo(request: SignedIn, pk: UUID, merge: UUID) -> HttpResponse:
    """They are two people after all."""
    case = _worked_on(request, pk)
    found = get_object_or_404(persons.merges_of(case).select_related("case", "other_case", "done_by"), pk=merge)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.undo_merge, actor=request.user, merge=found):
        messages.success(request, _("Undone: these are two people again."))
        return redirect(case)
    return render(request, "casework/case_part.html", {"case": case, "merge": found, "form": form})


def _worked_on(request: SignedIn, pk: UUID) -> Case:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    permissions.check_may_work_on(request.user, case)
    return case
