"""The identity number per organisation: on under a law, or off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luisterloket.convenant import actions, identity_numbers, permissions
from luisterloket.convenant.forms.identity_numbers import SwitchOffForm, SwitchOnForm
from luisterloket.people.models import Organisation


@require_GET
def numbers(request: HttpRequest) -> HttpResponse:
    """For which organisations the identity number is switched on, under what law, by whom and since when."""
    permissions.check_may_configure(request.user)
    return render(request, "convenant/identity_numbers.html", {"lines": identity_numbers.lines()})


@require_http_methods(["GET", "POST"])
def numbers_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Switch it on for an organisation, with the law that allows it."""
    organisation = _organisation(request, pk)
    form = SwitchOnForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.switch_on_identity_numbers, actor=request.user, organisation=organisation):
        messages.success(request, _("Switched on for %(organisation)s.") % {"organisation": organisation.name})
        return redirect("identity-numbers")
    return _switch(request, organisation, form, on=True)


@require_http_methods(["GET", "POST"])
def numbers_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Switch it off again; says first what is erased."""
    organisation = _organisation(request, pk)
    form = SwitchOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        use = form.run(actions.switch_off_identity_numbers, actor=request.user, organisation=organisation)
        if use:
            messages.success(request, _("Switched off for %(organisation)s.") % {"organisation": organisation.name})
            return redirect("identity-numbers")
    return _switch(request, organisation, form, on=False, kept=identity_numbers.count_kept(organisation.pk))


def _organisation(request: HttpRequest, pk: UUID) -> Organisation:
    organisation = get_object_or_404(Organisation, pk=pk)
    permissions.check_may_configure(request.user)
    return organisation


def _switch(request: HttpRequest, organisation: Organisation, form: Any, **details: Any) -> HttpResponse:
    context = {"organisation": organisation, "form": form, **details}
    return render(request, "convenant/identity_numbers_switch.html", context)
