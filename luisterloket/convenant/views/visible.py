"""Versions as far as someone may see them: an invisible one is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions, selectors
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.platform.exceptions import Refused


def version_or_404(request: HttpRequest, pk: UUID) -> ConvenantVersion:
    return get_object_or_404(selectors.versions_for(request.user).select_related("based_on"), pk=pk)


def kept_version(request: HttpRequest, pk: UUID) -> ConvenantVersion:
    """For who keeps the convenant; who may only read it is told so."""
    version = version_or_404(request, pk)
    permissions.check_may_configure(request.user)
    return version


def of_a_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page on which a draft is changed. For another version there is nothing to change: it leads to that version."""

    @wraps(view)
    def run(request: HttpRequest, pk: UUID, **rest: Any) -> HttpResponse:
        version = kept_version(request, pk)
        if rest:
            # What is named in the address is looked for first, so that nothing is found out by asking.
            rest = {name: _thing(version, name, value) for name, value in rest.items()}
        if not version.is_draft:
            messages.error(request, _("This version is no draft any more, so it does not change. Make a new version from it."))
            return redirect("convenant-version", version.pk)
        return view(request, version, **rest)

    return run


def _thing(version: ConvenantVersion, name: str, pk: UUID) -> Any:
    related = {"party": "parties", "purpose": "purposes", "clause": "clauses", "term": "retention_terms"}[name]
    return get_object_or_404(getattr(version, related).all(), pk=pk)


def do(request: HttpRequest, action: Callable[..., Any], said: str, **details: Any) -> Any:
    """Carry out an action that a single button asks for, and say how it went. None when it was refused."""
    try:
        done = action(actor=request.user, **details)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None
    messages.success(request, said)
    return done
