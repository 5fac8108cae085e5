"""Ending a case, or putting it on waakvlam."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import actions, loose_ends
from casework.domains import CATEGORY_OF
from casework.follow_ups import colleagues_on, ending_page
from casework.forms.follow_ups import EndForm
from casework.models import Case
from casework.permissions import may_contribute
from casework.selectors import domains_in_order

from . import SignedIn
from .visible import case_with


@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    """What changed, how it goes on, and who watches what is still open."""
    case = case_with(request, pk, "story")
    if case.status == Case.Status.ENDED:
        return redirect("casework:case-wake", pk)
    sent = request.POST if request.method == "POST" else None
    domains = [
        one for one in domains_in_order(case.unit_id) if may_contribute(request.user, CATEGORY_OF[one], case.unit_id, case.pk)
    ]
    form = EndForm(sent, open_things=loose_ends.told_to(request.user, case), colleagues=colleagues_on(case), domains=domains)
    if form.is_bound and form.is_valid():
        if form.ends and form.run(actions.end_case, actor=request.user, case=case):
            messages.success(request, _("The case is ended. It can be made active again on its page."))
            return redirect(case)
        if not form.ends and form.run(actions.start_waakvlam, actor=request.user, case=case):
            messages.success(request, _("The case is on waakvlam. There is a day to ask again how it goes."))
            return redirect(case)
    return render(request, "casework/case_end.html", {"page": ending_page(case, request.user), "form": form})
