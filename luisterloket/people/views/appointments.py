"""Appointing someone, ending that, and what needs a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.people import actions, permissions
from luisterloket.people.forms.accounts import AnswerProposalForm, AppointForm, EndForm
from luisterloket.people.hands import left_in_hands
from luisterloket.people.models import Appointment, Proposal
from luisterloket.people.requests import SignedIn
from luisterloket.people.separation import NEEDS_TWO

from .accounts import account_of


@require_http_methods(["GET", "POST"])
def appoint(request: SignedIn, pk: UUID) -> HttpResponse:
    """What someone does here from now on. What nobody gives alone becomes a proposal."""
    user = account_of(request, pk)
    permissions.check_may_manage_account(request.user, user)
    form = AppointForm(request.POST or None)
    if form.is_bound:
        two = form.is_valid() and form.cleaned_data["role"] in NEEDS_TWO
        action = actions.propose_appointment if two else actions.appoint
        if form.run(action, actor=request.user, user=user):
            messages.success(request, _("Proposed. It is in force as soon as another agrees.") if two else _("Appointed."))
            return redirect("accounts-one", pk)
    return render(request, "people/appoint.html", {"form": form, "whom": user})


@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: UUID, appointment: UUID) -> HttpResponse:
    """The last day; says first what is still in this person's hands."""
    user = account_of(request, pk)
    post = get_object_or_404(Appointment.objects.select_related("unit", "user"), pk=appointment, user=user)
    permissions.check_may_manage_account(request.user, user)
    form = EndForm(request.POST or None)
    if form.is_bound and form.run(actions.end_appointment, actor=request.user, appointment=post):
        messages.success(request, _("The last day is noted."))
        return redirect("accounts-one", pk)
    context = {"form": form, "whom": user, "post": post, "left": left_in_hands(user.pk, post.unit_id)}
    return render(request, "people/appointment_end.html", context)


@require_GET
def proposals(request: SignedIn) -> HttpResponse:
    """What waits for a second person, and what was answered lately."""
    permissions.check_may_see_proposals(request.user)
    found = Proposal.objects.select_related("user", "unit", "proposed_by", "answered_by", "on_behalf_of")
    waiting = [
        {
            "one": one,
            "form": AnswerProposalForm(auto_id=False),
            "may": permissions.may(permissions.check_may_answer_proposal, request.user, one),
        }
        for one in found.filter(status=Proposal.Status.PROPOSED)
    ]
    answered = found.exclude(status=Proposal.Status.PROPOSED).order_by("-answered_at")[:30]
    return render(request, "people/proposals.html", {"waiting": waiting, "answered": answered})


@require_POST
def proposal_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    if not permissions.may(permissions.check_may_see_proposals, request.user):
        raise Http404
    proposal = get_object_or_404(Proposal.objects.select_related("user", "unit", "on_behalf_of"), pk=pk)
    permissions.check_may_answer_proposal(request.user, proposal)
    form = AnswerProposalForm(request.POST)
    if form.run(actions.answer_proposal, actor=request.user, proposal=proposal):
        messages.success(request, _("Noted."))
    else:
        messages.error(request, form.refusal)
    return redirect("proposals")
