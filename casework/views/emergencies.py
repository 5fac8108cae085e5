"""Opening in an emergency, and the review of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, emergencies
from casework.emergency_page import WITH_WORDS, category_names, listed, mine, opened_page, review_page
from casework.emergency_permissions import check_may_break_glass, check_may_judge, check_may_say, check_may_see_reviews
from casework.forms import ConfirmForm
from casework.forms.emergencies import BreakGlassForm, JudgeForm, SayForm
from casework.models import BreakGlass

from . import SignedIn


@require_http_methods(["GET", "POST"])
def emergency(request: SignedIn) -> HttpResponse:
    """Whom one knows whole: by name and day of birth, or by the reference of who is protected."""
    check_may_break_glass(request.user)
    return _ask(request, None)


@require_http_methods(["GET", "POST"])
def of_case(request: SignedIn, pk: UUID) -> HttpResponse:
    """Of a case that one may know of. To anyone else it is not there, as if it never was."""
    if not emergencies.may_know_of(request.user, pk):
        raise Http404
    check_may_break_glass(request.user)
    return _ask(request, pk)


def _ask(request: SignedIn, case_id: UUID | None) -> HttpResponse:
    names = category_names()
    offered = {code: names[code] for code in emergencies.may_be_opened(request.user)}
    form = BreakGlassForm(request.POST or None, categories=offered, known=case_id is not None)
    if form.is_bound:
        opened = form.run(actions.break_glass, actor=request.user, **({"case_id": case_id} if case_id else {}))
        if opened:
            return redirect("casework:emergency-open", opened.pk)
    return render(
        request, "casework/emergency.html", {"form": form, "offered": offered, "known": case_id, "mine": mine(request.user)}
    )


@require_GET
def opened(request: SignedIn, pk: UUID) -> HttpResponse:
    """What was opened, to who opened it and for as long as it is open; after that, what came of it."""
    return _opened(request, _own(request, pk), SayForm())


@require_POST
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    """It is not needed any more."""
    found = get_object_or_404(_seen(request), pk=pk)
    own = found.who_id == request.user.pk
    form = ConfirmForm(request.POST)
    if form.run(actions.end_emergency, actor=request.user, emergency=found):
        messages.success(request, _("It is shut again."))
    else:
        messages.error(request, form.refusal)
    return redirect("casework:emergency-open" if own else "casework:emergency-review", pk)


@require_POST
def say(request: SignedIn, pk: UUID) -> HttpResponse:
    """The account of who opened it, or the word of who sees to the case."""
    found = get_object_or_404(_seen(request), pk=pk)
    check_may_say(request.user, found)
    own = found.who_id == request.user.pk
    form = SayForm(request.POST)
    if form.run(actions.say_of_emergency, actor=request.user, emergency=found):
        messages.success(request, _("Noted."))
        return redirect("casework:emergency-open" if own else "casework:emergency-review", pk)
    return _opened(request, found, form) if own else _review(request, found, say=form)


@require_GET
def reviews(request: SignedIn) -> HttpResponse:
    """What was opened in emergencies, as far as this person sees to it."""
    check_may_see_reviews(request.user)
    waiting, decided = listed(request.user)
    return render(request, "casework/emergency_reviews.html", {"waiting": waiting, "decided": decided})


@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: UUID) -> HttpResponse:
    """Why it was opened, what was asked and what was looked at. Sending decides, which the privacy officer does."""
    found = get_object_or_404(BreakGlass.objects.reviewed_by(request.user).select_related(*WITH_WORDS), pk=pk)
    if request.method == "GET":
        return _review(request, found)
    check_may_judge(request.user, found)
    form = JudgeForm(request.POST, emergency=found)
    if form.run(actions.judge_emergency, actor=request.user, emergency=found):
        messages.success(request, _("Decided. Who opened it and who sees to the case are told."))
        return redirect("casework:emergency-review", pk)
    return _review(request, found, judge=form)


def _own(request: SignedIn, pk: UUID) -> BreakGlass:
    return get_object_or_404(BreakGlass.objects.filter(who=request.user).select_related(*WITH_WORDS), pk=pk)


def _seen(request: SignedIn) -> Any:
    """One's own, and those that one sees to."""
    own = BreakGlass.objects.filter(who=request.user).values("pk")
    to_see_to = BreakGlass.objects.reviewed_by(request.user).values("pk")
    return BreakGlass.objects.filter(pk__in=own.union(to_see_to)).select_related(*WITH_WORDS)


def _opened(request: SignedIn, found: BreakGlass, form: SayForm) -> HttpResponse:
    context = {"page": opened_page(found, request.user), "emergency": found, "say": form}
    return render(request, "casework/emergency_opened.html", context)


def _review(request: SignedIn, found: BreakGlass, *, say: Any = None, judge: Any = None) -> HttpResponse:
    page = review_page(found, request.user)
    context = {
        "page": page,
        "emergency": found,
        "say": say or SayForm(auto_id="id_say_%s"),
        "judge": judge or JudgeForm(emergency=found),
        "refused": say or judge,
    }
    return render(request, "casework/emergency_review.html", context)
