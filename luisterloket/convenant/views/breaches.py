"""Data breaches: reported by anyone who works here, handled by the privacy officer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.convenant import actions, breaches, permissions
from luisterloket.convenant.disclosure import Ground, log_answer
from luisterloket.convenant.forms.breaches import ReportForm
from luisterloket.convenant.models import Breach
from luisterloket.convenant.models.breaches import NOTIFY_WITHIN
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn


@require_GET
def register(request: SignedIn) -> HttpResponse:
    """The whole register for who handles it; one's own reports, and how they stand, for anyone else."""
    permissions.check_may_report_breach(request.user)
    if not _handles(request):
        mine = Breach.objects.filter(reported_by=request.user).defer("what")
        return render(request, "convenant/breaches_mine.html", {"mine": mine})
    return render(request, "convenant/breaches.html", {"found": breaches.register(), "term": NOTIFY_WITHIN})


@require_http_methods(["GET", "POST"])
def report(request: SignedIn) -> HttpResponse:
    """Report one, in a minute. `?about=` says what it was found at, such as a look in the access log."""
    permissions.check_may_report_breach(request.user)
    form = ReportForm(request.POST or None, initial={"about": request.GET.get("about", "")[:60]})
    if form.is_bound:
        breach = form.run(actions.report_breach, actor=request.user)
        if breach:
            messages.success(request, _("Reported. The privacy officer looks at it now. Thank you."))
            return redirect("breach", breach.pk)
    return render(request, "convenant/breach_new.html", {"form": form})


@require_GET
def breach(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _found(pk)
    if not _handles(request):
        return render(request, "convenant/breach_mine.html", {"breach": found})
    return _show(request, found)


@require_POST
def act(request: SignedIn, pk: UUID, act: str) -> HttpResponse:
    """Take one step."""
    found, what = _found(pk), breaches.ACTS.get(act)
    permissions.check_may_handle_breaches(request.user)
    if what is None:
        raise Http404
    form = what.form(request.POST, auto_id=f"id_{act}_%s")
    if form.run(what.action, actor=request.user, breach=found):
        messages.success(request, _("Noted."))
        return redirect("breach", pk)
    return _show(request, found, {act: form})


@require_GET
def paper(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the authority's form asks, to print or to copy."""
    found = _found(pk)
    permissions.check_may_handle_breaches(request.user)
    _keep_look(request, found)
    return render(request, "convenant/breach_paper.html", {"breach": found, "steps": breaches.steps_of(found)})


@require_GET
def register_csv(request: SignedIn) -> HttpResponse:
    """The register without personal data."""
    permissions.check_may_handle_breaches(request.user)
    headers = {"Content-Disposition": 'attachment; filename="datalekken.csv"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(breaches.as_csv(), content_type="text/csv; charset=utf-8", headers=headers)


def _handles(request: SignedIn) -> bool:
    return may(permissions.check_may_handle_breaches, request.user)


def _found(pk: UUID) -> Breach:
    """One's own report, or any for who handles them: the database itself shows no other."""
    return get_object_or_404(Breach.objects.select_related("reported_by", "unit__organisation"), pk=pk)


def _keep_look(request: SignedIn, found: Breach) -> None:
    """What happened may tell of people: that it was read is kept, as of anything that who supervises reads."""
    post = next(iter(request.user.posts), None)
    log_answer(to=request.user, purpose="supervision", ground=Ground("role", found.pk), post=post, what="breach")


def _show(request: SignedIn, found: Breach, sent: dict[str, Any] | None = None) -> HttpResponse:
    sent = sent or {}
    _keep_look(request, found)
    forms = [
        {"slug": slug, "act": act, "form": sent.get(slug) or act.form(auto_id=f"id_{slug}_%s"), "open": slug in sent}
        for slug, act in breaches.ACTS.items()
    ]
    context = {
        "breach": found, "steps": breaches.steps_of(found), "forms": forms, "term": NOTIFY_WITHIN,
        "refused": next(iter(sent.values()), None),
    }  # fmt: skip
    return render(request, "convenant/breach.html", context)
