"""The yearly review of access: the rounds, and one round with a tap for each appointment."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luisterloket.people import actions, permissions, reviewing
from luisterloket.people.forms.accounts import DecideForm
from luisterloket.people.models import AccessReview, Appointment, ReviewDecision
from luisterloket.people.requests import SignedIn


@require_GET
def reviews(request: SignedIn) -> HttpResponse:
    """The rounds that are open, and those that were finished."""
    permissions.check_may_see_reviews(request.user)
    found = reviewing.open_for(request.user)
    mine = {review.pk: count for review, count in reviewing.waits_for(request.user, found)}
    open_ones = [{"review": review, "count": mine.get(review.pk, 0)} for review in found]
    context = {"open": open_ones, "closed": reviewing.closed_for(request.user), "term": reviewing.YEARLY}
    return render(request, "people/reviews.html", context)


@require_GET
def review(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _review(request, pk)
    rows = [
        {"line": line, "form": DecideForm(auto_id=False) if line.may_decide else None}
        for line in reviewing.lines(found, request.user)
    ]
    return render(request, "people/review.html", {"review": found, "rows": rows})


@require_POST
def decide(request: SignedIn, pk: UUID, appointment: UUID) -> HttpResponse:
    """One tap: still right, or it ends."""
    found = _review(request, pk)
    post = get_object_or_404(Appointment.objects.select_related("unit", "user"), pk=appointment, unit=found.unit_id)
    proposed = found.decisions.filter(appointment=post, kind=ReviewDecision.Kind.PROPOSED).first()
    permissions.check_may_decide_review(request.user, post, proposed.decided_by_id if proposed else None)
    form = DecideForm(request.POST)
    if form.run(actions.decide_review, actor=request.user, review=found, appointment=post):
        messages.success(request, _("Noted."))
    else:
        messages.error(request, form.refusal)
    return redirect("review", pk)


def _review(request: SignedIn, pk: UUID) -> AccessReview:
    found = AccessReview.objects.select_related("unit__organisation").filter(pk=pk).first()
    if found is None or not permissions.may_see_review(request.user, found):
        raise Http404
    return found
