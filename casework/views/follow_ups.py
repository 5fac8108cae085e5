"""The next contact of a case: done, moved or given away; and a case that wakes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import actions, permissions
from casework.follow_ups import colleagues_on, follow_up_page, next_of
from casework.forms.follow_ups import DoForm, MoveForm, WakeForm, prefilled
from casework.models import Case, FollowUp
from casework.permissions import works_on
from casework.safety import colleagues_of
from luisterloket.people.roles import Permission

from . import SignedIn
from .visible import case_with


@require_http_methods(["GET", "POST"])
def follow_up(request: SignedIn, pk: UUID) -> HttpResponse:
    """When one asks how it goes, and how that went before; sending says how it went and gives the next."""
    case = case_with(request, pk, FollowUp.CATEGORY)
    page = follow_up_page(case, request.user)
    initial = prefilled(page.to_come, page.next_on) if page.to_come and page.next_on else {}
    form = DoForm(request.POST if request.method == "POST" else None, colleagues=colleagues_on(case), initial=initial)
    if form.is_bound and form.is_valid():
        found = get_object_or_404(FollowUp, pk=form.cleaned_data["follow_up"], case=case)
        if form.run(actions.do_follow_up, actor=request.user, follow_up=found):
            messages.success(request, _("Noted. The next contact has a day and an owner."))
            return redirect(case.get_absolute_url() + "#next-contact")
    context = {"page": page, "form": _on(form, page.to_come)}
    return render(request, "casework/follow_up.html", context)


@require_http_methods(["GET", "POST"])
def give(request: SignedIn, pk: UUID) -> HttpResponse:
    """To another colleague or day. Who divides the work may do this without opening the case, and sees nothing of it."""
    case = _case_to_give(request, pk)
    to_come = next_of(case)
    works = works_on(request.user, case)
    initial: dict[str, Any] = {}
    if to_come is not None:
        initial = {"follow_up": to_come.pk, "version": to_come.version, "who": to_come.who_id, "due_on": to_come.due_on}
    form = MoveForm(request.POST if request.method == "POST" else None, colleagues=colleagues_of(case), initial=initial)
    if form.is_bound and form.is_valid():
        found = get_object_or_404(FollowUp, pk=form.cleaned_data["follow_up"], case=case)
        if form.run(actions.move_follow_up, actor=request.user, follow_up=found):
            messages.success(request, _("The next contact has a new day or owner."))
            return redirect(case.get_absolute_url() if works else "today")
        to_come = next_of(case)
    context = {"case": case, "to_come": to_come, "works": works, "form": _on(form, to_come)}
    return render(request, "casework/follow_up_give.html", context)


@require_http_methods(["GET", "POST"])
def wake(request: SignedIn, pk: UUID) -> HttpResponse:
    """The case is needed again."""
    case = case_with(request, pk, "story")
    if request.method == "GET" and case.status == Case.Status.ACTIVE:
        return redirect(case)
    form = WakeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.wake_case, actor=request.user, case=case):
        messages.success(request, _("The case is active again. There is a next contact."))
        return redirect(case)
    return render(request, "casework/case_wake.html", {"case": case, "form": form})


def _case_to_give(request: SignedIn, pk: UUID) -> Case:
    """A case that is there for who works on it and for the coordinator of its wijk; to everyone else it is not."""
    divides = request.user.units_with(Permission.DIVIDE_WORK)
    seen = Q(pk__in=Case.objects.visible_to(request.user).values("pk")) | Q(unit__in=divides)
    case = get_object_or_404(Case.objects.open_to(request.user).filter(seen).select_related("owner"), pk=pk)
    permissions.check_may_give(request.user, case)
    return case


def _on(form: Any, to_come: FollowUp | None) -> Any:
    """A form that is shown again is about what is there now; what was typed in the other fields stays."""
    if form.is_bound and to_come is not None:
        form.data = form.data.copy()
        form.data["follow_up"] = str(to_come.pk)
        if "version" in form.fields:
            form.data["version"] = str(to_come.version)
    return form
