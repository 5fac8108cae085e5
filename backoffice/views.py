"""Pages of requests: fetch what is visible, run a form, redirect or show."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.models import Case
from casework.plan_begun import begun_from, step_asked
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn
from luisterloket.platform.drafts import draft_of, save_draft, values_of
from luisterloket.platform.forms import ActionForm

from . import actions, permissions, selectors
from .forms import AnswerForm, AskBackForm, ReplyForm, RewordForm, RouteForm, SeenForm, TakeUpForm, TellForm, WithdrawForm
from .models import Desk, SpecialistRequest
from .sending import send_page

Status = SpecialistRequest.Status


# Sending ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def new_request(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask a desk about a case: first which desk, then what, and exactly what goes along."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    permissions.check_may_route(request.user, case)
    if request.method == "GET":
        return _begin(request, case)
    sent = request.POST
    desk = get_object_or_404(Desk.objects.select_related("unit"), pk=_uuid(sent.get("desk", "")))
    same_desk = sent.get("shown_desk") == str(desk.pk)
    if "preview" in sent or request.htmx or not same_desk:
        return _look_again(request, case, desk, same_desk=same_desk)
    if "ask_consent" in sent:
        return _ask_consent_first(request, case)
    form = RouteForm(sent)
    routed = form.run(actions.route_request, actor=request.user, case=case, desk=desk)
    step = step_asked(sent)
    if routed:
        begun_from(step, actor=request.user, case=case, kind="request", label="request", thing=routed.pk)
        messages.success(request, _("Sent to %(desk)s. You see here what becomes of it.") % {"desk": desk})
        return redirect(routed)
    page = send_page(case, request.user, desk_id=str(desk.pk), ticked=sent.getlist("items"), urgency=sent.get("urgency", ""))
    context = {"case": case, "page": page, "form": form, "typed": sent.dict(), "step": step}
    return render(request, "backoffice/request_new.html", context)


def _begin(request: SignedIn, case: Case) -> HttpResponse:
    """The empty page, or what was being typed before."""
    draft = draft_of(request.user, f"request:{case.pk}")
    typed = values_of(draft)
    desk_id = request.GET.get("desk") or typed.get("desk", "")
    page = send_page(case, request.user, desk_id=desk_id, urgency=typed.get("urgency", ""))
    if typed.get("desk") == desk_id and "items" in typed:
        ticked = [line.key for line in page.lines if line.key in typed["items"]]
        page = _ticked(page, ticked)
    form = RouteForm(initial=typed, auto_id="id_%s")
    context = {
        "case": case, "page": page, "form": form, "typed": typed, "draft": draft, "step": step_asked(request.GET, typed),
    }  # fmt: skip
    return render(request, "backoffice/request_new.html", context)


def _ask_consent_first(request: SignedIn, case: Case) -> HttpResponse:
    """To the page where consent is asked, and back: what was typed is kept, with or without script."""
    sent = request.POST
    name = f"request:{case.pk}"
    kept = {field: sent.get(field, "") for field in ("desk", "title", "question", "urgency", "knows")}
    draft = draft_of(request.user, name)
    items = json.dumps(sent.getlist("items"))
    save_draft(actor=request.user, form=name, revision=draft.revision if draft else 0, values={**kept, "items": items})
    back = f"{reverse('backoffice:request-new', args=[case.pk])}?{urlencode({'desk': kept['desk']})}"
    return redirect(f"{reverse('casework:case-consent', args=[case.pk])}?{urlencode({'terug': back})}")


def _look_again(request: SignedIn, case: Case, desk: Desk, *, same_desk: bool) -> HttpResponse:
    """Nothing is sent: the same page with what was typed, and how the desk would see it."""
    sent = request.POST
    ticked = sent.getlist("items") if same_desk else None
    page = send_page(case, request.user, desk_id=str(desk.pk), ticked=ticked, urgency=sent.get("urgency", ""))
    form = RouteForm(initial=sent.dict())
    draft = draft_of(request.user, f"request:{case.pk}")
    context = {
        "case": case, "page": page, "form": form, "typed": sent.dict(), "draft": draft, "changed": not same_desk,
        "preview": not request.htmx, "step": step_asked(sent),
    }  # fmt: skip
    part = "#live" if request.htmx else ""
    return render(request, f"backoffice/request_new.html{part}", context)


def _ticked(page: Any, keys: list[str]) -> Any:
    return replace(page, lines=tuple(replace(line, ticked=line.key in keys) for line in page.lines))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# Lists -----------------------------------------------------------------------------------------------------------


@require_GET
def requests(request: SignedIn) -> HttpResponse:
    """The requests of my cases, the worst clock first."""
    page = selectors.requests_page(request.user, chosen=request.GET.get("filter", "open"), after=request.GET.get("after", ""))
    return render(request, "backoffice/requests.html", {"page": page})


@require_GET
def queue(request: SignedIn, pk: UUID) -> HttpResponse:
    """A desk's queue, for those who answer there; for anyone else it does not exist."""
    desk = get_object_or_404(Desk.objects.select_related("unit"), pk=pk)
    if not may(permissions.check_may_see_queue, request.user, desk):
        raise Http404
    page = selectors.queue_page(desk, request.user, chosen=request.GET.get("filter", "open"), after=request.GET.get("after", ""))
    return render(request, "backoffice/queue.html", {"page": page})


# One request -----------------------------------------------------------------------------------------------------

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
    return _show(request, get_object_or_404(selectors.with_all(SpecialistRequest.objects.visible_to(request.user)), pk=pk))


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
    found = get_object_or_404(selectors.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)), pk=pk)
    CHECKS[name](request.user, found)
    form = FORMS[name](request.POST, auto_id=f"id_{name}_%s")
    if form.run(action, actor=request.user, request=found):
        messages.success(request, done)
        return redirect(found)
    # It may have changed meanwhile: show it as it is now, with the text that was typed.
    found = selectors.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)).get(pk=pk)
    return _show(request, found, {name: form})


def _show(request: SignedIn, found: SpecialistRequest, refused: dict[str, ActionForm] | None = None) -> HttpResponse:
    refused = refused or {}
    if may(permissions.check_may_act_for_case, request.user, found):
        page = selectors.request_at_loket(found, request.user)
        possible = AT_LOKET
    else:
        if found.status in {Status.WITHDRAWN, Status.GROUND_ENDED}:
            stub = {"desk": selectors.desk_of(found), "form": next(iter(refused.values()), None), "one": found}
            ended = found.status == Status.GROUND_ENDED
            return render(request, f"backoffice/request_{'ground_ended' if ended else 'withdrawn'}.html", stub)
        actions.open_request(actor=request.user, request=found)
        page = selectors.request_at_desk(found, request.user)
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
    }
    return render(request, "backoffice/request_desk.html" if page.at_desk else "backoffice/request_loket.html", context)


def _typed(draft: Any) -> dict[str, Any]:
    return {name: value for name, value in values_of(draft).items() if name in AnswerForm.base_fields}
