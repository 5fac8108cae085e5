"""The page of one request, and everything that is done on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backoffice import actions, permissions
from backoffice import request_page as shown
from backoffice.forms.requests import AnswerForm, AskBackForm, ReplyForm, RewordForm, SeenForm, TakeUpForm, TellForm, WithdrawForm
from backoffice.models import SpecialistRequest
from backoffice.stalls_page import snooze_form
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn
from luisterloket.platform.drafts import draft_of, values_of
from luisterloket.platform.forms import ActionForm

Status = SpecialistRequest.Status


# What can be done with a request, from which states, by which side.
FORMS: dict[str, type[ActionForm]] = {
    "take_up": TakeUpForm,
    "ask_back": AskBackForm,
    "answer": AnswerForm,
    "reply": ReplyForm,
    "tell": TellForm,
    "withdraw": WithdrawForm,
    "reword": RewordForm,
    "seen": SeenForm,
}


CHECKS = {
    **dict.fromkeys(("take_up", "ask_back", "answer"), permissions.check_may_answer),
    **dict.fromkeys(("reply", "tell", "withdraw", "reword", "seen"), permissions.check_may_act_for_case),
}


AT_DESK = {"take_up": {Status.SENT}, "ask_back": {Status.TAKEN_UP}, "answer": {Status.TAKEN_UP}}


AT_LOKET = {
    "reply": {Status.ASKED_BACK},
    "tell": {Status.ANSWERED},
    "withdraw": {Status.SENT, Status.TAKEN_UP, Status.ASKED_BACK},
    "seen": {Status.GROUND_ENDED},
}


@require_GET
def request_page(request: SignedIn, pk: UUID) -> HttpResponse:
    """One request, as the loket or as the desk sees it."""
    return _show(request, get_object_or_404(shown.with_all(SpecialistRequest.objects.visible_to(request.user)), pk=pk))


@require_POST
def take_up(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "take_up", actions.take_up_request, _("You have taken this up. The clock of the answer runs."))


@require_POST
def ask_back(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "ask_back", actions.ask_back, _("Your question is with the loket. Your clock stands still."))


@require_POST
def answer(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "answer", actions.answer_request, _("Your answer is with the loket, which tells the resident."))


@require_POST
def reply(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "reply", actions.reply_to_desk, _("Your answer is with the desk. Its clock runs again."))


@require_POST
def tell(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "tell", actions.tell_resident, _("Saved. The desk no longer sees what went along."))


@require_POST
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "withdraw", actions.withdraw_request, _("Taken back. The desk no longer sees anything of it."))


@require_POST
def reword(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "reword", actions.reword_question, _("The desk reads your question as it is now."))


@require_POST
def seen(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "seen", actions.see_ground_ended, _("Noted that you saw it."))


def _do(request: SignedIn, pk: UUID, name: str, action: Any, done: str) -> HttpResponse:
    """Carry out one action; when it is refused, the page comes back with what was typed."""
    found = get_object_or_404(shown.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)), pk=pk)
    CHECKS[name](request.user, found)
    form = FORMS[name](request.POST, auto_id=f"id_{name}_%s")
    if form.run(action, actor=request.user, request=found):
        messages.success(request, done)
        return redirect(found)
    # It may have changed meanwhile: show it as it is now, with the text that was typed.
    found = shown.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)).get(pk=pk)
    return _show(request, found, {name: form})


def _show(request: SignedIn, found: SpecialistRequest, refused: dict[str, ActionForm] | None = None) -> HttpResponse:
    refused = refused or {}
    if may(permissions.check_may_act_for_case, request.user, found):
        page = shown.request_at_loket(found, request.user)
        possible = AT_LOKET
    else:
        if found.status in {Status.WITHDRAWN, Status.GROUND_ENDED}:
            stub = {"desk": shown.desk_of(found), "form": next(iter(refused.values()), None), "one": found}
            ended = found.status == Status.GROUND_ENDED
            return render(request, f"backoffice/request_{'ground_ended' if ended else 'withdrawn'}.html", stub)
        actions.open_request(actor=request.user, request=found)
        page = shown.request_at_desk(found, request.user)
        possible = AT_DESK
    drafts = {"answer": draft_of(request.user, f"answer:{found.pk}")} if "answer" in possible else {}
    forms = {
        name: FORMS[name](auto_id=f"id_{name}_%s", initial=_typed(drafts.get(name)))
        for name, states in possible.items()
        if found.status in states
    }
    if possible is AT_LOKET and found.words_closed_at and found.items_are_open:
        forms["reword"] = RewordForm(auto_id="id_reword_%s", initial={"title": found.title, "question": found.question})
    context: dict[str, Any] = {
        "page": page,
        "forms": {**forms, **refused},
        "refused": next(iter(refused.values()), None),
        "draft": drafts.get("answer"),
        "snooze": snooze_form(page.stall, request.user),
    }
    return render(request, "backoffice/request_desk.html" if page.at_desk else "backoffice/request_loket.html", context)


def _typed(draft: Any) -> dict[str, Any]:
    return {name: value for name, value in values_of(draft).items() if name in AnswerForm.base_fields}
