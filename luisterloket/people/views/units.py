"""Organisations, and the teams, desks and offices in which people work."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.people import actions, permissions
from luisterloket.people.forms.accounts import ConfirmForm, NewOrganisationForm, NewUnitForm, OrganisationForm, UnitForm
from luisterloket.people.hands import left_in_hands
from luisterloket.people.models import Appointment, Organisation, Unit
from luisterloket.people.requests import SignedIn


@require_GET
def units(request: SignedIn) -> HttpResponse:
    """Every organisation with its teams, desks and offices, and how many people work there."""
    permissions.check_may_manage_accounts(request.user)
    now = Appointment.objects.in_force().values("pk")
    people = Count("appointments__user", filter=Q(appointments__in=now), distinct=True)
    by_organisation: dict[UUID, list[Unit]] = {}
    for unit in Unit.objects.annotate(people=people).order_by("closed_on", "name"):
        by_organisation.setdefault(unit.organisation_id, []).append(unit)
    organisations = Organisation.objects.order_by("name")
    lines = [{"organisation": one, "units": by_organisation.get(one.pk, [])} for one in organisations]
    return render(request, "people/units.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def unit_new(request: SignedIn) -> HttpResponse:
    return _new(request, NewUnitForm, actions.open_unit, "unit")


@require_http_methods(["GET", "POST"])
def organisation_new(request: SignedIn) -> HttpResponse:
    return _new(request, NewOrganisationForm, actions.open_organisation, "organisation")


@require_http_methods(["GET", "POST"])
def unit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Its name, who works there, and what would be left when it closes."""
    found: Unit = _found(request, Unit.objects.select_related("organisation", "wijk"), pk)
    form = UnitForm(request.POST or None, initial={"name": found.name})
    if form.is_bound and form.run(actions.rename_unit, actor=request.user, unit=found):
        messages.success(request, _("Changed."))
        return redirect("unit-one", pk)
    return _show_unit(request, found, form)


@require_POST
def unit_close(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _found(request, Unit.objects.select_related("organisation", "wijk"), pk)
    form = ConfirmForm(request.POST)
    if form.run(actions.close_unit, actor=request.user, unit=found):
        messages.success(request, _("Closed."))
        return redirect("units")
    messages.error(request, form.refusal)
    return redirect("unit-one", pk)


@require_http_methods(["GET", "POST"])
def organisation(request: SignedIn, pk: UUID) -> HttpResponse:
    found: Organisation = _found(request, Organisation.objects.all(), pk)
    form = OrganisationForm(request.POST or None, initial={"name": found.name, "kvk_number": found.kvk_number})
    if form.is_bound and form.run(actions.rename_organisation, actor=request.user, organisation=found):
        messages.success(request, _("Changed."))
        return redirect("units")
    return render(request, "people/organisation.html", {"organisation": found, "form": form, "confirm": ConfirmForm(auto_id=False)})


@require_POST
def organisation_close(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _found(request, Organisation.objects.all(), pk)
    form = ConfirmForm(request.POST)
    if form.run(actions.close_organisation, actor=request.user, organisation=found):
        messages.success(request, _("Closed."))
        return redirect("units")
    messages.error(request, form.refusal)
    return redirect("organisation-one", pk)


def _found(request: SignedIn, among: Any, pk: UUID) -> Any:
    if not permissions.may(permissions.check_may_manage_accounts, request.user):
        raise Http404
    return get_object_or_404(among, pk=pk)


def _new(request: SignedIn, form_class: Any, action: Any, what: str) -> HttpResponse:
    permissions.check_may_manage_accounts(request.user)
    form = form_class(request.POST or None)
    if form.is_bound and form.run(action, actor=request.user):
        messages.success(request, _("Added."))
        return redirect("units")
    return render(request, "people/unit_new.html", {"form": form, "what": what})


def _show_unit(request: SignedIn, found: Unit, form: Any) -> HttpResponse:
    posts = Appointment.objects.in_force_or_later().filter(unit=found).select_related("user").order_by("user__name")
    context = {
        "unit": found,
        "form": form,
        "posts": posts,
        "left": left_in_hands(None, found.pk),
        "confirm": ConfirmForm(auto_id=False),
    }
    return render(request, "people/unit.html", context)
