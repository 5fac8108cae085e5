"""The money sheet of a case, filled in with the resident opposite."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions
from casework.forms import LINE_FORMS, ConfirmForm
from casework.models import Case, Concern, CostLine, Debt, IncomeLine
from casework.money import MoneySheet, money_sheet
from casework.money_panels import notes_of
from casework.signs import Threat
from luisterloket.platform import drafts

from . import SignedIn
from .visible import case_to_work_on, case_with

# The word in the address, and what it stands for.
KINDS = {"inkomen": "income", "kosten": "cost", "schuld": "debt"}
MODELS: dict[str, Any] = {"income": IncomeLine, "cost": CostLine, "debt": Debt}
ADD = {"income": actions.add_income, "cost": actions.add_cost, "debt": actions.add_debt}
ADD_TITLES = {
    "income": gettext_lazy("What comes in?"),
    "cost": gettext_lazy("What goes out?"),
    "debt": gettext_lazy("What is owed?"),
}


@require_GET
def sheet(request: SignedIn, pk: UUID) -> HttpResponse:
    """What comes in, goes out and is owed, with honest totals."""
    page = _page(request, pk)
    context = {"page": page, "talked": ConfirmForm(), "notes": notes_of(request.user, page.case)}
    return render(request, "casework/money.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: UUID, word: str) -> HttpResponse:
    """One more line. The button that stays here makes one creditor after another quick."""
    page, kind = _page(request, pk), _kind(word)
    kept_as = actions.kept_as(page.case, kind)
    draft = drafts.draft_of(request.user, kept_as)
    form = LINE_FORMS[kind](request.POST if request.method == "POST" else None, people=page.people, initial=drafts.values_of(draft))
    if form.is_bound and form.run(ADD[kind], actor=request.user, case=page.case):
        messages.success(request, _("Added."))
        return redirect(request.path if "again" in request.POST else _sheet(page.case))
    so_far = {"income": page.income, "cost": page.costs, "debt": page.debts}[kind]
    context = {"page": page, "form": form, "kind": kind, "title": ADD_TITLES[kind], "so_far": so_far}
    context |= {"kept_as": kept_as, "draft": draft}
    return render(request, "casework/money_line.html", context)


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: UUID, word: str, line: UUID) -> HttpResponse:
    """Put a line right, say how it is now, or end it."""
    page, kind = _page(request, pk), _kind(word)
    item = page.find(kind, line)
    if item is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    options: dict[str, Any] = {"new": False} if kind == "debt" else {}
    whose = page.person.get(item.details["whose"])
    initial = {**item.details, "whose": whose, "text": item.details["words"]}
    form = LINE_FORMS[kind](sent, people=page.people, initial=initial, **options)
    found = get_object_or_404(MODELS[kind], pk=line, case=page.case)
    if form.is_bound and form.run(actions.change_line, actor=request.user, case=page.case, line=found):
        messages.success(request, _("Changed."))
        return redirect(_sheet(page.case))
    context = {"page": page, "form": form, "kind": kind, "title": _("How is it now?"), "changes": True}
    return render(request, "casework/money_line.html", context)


@require_POST
def again(request: SignedIn, pk: UUID, word: str, line: UUID) -> HttpResponse:
    """It was ended or paid by mistake, or came back."""
    case = case_with(request, pk, "finances")
    found = get_object_or_404(MODELS[_kind(word)], pk=line, case=case)
    return _done(request, case, ConfirmForm(request.POST), actions.take_up_again, line=found)


@require_POST
def talked(request: SignedIn, pk: UUID, line: UUID) -> HttpResponse:
    """The first conversation about a threat was held."""
    case = case_with(request, pk, "finances")
    return _done(
        request, case, ConfirmForm(request.POST), actions.note_first_talk, debt=get_object_or_404(Debt, pk=line, case=case)
    )


@require_POST
def threat_talked(request: SignedIn, pk: UUID, thing: UUID) -> HttpResponse:
    """The same for a threat that was marked in what was heard. Its category decides who may, as with the mark itself."""
    case = case_to_work_on(request, pk)
    concern = get_object_or_404(Concern, pk=thing, case=case, sign__in=Threat.values)
    if ConfirmForm(request.POST).run(actions.note_threat_talk, actor=request.user, case=case, concern=concern):
        messages.success(request, _("Noted."))
    return redirect(case)


def _done(request: SignedIn, case: Case, form: ConfirmForm, action: Any, **known: Any) -> HttpResponse:
    if form.run(action, actor=request.user, case=case, **known):
        messages.success(request, _("Noted."))
    else:
        messages.info(request, form.refusal)
    return redirect(_sheet(case))


def _page(request: SignedIn, pk: UUID) -> MoneySheet:
    return money_sheet(case_with(request, pk, "finances"), request.user)


def _kind(word: str) -> str:
    if word not in KINDS:
        raise Http404
    return KINDS[word]


def _sheet(case: Case) -> str:
    return reverse("casework:case-money", args=[case.pk])
