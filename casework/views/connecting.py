"""Whether the one who tells is known already, and adding the conversation to their case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import actions, finding
from casework.forms import ConnectForm
from casework.models import Case, Intake, Involvement

from . import SignedIn
from .intakes import conversation, over, perhaps_known


@require_POST
def known(request: SignedIn, pk: UUID) -> HttpResponse:
    """While the sheet is typed: who may be meant. Sent by POST, so that no name stands in an address."""
    intake = conversation(request, pk)
    return render(request, "casework/perhaps_known.html", {"perhaps": perhaps_known(request, intake, request.POST), "sheet": True})


@require_http_methods(["GET", "POST"])
def connect(request: SignedIn, pk: UUID, case: UUID) -> HttpResponse:
    """Who tells this is known: a reason in one tap, and what was heard is in that case."""
    intake = conversation(request, pk)
    found = get_object_or_404(Case.objects.known_to(request.user).filter(unit=intake.unit_id).select_related("owner"), pk=case)
    form = ConnectForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.connect_intake, actor=request.user, intake=intake, case=found):
        messages.success(request, _("Added to this case."))
        return redirect(found)
    intake = conversation(request, pk)
    if intake.status != Intake.Status.LISTENING:
        return over(request, intake, form)
    context: dict[str, Any] = {
        "form": form,
        "intake": intake,
        "case": found,
        "known": finding.known_as(found, request.user, what="connecting"),
    }
    context["involved"] = Case.objects.visible_to(request.user).filter(pk=found.pk).exists()
    context["reasons"] = [choice for choice in Involvement.Reason.choices if choice[0] != Involvement.Reason.OTHER]
    return render(request, "casework/intake_connect.html", context)
