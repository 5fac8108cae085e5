"""The plan of a case: goals in the resident's words, steps with who and when, the resident's answer, and what it brought."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import actions
from casework.deciding import decider_on
from casework.forms.plan_steps import AnswerForm, EffectForm, StepActForm, StepForm, step_values
from casework.forms.plans import GoalForm, SettleForm, goal_named, goal_values
from casework.models import Case, Goal, PlanStep
from casework.permissions import works_on
from casework.plan_page import PlanPage, plan_page
from casework.safety import colleagues_of
from luisterloket.people.models import User

from . import SignedIn
from .visible import case_to_work_on, visible_case


@require_http_methods(["GET", "POST"])
def plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """The whole plan, for whoever may open the case; sending adds a goal, for who works on it."""
    sent = request.POST if request.method == "POST" else None
    case = case_to_work_on(request, pk) if sent is not None else visible_case(request, pk)
    page = plan_page(case, request.user)
    whose = page.household[0][0] if len(page.household) > 1 else None
    form = GoalForm(sent, household=page.household, initial={"resident": whose})
    if form.is_bound and form.run(actions.add_goal, actor=request.user, case=case):
        messages.success(request, _("The goal is in the plan."))
        return redirect("casework:case-plan", pk)
    return render(request, "casework/plan.html", {"page": page, "form": form, "states": PlanStep.Status, "effects": _EFFECTS})


_EFFECTS = [one for one in PlanStep.Effect if one != PlanStep.Effect.HELPS]


@require_http_methods(["GET", "POST"])
def add_step(request: SignedIn, pk: UUID) -> HttpResponse:
    """One step more, for the goal that the address names. The button that stays here makes one after another quick."""
    case = case_to_work_on(request, pk)
    page = plan_page(case, request.user)
    sent = request.POST if request.method == "POST" else None
    main = page.household[0][0] if page.household else None
    initial: dict[str, Any] = {"guard": request.user.pk, "resident": main, "goal": goal_named(page, request.GET.get("doel", ""))}
    initial |= {name: request.GET[name] for name in ("kind", "talent") if name in request.GET}
    form = StepForm(sent, page=page, colleagues=_colleagues(case), initial=initial)
    if form.is_bound and form.run(actions.add_step, actor=request.user, case=case):
        messages.success(request, _("The step is in the plan. Ask whether the resident agrees."))
        return redirect(request.get_full_path()) if "again" in request.POST else redirect("casework:case-plan", pk)
    return render(request, "casework/plan_step.html", {"page": page, "form": form, "goal": _goal_text(page, initial["goal"])})


@require_http_methods(["GET", "POST"])
def change_step(request: SignedIn, pk: UUID, step: UUID) -> HttpResponse:
    """Put a step right, or say more of what it brought."""
    page, found = _shown_step(request, pk, step)
    values = step_values(found) | {"version": found.version}
    sent = request.POST if request.method == "POST" else None
    form = StepForm(sent, page=page, colleagues=_colleagues(page.case), initial=values)
    if form.is_bound and form.run(actions.change_step, actor=request.user, step=found):
        messages.success(request, _("Changed."))
        return redirect("casework:case-plan", pk)
    effect = EffectForm(initial={"effect": found.effect, "effect_word": found.effect_word})
    return render(request, "casework/plan_step.html", {"page": page, "form": form, "step": found, "effect": effect})


@require_POST
def note_effect(request: SignedIn, pk: UUID, step: UUID) -> HttpResponse:
    """What a step brought, with a word."""
    page, found = _shown_step(request, pk, step)
    effect = EffectForm(request.POST)
    if effect.run(actions.note_effect, actor=request.user, step=found):
        messages.success(request, _("Noted."))
        return redirect("casework:case-plan", pk)
    form = StepForm(page=page, colleagues=_colleagues(page.case), initial=step_values(found) | {"version": found.version})
    return render(request, "casework/plan_step.html", {"page": page, "form": form, "step": found, "effect": effect})


@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: UUID, step: UUID) -> HttpResponse:
    """The resident agrees to a step or does not want it. One tap on the plan; more is asked only when something more is needed."""
    page, found = _shown_step(request, pk, step)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, initial={"version": found.version, "answer": found.answer})
    if form.is_bound:
        if form.run(actions.answer_step, actor=request.user, step=found):
            messages.success(request, _("Noted."))
            return redirect("casework:case-plan", pk)
        form.read_again(found)
    item = next(item for item in page.disclosed.of("plan_step") if item.ref == found.pk)
    context = {"page": page, "form": form, "item": item, "decides": decider_on(found, request.user)}
    return render(request, "casework/plan_answer.html", context)


@require_POST
def move_step(request: SignedIn, pk: UUID, step: UUID) -> HttpResponse:
    """Taken up, done and what it brought, stopped, or not after all: one tap."""
    _page, found = _shown_step(request, pk, step)
    _tap(request, StepActForm(request.POST), actions.move_step, step=found)
    return redirect("casework:case-plan", pk)


@require_http_methods(["GET", "POST"])
def change_goal(request: SignedIn, pk: UUID, goal: UUID) -> HttpResponse:
    """Put the words of a goal right."""
    page, found = _shown_goal(request, pk, goal)
    values = goal_values(found) | {"version": found.version}
    form = GoalForm(request.POST if request.method == "POST" else None, household=page.household, initial=values)
    if form.is_bound and form.run(actions.change_goal, actor=request.user, goal=found):
        messages.success(request, _("Changed."))
        return redirect("casework:case-plan", pk)
    return render(request, "casework/plan_goal.html", {"page": page, "form": form, "goal": found})


@require_POST
def settle_goal(request: SignedIn, pk: UUID, goal: UUID) -> HttpResponse:
    """Reached, let go, or taken up again: one tap."""
    _page, found = _shown_goal(request, pk, goal)
    _tap(request, SettleForm(request.POST), actions.settle_goal, goal=found)
    return redirect("casework:case-plan", pk)


def _tap(request: SignedIn, form: Any, action: Any, **known: Any) -> None:
    if form.run(action, actor=request.user, **known):
        messages.success(request, _("Noted."))
    else:
        messages.error(request, form.refusal)


def _shown_step(request: SignedIn, pk: UUID, step: UUID) -> tuple[PlanPage, PlanStep]:
    """A step that this person reads on the plan; another is not there."""
    page = plan_page(case_to_work_on(request, pk), request.user)
    if not page.has("plan_step", step):
        raise Http404
    found = PlanStep.objects.select_related("case", "goal", "person", "resident", "talent", "guard")
    return page, get_object_or_404(found, pk=step, case=page.case)


def _shown_goal(request: SignedIn, pk: UUID, goal: UUID) -> tuple[PlanPage, Goal]:
    page = plan_page(case_to_work_on(request, pk), request.user)
    if not page.has("goal", goal):
        raise Http404
    return page, get_object_or_404(Goal.objects.select_related("case"), pk=goal, case=page.case)


def _goal_text(page: PlanPage, goal: UUID | None) -> str:
    return next((item.text for item in page.disclosed.of("goal") if item.ref == goal), "")


def _colleagues(case: Case) -> list[User]:
    return [user for user in colleagues_of(case) if works_on(user, case)]
