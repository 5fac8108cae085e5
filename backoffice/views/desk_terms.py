"""The page on which the lead of a desk keeps its hours, closed days, kinds of request and terms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backoffice import actions, permissions
from backoffice.desk_permissions import check_may_keep_desk
from backoffice.desk_terms_page import desk_terms_page
from backoffice.forms.time import CloseDayForm, HoursForm, KindsForm, OpenDayForm, TermForm
from backoffice.models import Clock, Desk, Kind, Term, Urgency
from backoffice.statutory import known
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn
from luisterloket.platform.forms import ActionForm


@require_GET
def desk_terms(request: SignedIn, pk: UUID) -> HttpResponse:
    """The page; with `?wet=` the form for a new term is filled in with what that law says."""
    return _show(request, _desk(request, pk))


@require_POST
def hours(request: SignedIn, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    form = HoursForm(request.POST, desk=desk, auto_id="id_hours_%s")
    return _do(request, desk, "hours", form, actions.set_desk_hours, _("These are the opening hours from now on."))


@require_POST
def close_day(request: SignedIn, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    form = CloseDayForm(request.POST, auto_id="id_close_%s")
    return _do(request, desk, "close", form, actions.close_desk_on, _("The desk is closed then, and no term counts it."))


@require_POST
def open_day(request: SignedIn, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    return _do(request, desk, "open", OpenDayForm(request.POST), actions.open_desk_on, _("The desk is open on that day after all."))


@require_POST
def kinds(request: SignedIn, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    form = KindsForm(request.POST, auto_id="id_taken_%s")
    return _do(request, desk, "kinds", form, actions.set_desk_kinds, _("From now on the desk takes these requests."))


@require_POST
def new_term(request: SignedIn, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    form = TermForm(request.POST, auto_id="id_term_%s")
    return _do(request, desk, "term", form, actions.set_term, _("The term stands in the table, from that day on."))


def _desk(request: SignedIn, pk: UUID) -> Desk:
    """The desk, for those who answer there; of these only its lead goes on. For anyone else it does not exist."""
    desk = get_object_or_404(Desk.objects.select_related("unit"), pk=pk)
    if not may(permissions.check_may_see_queue, request.user, desk):
        raise Http404
    check_may_keep_desk(request.user, desk)
    return desk


def _do(request: SignedIn, desk: Desk, name: str, form: ActionForm, action: Any, done: str) -> HttpResponse:
    if form.run(action, actor=request.user, desk=desk):
        messages.success(request, done)
        return redirect("backoffice:desk-terms", pk=desk.pk)
    return _show(request, desk, {name: form})


def _show(request: SignedIn, desk: Desk, refused: dict[str, ActionForm] | None = None) -> HttpResponse:
    refused = refused or {}
    forms = {
        "hours": HoursForm(desk=desk, auto_id="id_hours_%s"),
        "close": CloseDayForm(auto_id="id_close_%s"),
        "kinds": KindsForm(initial={"kinds": desk.kinds}, auto_id="id_taken_%s"),
        "term": TermForm(initial=_begin(request.GET.get("wet", "")), auto_id="id_term_%s"),
        **refused,
    }
    page = desk_terms_page(desk)
    days = [(day, why, OpenDayForm(initial={"day": day}, auto_id=False)) for day, why in page.closed]
    context = {"page": page, "days": days, "forms": forms, "refused": next(iter(refused.values()), None)}
    return render(request, "backoffice/desk_terms.html", context)


def _begin(key: str) -> dict[str, Any]:
    """A new term begins today, with what the chosen law says."""
    begun = {"valid_from": timezone.localdate(), "urgency": Urgency.NORMAL, "source": Term.Source.CONVENANT}
    law = known(key)
    if law is None:
        return begun
    told = {"amount": law.amount, "measure": law.measure, "law": law.law, "article": law.article}
    return {**begun, **told, "source": Term.Source.LAW, "clock": Clock.ANSWER, "kinds": [Kind.APPLICATION]}
