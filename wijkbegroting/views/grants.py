"""Maatwerk: asking, co-signing, deciding, paying. Who decides or pays sees the grant only, never the case."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.models import Case
from casework.plan_begun import begun_from, step_asked
from luisterloket.people.requests import SignedIn
from luisterloket.platform import drafts
from luisterloket.platform.paging import key_of
from wijkbegroting import actions, pages, permissions, selectors
from wijkbegroting.acts import ON_GRANT
from wijkbegroting.forms import AskForm
from wijkbegroting.models import MaatwerkGrant

from . import sent


@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask for maatwerk in a case, with what each line has free before one starts."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    permissions.check_may_ask(request.user, case)
    rows, kept_as = selectors.lines_to_ask_from(case), f"maatwerk {case.pk}"
    draft = drafts.draft_of(request.user, kept_as)
    form = AskForm(sent(request), lines=rows, initial=drafts.values_of(draft))
    grant = form.run(actions.ask_maatwerk, actor=request.user, case=case)
    step = step_asked(request.GET if request.method == "GET" else request.POST, drafts.values_of(draft))
    if grant:
        begun_from(step, actor=request.user, case=case, kind="maatwerk", label="grant", thing=grant.pk)
        drafts.drop_draft(actor=request.user, form=kept_as)
        messages.success(request, _("It is asked. Your colleagues see it at once and can co-sign."))
        return redirect(grant)
    context = {
        "form": form,
        "case": case,
        "rows": rows,
        "mandates": selectors.mandates_of(case.unit_id),
        "draft": draft,
        "kept_as": kept_as,
        "step": step,
    }
    return render(request, "wijkbegroting/ask.html", context)


@require_GET
def grant(request: SignedIn, pk: UUID) -> HttpResponse:
    """One grant, with as much of it as this person needs for their part."""
    found = get_object_or_404(_visible(request), pk=pk)
    return render(request, "wijkbegroting/grant.html", {"page": pages.grant_page(request.user, found), "new_key": uuid4})


@require_http_methods(["GET", "POST"])
def act(request: SignedIn, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act; without fields at once, otherwise on a page that asks for them."""
    found = get_object_or_404(_visible(request), pk=pk)
    if act not in ON_GRANT:
        raise Http404
    chosen = ON_GRANT[act]
    if request.method == "GET" and found.status not in chosen.states:
        return redirect(found)
    form = chosen.make_form(sent(request))
    if form.run(chosen.action, actor=request.user, grant=found):
        messages.success(request, chosen.done)
        still_there = MaatwerkGrant.objects.visible_to(request.user).filter(pk=pk).exists()
        return redirect(found if still_there else "start")
    chosen.check(request.user, found)
    return render(request, "wijkbegroting/grant_act.html", {"form": form, "act": chosen, "grant": found})


@require_GET
def to_pay(request: SignedIn) -> HttpResponse:
    """What waits to be paid, longest first."""
    permissions.check_may_pay_somewhere(request.user)
    rows, following = selectors.pay_page(request.user, before=key_of(request.GET.get("after", "")))
    return render(request, "wijkbegroting/pay_list.html", {"rows": rows, "following": following})


def _visible(request: SignedIn):  # type: ignore[no-untyped-def]
    people = ("line__budget", "unit", "asked_by", "cosigned_by", "decided_by", "paid_by", "mandate__signed_by")
    return MaatwerkGrant.objects.visible_to(request.user).select_related(*people)
