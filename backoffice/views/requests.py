"""The page of one request, and everything that is done on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backoffice import actions, intake, permissions
from backoffice import request_page as shown
from backoffice.forms.answers import AnswerForm, CheckOutcomeForm, JudgeForm
from backoffice.forms.contests import ContestForm, EscalateForm, ReconsiderForm, TakeContestBackForm
from backoffice.forms.desk_work import work_forms
from backoffice.forms.requests import AskBackForm, ReplyForm, RewordForm, SeenForm, TakeUpForm, TellForm, WithdrawForm
from backoffice.forms.time import ExtendForm, PauseForm, ResumeForm
from backoffice.models import Clock, SpecialistRequest
from backoffice.stalls_page import snooze_form
from backoffice.transitions import TABLE, Who, offered
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn
from luisterloket.platform.drafts import draft_of, values_of
from luisterloket.platform.forms import ActionForm

Status = SpecialistRequest.Status


# What is done with the time of an answer.
TIME = {"pause", "resume", "extend"}
# The form of each step that is done on this page; who may, and from where, stands in the table of transitions.
FORMS: dict[str, type[ActionForm]] = {
    "take_up": TakeUpForm,
    "ask_back": AskBackForm,
    "answer": AnswerForm,
    "judge": JudgeForm,
    "pause": PauseForm,
    "resume": ResumeForm,
    "extend": ExtendForm,
    "reply": ReplyForm,
    "tell": TellForm,
    "check_outcome": CheckOutcomeForm,
    "withdraw": WithdrawForm,
    "reword": RewordForm,
    "seen": SeenForm,
    "contest": ContestForm,
    "reconsider": ReconsiderForm,
    "take_contest_back": TakeContestBackForm,
    "escalate": EscalateForm,
}


@require_GET
def request_page(request: SignedIn, pk: UUID) -> HttpResponse:
    """One request, as the loket or as the desk sees it."""
    return show(request, get_object_or_404(shown.with_all(SpecialistRequest.objects.visible_to(request.user)), pk=pk))


@require_POST
def take_up(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "take_up", actions.take_up_request, _("You have taken this up. The clock of the answer runs."))


@require_POST
def ask_back(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "ask_back", actions.ask_back, _("Your question is with the loket."))


@require_POST
def answer(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "answer", actions.answer_request, _("Your answer is with the loket, which tells the resident."))


@require_POST
def pause(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "pause", actions.pause_answer, _("The clock stands still. The loket reads why."))


@require_POST
def resume(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "resume", actions.resume_answer, _("The clock runs again, with the time it had left."))


@require_POST
def extend(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "extend", actions.extend_answer, _("You have more time. The loket reads until when, and why."))


@require_POST
def reply(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "reply", actions.reply_to_desk, _("Your answer is with the desk. Its clock runs again."))


@require_POST
def tell(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "tell", actions.tell_resident, _("Saved. The desk no longer sees what went along."))


@require_POST
def judge(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "judge", actions.judge_question, _("Saved. Only the asker and the desk lead read it."))


@require_POST
def check_outcome(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "check_outcome", actions.check_outcome, _("Saved. Nothing is asked about this request any more."))


@require_POST
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "withdraw", actions.withdraw_request, _("Taken back. The desk no longer sees anything of it."))


@require_POST
def reword(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "reword", actions.reword_question, _("The desk reads your question as it is now."))


@require_POST
def seen(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "seen", actions.see_ground_ended, _("Noted that you saw it."))


@require_POST
def contest(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(
        request, pk, "contest", actions.contest_answer, _("The desk looks again, by someone else. You see here what comes of it.")
    )


@require_POST
def reconsider(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "reconsider", actions.reconsider_answer, _("Your answer is with the loket, which tells the resident."))


@require_POST
def take_contest_back(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(
        request, pk, "take_contest_back", actions.take_contest_back, _("It stays at the answer that was given. Tell the resident.")
    )


@require_POST
def escalate(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "escalate", actions.escalate, _("The wijkwethouder has it. You see here what is decided."))


def _do(request: SignedIn, pk: UUID, name: str, action: Any, done: str) -> HttpResponse:
    """Carry out one action; when it is refused, the page comes back with what was typed."""
    found = get_object_or_404(shown.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)), pk=pk)
    permissions.CHECKS[TABLE[name].who](request.user, found)
    form = FORMS[name](request.POST, auto_id=f"id_{name}_%s", **_asks(name, found))
    if form.run(action, actor=request.user, request=found):
        messages.success(request, done)
        return redirect(back_to(request, found))
    # It may have changed meanwhile: show it as it is now, with the text that was typed.
    found = shown.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)).get(pk=pk)
    return show(request, found, {name: form})


def back_to(request: SignedIn, found: SpecialistRequest) -> str:
    """The page of the request, with the list beside it as it was."""
    query = request.GET.urlencode()
    return f"{found.get_absolute_url()}?{query}" if query else found.get_absolute_url()


def show(request: SignedIn, found: SpecialistRequest, refused: dict[str, ActionForm] | None = None) -> HttpResponse:
    """The request as this person's side sees it, with the forms of what can be done now; `refused` keep what was typed in them."""
    refused = refused or {}
    if may(permissions.check_may_act_for_case, request.user, found):
        page, side = shown.request_at_loket(found, request.user), Who.LOKET
    else:
        if found.status in {Status.WITHDRAWN, Status.GROUND_ENDED}:
            stub = {"desk": shown.desk_of(found), "form": next(iter(refused.values()), None), "one": found}
            ended = found.status == Status.GROUND_ENDED
            return render(request, f"backoffice/request_{'ground_ended' if ended else 'withdrawn'}.html", stub)
        actions.open_request(actor=request.user, request=found)
        page, side = shown.request_at_desk(found, request.user, request.GET), Who.DESK
    draft = draft_of(request.user, f"answer:{found.pk}") if side is Who.DESK else None
    forms = {name: _form(name, found, draft) for name in offered(found.status, side) if name in FORMS and _is_open(name, page)}
    if page.work:
        forms |= work_forms(page.work, request.user)
    context: dict[str, Any] = {
        "page": page,
        "forms": {**forms, **refused},
        "refused": next(iter(refused.values()), None),
        "draft": draft,
        "snooze": snooze_form(page.stall, request.user),
    }
    return render(request, "backoffice/request_desk.html" if page.at_desk else "backoffice/request_loket.html", context)


def _is_open(name: str, page: shown.RequestPage) -> bool:
    """Whether a step that the state allows is still to be done: some are done once, or only when something waits for it."""
    one = page.request
    if name == "reword":
        return one.words_closed_at is not None
    if name == "check_outcome":
        return one.clock == Clock.OUTCOME
    if name == "contest":
        return page.contested.can_contest
    if name == "escalate":
        return page.contested.can_escalate
    if name == "reconsider":
        return page.may_reconsider
    if name in TIME:
        return _in_time(one, name)
    return name != "judge" or page.review is None


def _form(name: str, found: SpecialistRequest, draft: Any) -> ActionForm:
    initial: dict[str, Any] = _typed(draft) if name == "answer" else {}
    if name == "reword":
        given = {one.question.field: one.text for one in intake.to_read_over(found, found.case)}
        initial = given | {"title": found.title, "question": found.question}
    return FORMS[name](auto_id=f"id_{name}_%s", initial=initial, **_asks(name, found))


def _asks(name: str, found: SpecialistRequest) -> dict[str, Any]:
    """What the form of a step must know of the request."""
    if name == "reword":
        return {"questions": [one.question for one in intake.to_read_over(found, found.case)]}
    return {"desk_unit": found.desk_unit_id} if name in {"answer", "reconsider"} else {}


def _in_time(found: SpecialistRequest, name: str) -> bool:
    """Whether what is done with the time of an answer is possible now."""
    if name == "resume":
        return found.is_paused
    if name == "pause":
        return not found.is_paused
    return not found.is_paused and found.extended_at is None


def _typed(draft: Any) -> dict[str, Any]:
    return {name: value for name, value in values_of(draft).items() if name in AnswerForm.base_fields}
