"""A line of the budget: proposing it, deciding on it, and reading what became of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luisterloket.people.requests import SignedIn
from luisterloket.platform.paging import key_of
from wijkbegroting import actions, permissions, selectors
from wijkbegroting.acts import ON_LINE, possible
from wijkbegroting.forms import LineForm
from wijkbegroting.models import BudgetLine, WijkBudget

from . import sent


@require_GET
def line(request: SignedIn, pk: UUID) -> HttpResponse:
    """Balances, decisions, grants without a name, postings."""
    found = get_object_or_404(_visible(request), pk=pk)
    page = selectors.line_page(request.user, found, before=key_of(request.GET.get("before", ""), int))
    context = {"page": page, "line": found, "acts": possible(ON_LINE, request.user, found), "new_key": uuid4}
    return render(request, "wijkbegroting/line.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask for a part of the money of the wijk."""
    budget = get_object_or_404(WijkBudget.objects.visible_to(request.user).select_related("unit"), pk=pk)
    permissions.check_may_propose(request.user, budget.unit_id)
    form = LineForm(sent(request), budget=budget)
    if form.run(actions.propose_line, actor=request.user, budget=budget):
        messages.success(request, _("The line is proposed. The wijkwethouder decides."))
        return redirect(budget)
    context = {"form": form, "budget": budget, "title": _("Propose a line"), "button": _("Propose")}
    return render(request, "wijkbegroting/form.html", context)


@require_http_methods(["GET", "POST"])
def resubmit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put a returned line forward again."""
    found = get_object_or_404(_visible(request), pk=pk)
    permissions.check_may_resubmit(request.user, found)
    form = LineForm(sent(request), budget=found.budget, line=found)
    if form.run(actions.resubmit_line, actor=request.user, line=found):
        messages.success(request, _("The line is proposed. The wijkwethouder decides."))
        return redirect(found)
    context = {"form": form, "budget": found.budget, "title": found.name, "button": _("Propose again"), "lead": found.reason}
    return render(request, "wijkbegroting/form.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: SignedIn, pk: UUID, act: str) -> HttpResponse:
    """Approve, return or reject."""
    found = get_object_or_404(_visible(request), pk=pk)
    if act not in ON_LINE:
        raise Http404
    chosen = ON_LINE[act]
    if request.method == "GET" and found.status not in chosen.states:
        return redirect(found)
    form = chosen.make_form(sent(request))
    if form.run(chosen.action, actor=request.user, line=found):
        messages.success(request, chosen.done)
        return redirect(found.budget)
    chosen.check(request.user, found)
    balance = selectors.source_balances([found.source])[found.source_id]
    return render(request, "wijkbegroting/line_act.html", {"form": form, "act": chosen, "line": found, "balance": balance})


def _visible(request: SignedIn):  # type: ignore[no-untyped-def]
    return BudgetLine.objects.visible_to(request.user).select_related("budget__unit", "source", "proposed_by", "decided_by")
