"""What a loket put before the wijkwethouder: the list, one of them, and the decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backoffice import actions, permissions
from backoffice.contests import put_before
from backoffice.forms.contests import DecideForm
from backoffice.models import Escalation
from luisterloket.convenant.disclosure import Ground, log_answer
from luisterloket.people.requests import SignedIn
from luisterloket.people.roles import Permission

DECIDED_SHOWN = 50


@require_GET
def escalations(request: SignedIn) -> HttpResponse:
    """What waits, and what was decided lately."""
    permissions.check_may_see_escalations(request.user)
    context = {"waiting": put_before(request.user), "decided": put_before(request.user, decided=True)[:DECIDED_SHOWN]}
    return render(request, "backoffice/escalations.html", context)


@require_http_methods(["GET", "POST"])
def escalation(request: SignedIn, pk: UUID) -> HttpResponse:
    """One of them. The words name nobody, but they are of somebody: that they were read is kept."""
    found = get_object_or_404(
        Escalation.objects.for_wijkwethouder(request.user).select_related("desk_unit", "unit", "by", "decided_by"), pk=pk
    )
    post = next((one for one in request.user.posts if Permission.DECIDE_ABOVE_MANDATE in one.role.permissions), None)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.run(actions.decide_escalation, actor=request.user, escalation=found):
        messages.success(request, _("Decided. The loket tells the resident."))
        return redirect("backoffice:escalations")
    log_answer(to=request.user, purpose="listening", ground=Ground("escalation", found.pk), post=post, what="escalation")
    return render(request, "backoffice/escalation.html", {"one": found, "form": form})
