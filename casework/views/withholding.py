"""What is kept from someone at home, and a colleague who reads a copy before it is given."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import actions
from casework.forms import ConfirmForm
from casework.forms.withholding import CheckCopyForm, LiftWithholdingForm, WithholdForm
from casework.models import Withheld
from casework.summaries import look_at_version
from casework.withholding_pages import copy_page, household_to_choose, withholding_page

from . import SignedIn
from .visible import case_to_work_on, version_to_work_on


@require_http_methods(["GET", "POST"])
def withheld(request: SignedIn, pk: UUID) -> HttpResponse:
    """What is kept back, from whom and why; sending keeps more back."""
    case = case_to_work_on(request, pk)
    page = withholding_page(case, request.user)
    sent = request.POST if request.method == "POST" else None
    # One thing may be ticked beforehand, from the page where it stands.
    ticked = {"things": [request.GET["wat"]]} if "wat" in request.GET else {}
    form = WithholdForm(sent, household=page.household, things=page.things, initial=ticked)
    if form.is_bound and form.run(actions.withhold, actor=request.user, case=case):
        messages.success(request, _("Kept back. It is left out of every copy for them."))
        return redirect("casework:case-withheld", pk)
    return render(request, "casework/withheld.html", {"page": page, "case": case, "form": form})


@require_POST
def lift(request: SignedIn, pk: UUID) -> HttpResponse:
    """One thing that is kept back may be read again."""
    case = case_to_work_on(request, pk)
    form = LiftWithholdingForm(request.POST, rows=Withheld.objects.filter(case=case))
    if form.run(actions.lift_withholding, actor=request.user):
        messages.success(request, _("It may be read again."))
    else:
        messages.error(request, form.refusal)
    return redirect("casework:case-withheld", pk)


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID, number: int) -> HttpResponse:
    """A version to read before it is given: asked by who made it, answered by a colleague."""
    version = version_to_work_on(request, pk, number)
    look_at_version(version, request.user, what="copy to read")
    page = copy_page(version, request.user, household_to_choose(version.case, request.user))
    sent = request.POST if request.method == "POST" else None
    form = CheckCopyForm(sent) if page.may_check else None
    if form and form.is_bound and form.run(actions.check_copy, actor=request.user, check=page.waiting):
        messages.success(request, _("Kept. Your colleague hears it."))
        return redirect(version)
    context = {"version": version, "case": version.case, "copy": page, "form": form, "summary": version.as_written}
    return render(request, "casework/copy_check.html", context)


@require_POST
def ask(request: SignedIn, pk: UUID, number: int) -> HttpResponse:
    """Ask the colleagues of this case to read a version."""
    version = version_to_work_on(request, pk, number)
    form = ConfirmForm(request.POST)
    if form.run(actions.ask_copy_check, actor=request.user, version=version):
        messages.success(request, _("Asked. It stands on Today of your colleagues of this case."))
    else:
        messages.error(request, form.refusal)
    return redirect(version)
