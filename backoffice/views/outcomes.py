"""After how many weeks one asks whether the answers of a desk worked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice import actions, permissions
from backoffice.desk_permissions import check_may_keep_desk
from backoffice.forms.answers import OutcomeWeeksForm
from backoffice.models import Desk
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn


@require_http_methods(["GET", "POST"])
def outcome_weeks(request: SignedIn, pk: UUID) -> HttpResponse:
    """For who leads the desk; for who works elsewhere it does not exist."""
    desk = get_object_or_404(Desk.objects.select_related("unit"), pk=pk)
    if not may(permissions.check_may_see_queue, request.user, desk):
        raise Http404
    check_may_keep_desk(request.user, desk)
    form = OutcomeWeeksForm(request.POST or None, initial={"weeks": desk.outcome_weeks})
    if request.method == "POST" and form.run(actions.set_outcome_weeks, actor=request.user, desk=desk):
        messages.success(request, _("Saved. It counts for what is told from now on."))
        return redirect(desk)
    return render(request, "backoffice/desk_outcome_weeks.html", {"desk": desk, "form": form})
