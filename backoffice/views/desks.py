"""The page of a desk, and what its lead keeps on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice import actions, sharing
from backoffice import desk_permissions as permissions
from backoffice.desk_page import desk_page
from backoffice.forms.absences import PressForm
from backoffice.forms.desks import DeskForm, QuestionForm
from backoffice.models import Desk, DeskQuestion
from luisterloket.convenant.disclosure import authorised
from luisterloket.convenant.models import DataCategory
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn


@require_GET
def desk(request: SignedIn, pk: UUID) -> HttpResponse:
    """What it is for and who works there, for who sends requests or answers them."""
    return render(request, "backoffice/desk.html", {"page": desk_page(_seen(request, pk), request.user)})


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the desk says of itself."""
    found = _kept(request, pk)
    fields = ("description", "domains", "specialisms", "week_capacity", "person_capacity")
    form = DeskForm(request.POST or None, initial={name: getattr(found, name) for name in fields})
    if form.is_bound and form.run(actions.describe_desk, actor=request.user, desk=found):
        messages.success(request, _("Saved. Whoever sends a request reads this."))
        return redirect("backoffice:desk", pk)
    return render(request, "backoffice/desk_change.html", {"desk": found, "form": form})


@require_http_methods(["GET", "POST"])
def questions(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the desk asks, and one question more."""
    found = _kept(request, pk)
    form = QuestionForm(request.POST or None, categories=_categories(found))
    if form.is_bound and form.run(actions.add_question, actor=request.user, desk=found):
        messages.success(request, _("Added. It is asked from now on."))
        return redirect("backoffice:desk-questions", pk)
    asked = found.questions.asked_now().select_related("category")
    context = {"desk": found, "form": form, "asked": asked, "press": PressForm(auto_id=False)}
    return render(request, "backoffice/desk_questions.html", context)


@require_http_methods(["GET", "POST"])
def question(request: SignedIn, pk: UUID, question: UUID) -> HttpResponse:
    """One question in other words."""
    found = _question(request, pk, question)
    names = ("text", "hint", "kind", "choices", "required", "category")
    initial = {name: getattr(found, name) for name in names}
    form = QuestionForm(request.POST or None, initial=initial, categories=_categories(found.desk))
    if form.is_bound and form.run(actions.change_question, actor=request.user, question=found):
        messages.success(request, _("Saved. What was sent before keeps the question as it was."))
        return redirect("backoffice:desk-questions", pk)
    return render(request, "backoffice/desk_question.html", {"desk": found.desk, "question": found, "form": form})


@require_POST
def question_away(request: SignedIn, pk: UUID, question: UUID) -> HttpResponse:
    return _press(request, pk, question, actions.retire_question, _("It is not asked any more. What was answered stays."))


@require_POST
def question_up(request: SignedIn, pk: UUID, question: UUID) -> HttpResponse:
    return _press(request, pk, question, actions.raise_question, _("One place up."))


def _press(request: SignedIn, pk: UUID, question: UUID, action: Any, done: str) -> HttpResponse:
    form = PressForm(request.POST)
    if form.run(action, actor=request.user, question=_question(request, pk, question)):
        messages.success(request, done)
    else:
        messages.error(request, form.refusal)
    return redirect("backoffice:desk-questions", pk)


def _seen(request: SignedIn, pk: UUID) -> Desk:
    found = get_object_or_404(Desk.objects.select_related("unit__organisation", "purpose"), pk=pk)
    if not may(permissions.check_may_see_desk, request.user, found):
        raise Http404
    return found


def _kept(request: SignedIn, pk: UUID) -> Desk:
    found = _seen(request, pk)
    permissions.check_may_keep_desk(request.user, found)
    return found


def _question(request: SignedIn, pk: UUID, question: UUID) -> DeskQuestion:
    found = _kept(request, pk)
    return get_object_or_404(found.questions.asked_now().select_related("desk__unit"), pk=question)


def _categories(desk: Desk) -> Any:
    """What the convenant of today lets this desk know: other things it never asks."""
    return DataCategory.objects.filter(pk__in=authorised(sharing.desk_posts(desk), desk.purpose_id))
