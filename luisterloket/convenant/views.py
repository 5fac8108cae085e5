"""The convenant as everyone may read it, the identity number per organisation, and the access log for who supervises."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luisterloket.people.models import Organisation
from luisterloket.people.permissions import may
from luisterloket.platform.paging import key_of

from . import actions, identity_numbers, permissions, selectors
from .forms import SwitchOffForm, SwitchOnForm


@require_GET
def convenant(request: HttpRequest) -> HttpResponse:
    """What is in force today: parties, purposes and who may see what."""
    permissions.check_may_see_convenant(request.user)
    keeps = may(permissions.check_may_configure, request.user)
    return render(request, "convenant/convenant.html", {"page": selectors.convenant_page(), "keeps": keeps})


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


@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at whose data, newest first. Reading it is itself kept."""
    permissions.check_may_read_log(request.user)
    before = key_of(request.GET.get("before", ""))
    actions.read_access_log(actor=request.user)
    looks, following = selectors.newest_looks(before=before)
    return render(request, "convenant/access_log.html", {"looks": looks, "following": following})
