"""Who of a desk or team is away, and who stands in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice import actions, presence
from backoffice import desk_permissions as permissions
from backoffice.absence_page import absence_page
from backoffice.forms.absences import AbsenceForm, ChangeAbsenceForm, PressForm
from backoffice.models import Absence
from luisterloket.people.models import Unit
from luisterloket.people.permissions import leads, may
from luisterloket.people.requests import SignedIn


@require_http_methods(["GET", "POST"])
def absences(request: SignedIn, unit: UUID) -> HttpResponse:
    """Who is away now or later, and noting it: of oneself, or by who leads of anyone there."""
    found = _unit(request, unit)
    people = presence.works_on(unit, timezone.localdate())
    if not leads(request.user, unit):
        people = people.filter(pk=request.user.pk)
    form = AbsenceForm(request.POST or None, unit_id=unit, people=people, initial={"user": request.user.pk})
    if form.is_bound and form.run(actions.note_absence, actor=request.user, unit=found):
        messages.success(request, _("Noted. Nothing new is given to who is away."))
        return redirect("backoffice:absences", unit)
    context = {"page": absence_page(found, request.user), "form": form, "press": PressForm(auto_id=False)}
    return render(request, "backoffice/absences.html", context)


@require_http_methods(["GET", "POST"])
def absence(request: SignedIn, unit: UUID, pk: UUID) -> HttpResponse:
    """Longer, shorter, or someone else who stands in."""
    found = _absence(request, unit, pk)
    initial = {"until": found.until, "stand_in": found.stand_in_id}
    form = ChangeAbsenceForm(request.POST or None, unit_id=unit, away=found.user, initial=initial)
    if form.is_bound and form.run(actions.change_absence, actor=request.user, absence=found):
        messages.success(request, _("Saved."))
        return redirect("backoffice:absences", unit)
    return render(request, "backoffice/absence.html", {"absence": found, "form": form})


@require_POST
def back(request: SignedIn, unit: UUID, pk: UUID) -> HttpResponse:
    done = _("Noted as back. New work comes here again; what the stand-in was given stays there.")
    return _press(request, _absence(request, unit, pk), actions.end_absence, done)


@require_POST
def pass_on(request: SignedIn, unit: UUID, pk: UUID) -> HttpResponse:
    return _press(request, _absence(request, unit, pk), actions.pass_on_requests, _("Passed on to who stands in."))


def _press(request: SignedIn, found: Absence, action: Any, done: str) -> HttpResponse:
    form = PressForm(request.POST)
    if form.run(action, actor=request.user, absence=found):
        messages.success(request, done)
    else:
        messages.error(request, form.refusal)
    return redirect("backoffice:absences", found.unit_id)


def _unit(request: SignedIn, unit: UUID) -> Unit:
    if not may(permissions.check_may_see_absences, request.user, unit):
        raise Http404
    return get_object_or_404(Unit, pk=unit)


def _absence(request: SignedIn, unit: UUID, pk: UUID) -> Absence:
    _unit(request, unit)
    found: Absence = get_object_or_404(Absence.objects.select_related("user", "unit"), unit=unit, pk=pk)
    permissions.check_may_change_absence(request.user, found)
    return found
