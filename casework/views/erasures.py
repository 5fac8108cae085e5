"""What is going to be erased, who agrees, what is left out and called back; and what is held."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions
from casework import erasure_permissions as permissions
from casework.erasures import batch_page, batches_for, coming_for, holds_for, household_names, shown
from casework.forms import ConfirmForm
from casework.forms.erasures import BecauseForm, HoldForm, ReviewForm
from casework.models import Case, ErasureBatch, ErasureLine, LegalHold
from luisterloket.convenant.disclosure import Ground, log_answer
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import SignedIn
from .visible import case_to_work_on


@require_GET
def erasures(request: SignedIn) -> HttpResponse:
    """What was proposed, in the wijken of which this person may see that."""
    permissions.check_may_see_erasures(request.user)
    context = {"rows": batches_for(request.user), "sees_holds": may(permissions.check_may_see_holds, request.user)}
    return render(request, "casework/erasures.html", context)


@require_GET
def erasure(request: SignedIn, pk: UUID) -> HttpResponse:
    """What it comes to in numbers, and for who decides each line; once erased, the certificate of it."""
    return _show(request, _batch(request, pk))


@require_POST
def approve(request: SignedIn, pk: UUID) -> HttpResponse:
    batch = _batch(request, pk)
    permissions.check_may_decide(request.user, batch)
    form = ConfirmForm(request.POST)
    done = form.run(actions.approve_erasure, actor=request.user, batch=batch)
    if done is None:
        messages.error(request, form.refusal)
    elif done.status == ErasureBatch.Status.APPROVED:
        messages.success(request, _("You both agreed. It can be called back until it is erased."))
    else:
        messages.success(request, _("You agreed. Somebody else must agree as well."))
    return redirect(batch)


@require_POST
def call_back(request: SignedIn, pk: UUID) -> HttpResponse:
    batch = _batch(request, pk)
    permissions.check_may_call_back(request.user, batch)
    form = BecauseForm(request.POST)
    if form.run(actions.call_back_erasure, actor=request.user, batch=batch):
        messages.success(request, _("Called back. Nothing of it is erased."))
        return redirect(batch)
    return _show(request, batch, form)


@require_GET
def line(request: SignedIn, pk: UUID, line: UUID) -> HttpResponse:
    """One line, to leave it out or to hold what it is about."""
    return _show_line(request, _line(request, pk, line))


@require_POST
def strike(request: SignedIn, pk: UUID, line: UUID) -> HttpResponse:
    found = _line(request, pk, line)
    form = BecauseForm(request.POST)
    if form.run(actions.strike_out, actor=request.user, line=found):
        messages.success(request, _("Left out."))
        return redirect(found.batch)
    return _show_line(request, found, strike=form)


@require_POST
def hold_line(request: SignedIn, pk: UUID, line: UUID) -> HttpResponse:
    """Hold the case of a line: nothing of it is erased, in this batch or another."""
    found = _line(request, pk, line)
    if found.case_id is None:
        raise Http404
    case = Case(pk=found.case_id, unit_id=found.unit_id)
    permissions.check_may_hold(request.user, case)
    form = HoldForm(request.POST)
    if form.run(actions.set_hold, actor=request.user, case=case):
        messages.success(request, _("Held. Nothing of this case is erased as long as that lasts."))
        return redirect(found.batch)
    return _show_line(request, found, hold=form)


@require_GET
def holds(request: SignedIn) -> HttpResponse:
    permissions.check_may_see_holds(request.user)
    # Why something is held may tell of people.
    purpose = "rights" if request.user.has(Permission.HANDLE_RIGHTS) else "listening"
    log_answer(to=request.user, purpose=purpose, ground=Ground("role"), post=next(iter(request.user.posts), None), what="holds")
    return render(request, "casework/holds.html", {"rows": _rows(holds_for(request.user), request)})


@require_POST
def lift(request: SignedIn, pk: UUID) -> HttpResponse:
    return _with_hold(request, pk, ConfirmForm(request.POST), actions.lift_hold, _("Lifted."))


@require_POST
def look_again(request: SignedIn, pk: UUID) -> HttpResponse:
    return _with_hold(request, pk, ReviewForm(request.POST), actions.look_at_hold_again, _("Noted."))


@require_http_methods(["GET", "POST"])
def case_holds(request: SignedIn, pk: UUID) -> HttpResponse:
    """What is held of a case, and what is going to be erased of it; sending holds it."""
    case = case_to_work_on(request, pk)
    names = household_names(case, request.user)
    form = HoldForm(request.POST or None, household=names)
    if form.is_bound and form.run(actions.set_hold, actor=request.user, case=case):
        messages.success(request, _("Held. Nothing of this case is erased as long as that lasts."))
        return redirect("casework:case-holds", pk)
    return _show_case(request, case, names, form, BecauseForm())


@require_POST
def call_back_case(request: SignedIn, pk: UUID) -> HttpResponse:
    case = case_to_work_on(request, pk)
    permissions.check_may_call_back_case(request.user, case)
    form = BecauseForm(request.POST)
    if form.run(actions.call_back_case, actor=request.user, case=case):
        messages.success(request, _("Called back. Nothing of it is erased."))
        return redirect("casework:case-holds", pk)
    names = household_names(case, request.user)
    return _show_case(request, case, names, HoldForm(household=names), form)


def _batch(request: SignedIn, pk: UUID) -> ErasureBatch:
    found = ErasureBatch.objects.visible_to(request.user).select_related("unit", "handler", "coordinator", "called_back_by")
    return get_object_or_404(found, pk=pk)


def _line(request: SignedIn, pk: UUID, line: UUID) -> ErasureLine:
    """A line of a batch, for who decides on it."""
    batch = _batch(request, pk)
    permissions.check_may_decide(request.user, batch)
    found = get_object_or_404(ErasureLine, batch=batch, pk=line)
    found.batch = batch
    return found


def _with_hold(request: SignedIn, pk: UUID, form: Any, action: Any, said: str) -> HttpResponse:
    found = next((one for one in holds_for(request.user) if one.pk == pk), None)
    if found is None:
        raise Http404
    if form.run(action, actor=request.user, hold=found):
        messages.success(request, said)
    else:
        messages.error(request, form.refusal)
    return redirect("casework:holds")


def _rows(found: list[LegalHold], request: SignedIn) -> list[dict[str, Any]]:
    return [
        {
            "hold": one,
            "may_lift": one.set_by_id != request.user.pk and may(permissions.check_may_lift, request.user, one),
            "form": ReviewForm(auto_id=f"id_{str(one.pk)[:8]}_%s"),
        }
        for one in found
    ]


def _show(request: SignedIn, batch: ErasureBatch, form: Any = None) -> HttpResponse:
    page = batch_page(batch, request.user, request.GET.get("page", "1"))
    context = {"page": page, "batch": batch, "form": form or BecauseForm(), "agree": ConfirmForm()}
    return render(request, "casework/erasure.html", context)


def _show_line(request: SignedIn, found: ErasureLine, strike: Any = None, hold: Any = None) -> HttpResponse:
    context = {
        "one": shown([found], request.user)[0],
        "batch": found.batch,
        "strike": strike or BecauseForm(),
        "hold": hold or HoldForm(auto_id="id_hold_%s"),
        "refused": strike or hold,
        "may_hold": found.case_id and may(permissions.check_may_hold, request.user, Case(pk=found.case_id, unit_id=found.unit_id)),
    }
    return render(request, "casework/erasure_line.html", context)


def _show_case(request: SignedIn, case: Case, names: Any, form: Any, because: Any) -> HttpResponse:
    held = LegalHold.objects.in_force().filter(case=case).select_related("set_by", "resident")
    named = dict(names)
    context = {
        "case": case,
        "holds": [(one, named.get(one.resident_id, "")) for one in held],
        "coming": coming_for(case.pk),
        "form": form,
        "because": because,
        "may_call_back": may(permissions.check_may_call_back_case, request.user, case),
        "refused": form if form.errors else because,
    }
    return render(request, "casework/case_holds.html", context)
