"""The five steps of the meldcode on one page, each with its own small form. Reading it needs the category of safety."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from casework import actions
from casework.forms import ConfirmForm
from casework.forms.meldcode import STEP_FORMS, PlanForm, WhyForm, step_form
from casework.meldcode import MeldcodePage, Track, meldcode_page
from casework.models import Case, Intake, Involvement, MeldcodeTrack
from casework.signs import SAFETY
from luisterloket.people.models import User

from . import SignedIn
from .visible import case_with

# What can be done with the steps as a whole, and what is said of it afterwards.
ACTS: dict[str, tuple[Any, Any]] = {
    "beginnen": (actions.begin_meldcode, gettext_lazy("Begun. Write in the steps in any order.")),
    "niet-nodig": (actions.decline_meldcode, gettext_lazy("Noted why the steps are not needed.")),
    "plannen": (actions.plan_meldcode, gettext_lazy("Changed.")),
    "afsluiten": (actions.close_meldcode, gettext_lazy("Closed. Both decisions are kept.")),
    "weer": (actions.reopen_meldcode, gettext_lazy("Taken up again, for you and for today.")),
}


@require_GET
def meldcode(request: SignedIn, pk: UUID) -> HttpResponse:
    """The steps: what was done, what waits, on whom and until when."""
    return _show(request, _page(request, pk))


@require_POST
def open_steps(request: SignedIn, pk: UUID) -> HttpResponse:
    """Begin the steps without a mark."""
    case = case_with(request, pk, SAFETY)
    ConfirmForm(request.POST).run(actions.open_meldcode, actor=request.user, case=case)
    return redirect("casework:case-meldcode", pk)


@require_POST
def step(request: SignedIn, pk: UUID, track: UUID, number: int) -> HttpResponse:
    """Write in one of the steps; when it is refused the page comes back with what was typed."""
    page = _page(request, pk)
    found, row = _track(page, track)
    if number not in STEP_FORMS:
        raise Http404
    form = _step_form(found, number, request.POST)
    if not form.run(actions.write_meldcode_step, actor=request.user, track=row, number=number):
        return _show(request, page, {f"{track} {number}": _as_seen_now(form, found, number)})
    messages.success(request, _("Kept."))
    return redirect(reverse("casework:case-meldcode", args=[pk]) + f"#step-{number}")


@require_POST
def act(request: SignedIn, pk: UUID, track: UUID, act: str) -> HttpResponse:
    """Begin, decline, plan, close or take up again."""
    page = _page(request, pk)
    found, row = _track(page, track)
    if act not in ACTS:
        raise Http404
    form = _act_form(page, found, act, request.POST)
    action, said = ACTS[act]
    if not form.run(action, actor=request.user, track=row):
        return _show(request, page, {f"{track} {act}": form})
    messages.success(request, said)
    return redirect("casework:case-meldcode", pk)


@require_POST
def begin_in_intake(request: SignedIn, pk: UUID) -> HttpResponse:
    """One tap in the alarm of a conversation: the steps begin, and are written in the case that comes of it."""
    intake = get_object_or_404(Intake.objects.visible_to(request.user).open(), pk=pk)
    track = MeldcodeTrack.objects.unfinished().filter(intake=intake).first()
    if track is not None and ConfirmForm(request.POST).run(actions.begin_meldcode, actor=request.user, track=track):
        messages.success(request, _("The five steps have begun. You write them in the case, after you finish the conversation."))
    return redirect("casework:intake-marks", pk)


def _page(request: SignedIn, pk: UUID) -> MeldcodePage:
    return meldcode_page(case_with(request, pk, SAFETY), request.user)


def _track(page: MeldcodePage, pk: UUID) -> tuple[Track, MeldcodeTrack]:
    """Steps that were disclosed to this person, and the row to change."""
    found = page.find(pk)
    if found is None:
        raise Http404
    return found, get_object_or_404(MeldcodeTrack, pk=pk, case=page.case)


def _step_form(track: Track, number: int, data: Any = None) -> Any:
    item = track.steps[number - 1].item
    return step_form(number, data, item.details if item else None, key=f"{str(track.pk)[:8]}_{number}")


def _as_seen_now(form: Any, track: Track, number: int) -> Any:
    """The page that comes back shows what a colleague wrote meanwhile; who saves after that has seen it."""
    item = track.steps[number - 1].item
    form.data = form.data.copy()
    form.data["revision"] = item.details["revision"] if item else 0
    return form


def _act_form(page: MeldcodePage, track: Track, act: str, data: Any = None) -> Any:
    key = f"id_{str(track.pk)[:8]}_{act}_%s"
    if act == "plannen":
        known = {"owner": track.item.details["owner"].pk, "due_on": track.item.details["due_on"]}
        return PlanForm(data, colleagues=_colleagues(page.case), initial=known, auto_id=key)
    return WhyForm(data, auto_id=key) if act in {"niet-nodig", "weer"} else ConfirmForm(data, auto_id=False)


def _colleagues(case: Case) -> list[User]:
    """Who works on the case; the action checks that they may write about safety."""
    parts = Involvement.objects.in_force().filter(case=case, user__is_active=True).exclude(kind=Involvement.Kind.BUDDY)
    return [part.user for part in parts.select_related("user")]


def _show(request: SignedIn, page: MeldcodePage, sent: dict[str, Any] | None = None) -> HttpResponse:
    """The page with all its forms, of which the one in `sent` was refused."""
    sent = sent or {}
    shown = [_with_forms(page, track, sent) for track in page.tracks]
    refused = next(iter(sent.values()), None)
    context = {"page": page, "tracks": shown, "refused": refused, "confirm": ConfirmForm(auto_id=False)}
    return render(request, "casework/meldcode.html", context)


def _with_forms(page: MeldcodePage, track: Track, sent: dict[str, Any]) -> dict[str, Any]:
    status = track.item.details["status"]
    unfinished = track.item.details["unfinished"]
    steps = []
    for one in track.steps:
        refused = sent.get(f"{track.pk} {one.number}")
        form = (refused or _step_form(track, one.number)) if unfinished else None
        steps.append({"step": one, "form": form, "open": bool(refused)})
    acts = {
        name: sent.get(f"{track.pk} {act}") or _act_form(page, track, act)
        for name, act, there in [
            ("decline", "niet-nodig", status == MeldcodeTrack.Status.TO_BEGIN),
            ("plan", "plannen", unfinished),
            ("reopen", "weer", not unfinished and page.current is None),
        ]
        if there
    }
    return {"track": track, "steps": steps, "acts": acts}
