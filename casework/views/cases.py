"""A case: its page, what came up later, what changed, and who looked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import actions, changes, permissions
from casework.case_page import case_page
from casework.disclosures import scope_of, scope_with_others
from casework.forms import MARK_FORMS, MarkForms
from casework.models import Concern, Strength, SupportPerson
from casework.selectors import domains_in_order
from casework.signs import SAFETY
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.platform.paging import key_of

from . import SignedIn
from .visible import case_to_work_on, visible_case

ADD = {"concern": actions.add_concern, "strength": actions.add_strength, "person": actions.add_person}
HEARD: dict[str, Any] = {"concern": Concern, "strength": Strength, "person": SupportPerson}
# Under which name the disclosure gives each kind.
ITEM_KINDS = {"concern": "concern", "strength": "strength", "person": "support_person"}


@require_GET
def case(request: SignedIn, pk: UUID) -> HttpResponse:
    """Everything of one case that this person may see."""
    page = case_page(visible_case(request, pk), request.user)
    # Each panel sees its own context only.
    panels = [render_to_string(panel.template, dict(panel.context), request) for panel in page.panels]
    return render(request, "casework/case.html", {"page": page, "panels": panels})


@require_http_methods(["GET", "POST"])
def update(request: SignedIn, pk: UUID) -> HttpResponse:
    """What came up later: another concern, a strength, someone who helps; or something that is no longer as it was."""
    case = case_to_work_on(request, pk)
    safety = permissions.may_contribute(request.user, SAFETY, case.unit_id, case.pk)
    order = domains_in_order(case.unit_id)
    forms = MarkForms(request.POST if request.method == "POST" else None, order=order, safety=safety)
    if forms.sent and forms.sent.run(ADD[forms.kind], actor=request.user, case=case):
        messages.success(request, _("Added."))
        return redirect(case.get_absolute_url())
    scope = scope_with_others(case, request.user)
    disclosed = disclose(scope, to=request.user, purpose="listening", ground=Ground("involvement", case.pk), what="updating a case")
    heard = [(kind, item) for kind, name in ITEM_KINDS.items() for item in disclosed.of(name)]
    context = {"case": case, "name": disclosed.text("name", scope.subjects[0]), "heard": heard, **forms.context()}
    return render(request, "casework/case_update.html", context)


@require_http_methods(["GET", "POST"])
def amend(request: SignedIn, pk: UUID, kind: str, thing: UUID) -> HttpResponse:
    """Put right what was heard, or say how it goes now."""
    case = case_to_work_on(request, pk)
    if kind not in MARK_FORMS:
        raise Http404
    disclosed = disclose(
        scope_of(case), to=request.user, purpose="listening", ground=Ground("involvement", case.pk), what="updating a case"
    )
    item = next((item for item in disclosed.of(ITEM_KINDS[kind]) if item.ref == thing), None)
    if item is None:
        raise Http404
    order = domains_in_order(case.unit_id)
    sent = request.POST if request.method == "POST" else None
    safety = permissions.may_contribute(request.user, SAFETY, case.unit_id, case.pk)
    form = MARK_FORMS[kind](sent, initial={"text": item.text, **item.details}, order=order, safety=safety)
    found = get_object_or_404(HEARD[kind], pk=thing, case=case)
    if form.is_bound and form.run(actions.amend, actor=request.user, case=case, thing=found):
        messages.success(request, _("Changed."))
        return redirect(case.get_absolute_url())
    return render(request, "casework/case_amend.html", {"case": case, "form": form})


@require_GET
def history(request: SignedIn, pk: UUID) -> HttpResponse:
    """What changed in this case, in words, as far as it is for who looks."""
    case = visible_case(request, pk)
    before = key_of(request.GET.get("before", ""), changes.place)
    return render(request, "casework/case_history.html", {"page": changes.changes_page(case, request.user, before=before)})
