"""The page on which a request is made."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice import actions, intake, permissions
from backoffice.forms.requests import (
    RouteForm,
)
from backoffice.models import Desk, SpecialistRequest
from backoffice.request_page import FOLLOWS
from backoffice.sending import draft_name, send_page
from casework.models import Case
from casework.plan_begun import begun_from, step_asked
from luisterloket.people.requests import SignedIn
from luisterloket.platform.drafts import draft_of, save_draft, values_of


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
    form = RouteForm(sent, questions=intake.questions_for(desk, case))
    follows = _gone_on_from(request, case)
    routed = form.run(actions.route_request, actor=request.user, case=case, desk=desk, follows=follows)
    step = step_asked(sent)
    if routed:
        begun_from(step, actor=request.user, case=case, kind="request", label="request", thing=routed.pk)
        messages.success(request, _("Sent to %(desk)s. You see here what becomes of it.") % {"desk": desk})
        return redirect(routed)
    page = send_page(
        case, request.user, desk_id=str(desk.pk), ticked=sent.getlist("items"), urgency=sent.get("urgency", ""),
        kind=sent.get("kind", ""),
    )  # fmt: skip
    # Asked as they are now: the desk may have changed them while this was typed.
    form.ask(page.questions)
    context = {
        "case": case, "page": page, "form": form, "typed": sent.dict(), "step": step, "follows": follows,
        "asks": intake.shown(page.questions, sent.dict()),
    }  # fmt: skip
    return render(request, "backoffice/request_new.html", context)


def _begin(request: SignedIn, case: Case) -> HttpResponse:
    """The empty page, or what was being typed before."""
    follows = _gone_on_from(request, case)
    draft = draft_of(request.user, draft_name(case, follows))
    typed = values_of(draft)
    if follows is not None and not typed:
        # Its words come along, to be read over; what goes along is decided anew for this desk.
        typed = {"title": follows.title, "question": follows.question, "urgency": follows.urgency}
    desk_id = request.GET.get("desk") or typed.get("desk", "")
    page = send_page(case, request.user, desk_id=desk_id, urgency=typed.get("urgency", ""), kind=typed.get("kind", ""))
    if typed.get("desk") == desk_id and "items" in typed:
        ticked = [line.key for line in page.lines if line.key in typed["items"]]
        page = _ticked(page, ticked)
    form = RouteForm(initial=typed, auto_id="id_%s", questions=page.questions)
    context = {
        "case": case, "page": page, "form": form, "typed": typed, "draft": draft, "step": step_asked(request.GET, typed),
        "follows": follows,
        "asks": intake.shown(page.questions, typed),
    }  # fmt: skip
    return render(request, "backoffice/request_new.html", context)


def _ask_consent_first(request: SignedIn, case: Case) -> HttpResponse:
    """To the page where consent is asked, and back: what was typed is kept, with or without script."""
    sent = request.POST
    follows = _gone_on_from(request, case)
    name = draft_name(case, follows)
    kept = {field: sent.get(field, "") for field in ("desk", "title", "question", "urgency", "kind", "knows")}
    kept |= {field: value for field, value in sent.dict().items() if field.startswith("ask_") and field != "ask_consent"}
    draft = draft_of(request.user, name)
    items = json.dumps(sent.getlist("items"))
    save_draft(actor=request.user, form=name, revision=draft.revision if draft else 0, values={**kept, "items": items})
    query = {"desk": kept["desk"], **({FOLLOWS: str(follows.pk)} if follows else {})}
    back = f"{reverse('backoffice:request-new', args=[case.pk])}?{urlencode(query)}"
    return redirect(f"{reverse('casework:case-consent', args=[case.pk])}?{urlencode({'terug': back})}")


def _look_again(request: SignedIn, case: Case, desk: Desk, *, same_desk: bool) -> HttpResponse:
    """Nothing is sent: the same page with what was typed, and how the desk would see it."""
    sent = request.POST
    ticked = sent.getlist("items") if same_desk else None
    page = send_page(
        case, request.user, desk_id=str(desk.pk), ticked=ticked, urgency=sent.get("urgency", ""), kind=sent.get("kind", "")
    )
    form = RouteForm(initial=sent.dict(), questions=page.questions)
    follows = _gone_on_from(request, case)
    draft = draft_of(request.user, draft_name(case, follows))
    context = {
        "case": case, "page": page, "form": form, "typed": sent.dict(), "draft": draft, "changed": not same_desk,
        "preview": not request.htmx, "step": step_asked(sent), "changed_kind": sent.get("shown_kind", page.kind) != page.kind,
        "follows": follows, "asks": intake.shown(page.questions, sent.dict()),
    }  # fmt: skip
    part = "#live" if request.htmx else ""
    return render(request, f"backoffice/request_new.html{part}", context)


def _gone_on_from(request: SignedIn, case: Case) -> SpecialistRequest | None:
    """The answered request of this case that this one goes on from; one that is not there is passed over without a hint."""
    asked = _uuid(request.POST.get(FOLLOWS, "") or request.GET.get(FOLLOWS, ""))
    if asked is None:
        return None
    return SpecialistRequest.objects.asked_from(request.user).filter(case=case, pk=asked, answered_at__isnull=False).first()


def _ticked(page: Any, keys: list[str]) -> Any:
    return replace(page, lines=tuple(replace(line, ticked=line.key in keys) for line in page.lines))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
