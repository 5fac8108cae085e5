"""The queue of a desk: reading it, dividing it, and keeping one's own filters of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice import actions, permissions
from backoffice.forms.desk_work import DivideForm, FilterForm
from backoffice.models import Desk, QueueDivision, SavedFilter
from backoffice.presence import assignable
from backoffice.queue_filter import filter_for
from backoffice.queue_page import divided, queue_page
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn
from luisterloket.wijken.models import Wijk


@require_GET
def queue(request: SignedIn, pk: UUID) -> HttpResponse:
    """A desk's queue, for those who answer there; for anyone else it does not exist."""
    desk = desk_or_404(request, pk)
    return _show(request, desk, DivideForm(people=_to_assign(request, desk)))


@require_POST
def divide(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take, give back or assign what was ticked; what was refused stays ticked."""
    desk = desk_or_404(request, pk)
    form = DivideForm(request.POST, people=_to_assign(request, desk))
    division = form.run(actions.divide_queue, actor=request.user, desk=desk)
    if division is None:
        return _show(request, desk, form, ticked=request.POST.getlist("requests"))
    place = {name: request.GET[name] for name in ("filter", "urgency", "assigned", "wijk", "saved", "after") if name in request.GET}
    return redirect(f"{desk.get_absolute_url()}?{urlencode({**place, 'divided': division.pk})}")


@require_http_methods(["GET", "POST"])
def filters(request: SignedIn, pk: UUID) -> HttpResponse:
    """Narrow the queue down: just now, or under a name for later."""
    desk = desk_or_404(request, pk)
    options: dict[str, Any] = {"people": assignable(desk), "wijken": Wijk.objects.all()}
    if request.method == "GET":
        now = filter_for(desk, request.user, request.GET)
        initial = {**now.criteria, **({"name": now.saved.name, "is_default": now.saved.is_default} if now.saved else {})}
        form = FilterForm(initial=initial, **options)
    else:
        form = FilterForm(request.POST, **options)
        if "show" in request.POST and form.is_valid():
            return redirect(f"{desk.get_absolute_url()}?{urlencode(form.criteria)}")
        saved = None if "show" in request.POST else form.run(actions.save_filter, actor=request.user, desk=desk)
        if saved:
            messages.success(request, _("Your filter is kept. It stands above the queue."))
            return redirect(f"{desk.get_absolute_url()}?{urlencode({'saved': saved.pk})}")
    own = SavedFilter.objects.filter(owner=request.user, desk=desk)
    return render(request, "backoffice/queue_filters.html", {"desk": desk, "form": form, "own": own})


@require_POST
def choose_filter(request: SignedIn, pk: UUID) -> HttpResponse:
    """Begin with this filter each time, or not any more."""
    chosen = _own_filter(request, pk)
    actions.choose_filter(actor=request.user, chosen=chosen, is_default="begin" in request.POST)
    messages.success(request, _("Saved."))
    return redirect(reverse("backoffice:queue-filters", args=[chosen.desk_id]))


@require_POST
def remove_filter(request: SignedIn, pk: UUID) -> HttpResponse:
    chosen = _own_filter(request, pk)
    actions.remove_filter(actor=request.user, chosen=chosen)
    messages.success(request, _("Your filter is removed."))
    return redirect(reverse("backoffice:queue-filters", args=[chosen.desk_id]))


def desk_or_404(request: SignedIn, pk: UUID) -> Desk:
    """The desk, for who answers there."""
    desk = get_object_or_404(Desk.objects.select_related("unit"), pk=pk)
    if not may(permissions.check_may_see_queue, request.user, desk):
        raise Http404
    return desk


def _own_filter(request: SignedIn, pk: UUID) -> SavedFilter:
    return get_object_or_404(SavedFilter.objects.filter(owner=request.user), pk=pk)


def _to_assign(request: SignedIn, desk: Desk) -> list[User]:
    return list(assignable(desk)) if may(permissions.check_may_divide, request.user, desk.unit_id) else []


def _show(request: SignedIn, desk: Desk, form: DivideForm, *, ticked: list[str] | None = None) -> HttpResponse:
    page = queue_page(desk, request.user, request.GET)
    result = None
    if division := _division(request, desk):
        result = divided(division, desk, request.user)
        ticked = ticked or list(division.refused)
    context = {"page": page, "form": form, "ticked": ticked or [], "result": result, "may_assign": bool(_assignable(form))}
    return render(request, "backoffice/queue.html", context)


def _assignable(form: DivideForm) -> dict[str, User]:
    return form.fields["to"].people  # type: ignore[attr-defined,no-any-return]


def _division(request: SignedIn, desk: Desk) -> QueueDivision | None:
    """What this person divided a moment ago, when the address says so."""
    try:
        pk = UUID(request.GET.get("divided", ""))
    except ValueError:
        return None
    return QueueDivision.objects.filter(by=request.user, desk=desk, pk=pk).select_related("to").first()
