"""Requests of residents about their data: the list, one of them, and what is done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, rights_permissions
from casework.forms import ConfirmForm
from casework.forms.rights import (
    DecideForm,
    ExtendForm,
    IdentityForm,
    NameWrongForm,
    RecordRightsForm,
    RefuseCorrectionForm,
    TellForm,
)
from casework.models import RightsCorrection, RightsRequest
from casework.rights_items import items_to_name
from casework.rights_names import household_names
from casework.rights_page import case_rights, keep_look_in_case, rights_list, rights_page
from casework.rights_words import complaint

from . import SignedIn
from .visible import case_to_work_on

SHORT = 120


@require_GET
def rights(request: SignedIn) -> HttpResponse:
    """Which requests there are and when they are due, the first due first."""
    rights_permissions.check_may_see_list(request.user)
    return render(request, "casework/rights.html", {"page": rights_list(request.user)})


@require_http_methods(["GET", "POST"])
def of_case(request: SignedIn, pk: UUID) -> HttpResponse:
    """What was asked in this case and how far it is; sending writes a new one down."""
    case = case_to_work_on(request, pk)
    household = household_names(case, request.user)
    form = RecordRightsForm(request.POST if request.method == "POST" else None, household=household)
    if form.is_bound and form.run(actions.record_rights_request, actor=request.user, case=case):
        messages.success(request, _("Written down. Who handles it hears of it, and the term of the law runs."))
        return redirect("casework:case-rights", pk)
    context = {"case": case, "name": household[0][1] if household else "", "page": case_rights(case, request.user), "form": form}
    return render(request, "casework/case_rights.html", context)


@require_http_methods(["GET", "POST"])
def of_case_request(request: SignedIn, pk: UUID, rights: UUID) -> HttpResponse:
    """One request, for who works on the case: make sure who asks, name what is wrong."""
    case = case_to_work_on(request, pk)
    found = get_object_or_404(RightsRequest, pk=rights, case=case)
    identity, wrong = IdentityForm(), _name_form(request, found)
    if request.method == "POST" and "key" in request.POST and wrong:
        if wrong.run(actions.ask_correction, actor=request.user, request=found):
            messages.success(request, _("Noted. Put it right in the case now, if you can."))
            return redirect("casework:case-rights", pk)
    elif request.method == "POST":
        identity = IdentityForm(request.POST)
        if identity.run(actions.check_rights_identity, actor=request.user, request=found):
            messages.success(request, _("Noted."))
            return redirect("casework:case-rights", pk)
    keep_look_in_case(found, request.user)
    context = {"case": case, "one": found, "identity": identity, "wrong": wrong}
    return render(request, "casework/case_rights_request.html", context)


@require_POST
def of_case_withdraw(request: SignedIn, pk: UUID, rights: UUID) -> HttpResponse:
    case = case_to_work_on(request, pk)
    found = get_object_or_404(RightsRequest, pk=rights, case=case)
    _press(request, actions.withdraw_rights_request, _("Noted: the resident takes it back."), request=found)
    return redirect("casework:case-rights", pk)


@require_POST
def of_case_corrected(request: SignedIn, pk: UUID, correction: UUID) -> HttpResponse:
    """It was put right in the case."""
    case = case_to_work_on(request, pk)
    found = get_object_or_404(RightsCorrection, pk=correction, case=case)
    _press(request, actions.correction_done, _("Noted. Who got it before is told that it was put right."), correction=found)
    return redirect("casework:case-rights", pk)


@require_GET
def one(request: SignedIn, pk: UUID) -> HttpResponse:
    """One request, for who handles it."""
    return _show(request, handled(request, pk))


@require_POST
def identity(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "identity", actions.check_rights_identity, IdentityForm(request.POST))


@require_POST
def take(request: SignedIn, pk: UUID) -> HttpResponse:
    found = handled(request, pk)
    _press(
        request, actions.take_rights_request, _("In hand. Until you told the resident you see what is kept of them."), request=found
    )
    return redirect("casework:rights-request", pk)


@require_POST
def extend(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "extend", actions.extend_rights_request, ExtendForm(request.POST))


@require_POST
def decide(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "decide", actions.decide_rights_request, DecideForm(request.POST))


@require_POST
def tell(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, "tell", actions.tell_rights_decision, TellForm(request.POST))


@require_POST
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    found = handled(request, pk)
    _press(request, actions.withdraw_rights_request, _("Noted: the resident takes it back."), request=found)
    return redirect("casework:rights-request", pk)


@require_POST
def lift(request: SignedIn, pk: UUID) -> HttpResponse:
    found = handled(request, pk)
    _press(request, actions.lift_rights_hold, _("Lifted. It may go on."), request=found)
    return redirect("casework:rights-request", pk)


@require_POST
def name_wrong(request: SignedIn, pk: UUID) -> HttpResponse:
    found = handled(request, pk)
    form = _name_form(request, found) or ConfirmForm(request.POST)
    return _do(request, pk, "wrong", actions.ask_correction, form)


@require_POST
def corrected(request: SignedIn, pk: UUID, correction: UUID) -> HttpResponse:
    found = handled(request, pk)
    thing = get_object_or_404(RightsCorrection, pk=correction, request=found)
    _press(request, actions.correction_done, _("Noted. Who got it before is told that it was put right."), correction=thing)
    return redirect("casework:rights-request", pk)


@require_POST
def refuse_correction(request: SignedIn, pk: UUID, correction: UUID) -> HttpResponse:
    found = handled(request, pk)
    thing = get_object_or_404(RightsCorrection, pk=correction, request=found)
    form = RefuseCorrectionForm(request.POST, auto_id=_ids(thing))
    if form.run(actions.refuse_correction, actor=request.user, correction=thing):
        messages.success(request, _("Noted. It stands beside it from now on."))
        return redirect("casework:rights-request", pk)
    return _show(request, found, {f"refuse {thing.pk}": form})


@require_GET
def letter(request: SignedIn, pk: UUID) -> HttpResponse:
    """What was decided on paper, for the resident: with the reason, and where to complain."""
    found = handled(request, pk)
    rights_permissions.check_has_in_hand(request.user, found)
    page = rights_page(found, request.user)
    return render(request, "casework/rights_letter.html", {"page": page, "one": found, "complaint": complaint()})


def handled(request: SignedIn, pk: UUID) -> RightsRequest:
    """A request of a unit for which this person handles them; to everyone else it is not there."""
    # The case itself is behind the wall until it is in hand.
    people = ("handler", "recorded_by", "decided_by")
    return get_object_or_404(rights_permissions.handled_by(request.user).select_related(*people), pk=pk)


def _do(request: SignedIn, pk: UUID, name: str, action: Any, form: Any) -> HttpResponse:
    found = handled(request, pk)
    if form.run(action, actor=request.user, request=found):
        messages.success(request, _("Noted."))
        return redirect("casework:rights-request", pk)
    return _show(request, found, {name: form})


def _press(request: SignedIn, action: Any, done: str, /, **known: Any) -> None:
    """A button without a form to show again."""
    form = ConfirmForm(request.POST)
    if form.run(action, actor=request.user, **known):
        messages.success(request, done)
    else:
        messages.error(request, form.refusal)


def _show(request: SignedIn, found: RightsRequest, sent: dict[str, Any] | None = None) -> HttpResponse:
    sent = sent or {}
    page = rights_page(found, request.user)
    wrong = [
        (one, sent.get(f"refuse {one.correction.pk}") or RefuseCorrectionForm(auto_id=_ids(one.correction))) for one in page.wrong
    ]
    context = {
        "page": page,
        "one": found,
        "wrong": wrong,
        "identity": sent.get("identity") or IdentityForm(),
        "extend": sent.get("extend") or ExtendForm(),
        "decide": sent.get("decide") or DecideForm(),
        "tell": sent.get("tell") or TellForm(),
        "name": sent.get("wrong") or (_name_form(request, found, bound=False) if page.in_hand else None),
        "refused": next(iter(sent.values()), None),
        "complaint": complaint(),
    }
    return render(request, "casework/rights_request.html", context)


def _name_form(request: SignedIn, found: RightsRequest, *, bound: bool = True) -> NameWrongForm | None:
    """The things that can be named as wrong; none in another kind of request, or before it is sure who asks."""
    if found.kind != RightsRequest.Kind.CORRECTION or found.status not in {"identified", "in_hand"}:
        return None
    things = [(key, f"{item.label}: {_short(item.text)}") for key, (_case, item) in items_to_name(request.user, found).items()]
    sent = request.POST if bound and request.method == "POST" and "key" in request.POST else None
    return NameWrongForm(sent, things=things)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def _ids(correction: RightsCorrection) -> str:
    return f"id_{str(correction.pk)[:8]}_%s"
