"""Exceptions to rules in a case: asked, answered by another, looked at again, ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import actions
from casework.exception_page import ExceptionsPage, exceptions_page
from casework.exception_permissions import check_may_answer_exception
from casework.forms import ConfirmForm
from casework.forms.exceptions import AnswerExceptionForm, AskExceptionForm, GoOnForm
from casework.models import RuleException

from . import SignedIn
from .visible import case_to_work_on


@require_http_methods(["GET", "POST"])
def exceptions(request: SignedIn, pk: UUID) -> HttpResponse:
    """Which exceptions there are, and who agreed; sending asks one more."""
    case = case_to_work_on(request, pk)
    form = AskExceptionForm(request.POST or None)
    if form.is_bound and form.run(actions.ask_exception, actor=request.user, case=case):
        messages.success(request, _("Asked. Go on helping meanwhile."))
        return redirect("casework:case-exceptions", pk)
    return _show(request, exceptions_page(case, request.user), form)


@require_POST
def answer(request: SignedIn, pk: UUID, exception: UUID) -> HttpResponse:
    """Agree or refuse, by another than who asked."""
    page, found = _found(request, pk, exception)
    check_may_answer_exception(request.user, found)
    return _do(request, page, found, actions.answer_exception, AnswerExceptionForm(request.POST, auto_id=_ids(found)), "answer")


@require_POST
def go_on(request: SignedIn, pk: UUID, exception: UUID) -> HttpResponse:
    """It was looked at, and goes on."""
    page, found = _found(request, pk, exception)
    return _do(request, page, found, actions.go_on_with_exception, GoOnForm(request.POST, auto_id=_ids(found)), "on")


@require_POST
def end(request: SignedIn, pk: UUID, exception: UUID) -> HttpResponse:
    page, found = _found(request, pk, exception)
    return _do(request, page, found, actions.end_exception, ConfirmForm(request.POST), "end")


def _found(request: SignedIn, pk: UUID, exception: UUID) -> tuple[ExceptionsPage, RuleException]:
    """An exception that was disclosed to this person: one in a category that they may not read is not there."""
    page = exceptions_page(case_to_work_on(request, pk), request.user)
    found = page.rows.get(exception)
    if found is None:
        raise Http404
    return page, found


def _do(request: SignedIn, page: ExceptionsPage, found: RuleException, action: Any, form: Any, name: str) -> HttpResponse:
    if form.run(action, actor=request.user, exception=found):
        messages.success(request, _("Noted."))
        return redirect("casework:case-exceptions", page.case.pk)
    if name == "end":
        messages.error(request, form.refusal)
        return redirect("casework:case-exceptions", page.case.pk)
    return _show(request, page, AskExceptionForm(), {f"{found.pk} {name}": form})


def _show(request: SignedIn, page: ExceptionsPage, form: Any, sent: dict[str, Any] | None = None) -> HttpResponse:
    sent = sent or {}
    rows = [
        {
            "one": one,
            "answer": sent.get(f"{one.item.ref} answer") or AnswerExceptionForm(auto_id=_ids(page.rows[one.item.ref])),
            "on": sent.get(f"{one.item.ref} on") or GoOnForm(auto_id=_ids(page.rows[one.item.ref])),
        }
        for one in page.exceptions
    ]
    refused = next(iter(sent.values()), form)
    return render(request, "casework/exceptions.html", {"page": page, "form": form, "rows": rows, "refused": refused})


def _ids(found: RuleException) -> str:
    return f"id_{str(found.pk)[:8]}_%s"
