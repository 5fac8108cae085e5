"""What came in at a loket: the list, one of them, and what becomes of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice import actions
from backoffice.forms.hand_ins import AcceptForm, ConcludeForm, GiveHandInForm, SendBackForm
from backoffice.hand_in_page import colleagues_in, received_one, received_page
from backoffice.models import HandIn, Reception
from casework.choosing import choices
from casework.forms import LinkForm
from casework.models import Case
from casework.permissions import WORKS_IN_THE_WIJK
from luisterloket.people.requests import SignedIn
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed
from luisterloket.platform.forms import ActionForm


@require_GET
def received_all(request: SignedIn) -> HttpResponse:
    """What was handed in at one's own loket."""
    if not request.user.has(Permission.LISTEN):
        raise NotAllowed(WORKS_IN_THE_WIJK)
    return render(request, "backoffice/received_all.html", {"page": received_page(request.user)})


@require_GET
def received(request: SignedIn, pk: UUID) -> HttpResponse:
    """One that was handed in, with who it may be."""
    return _page(request, _received(request, pk))


@require_POST
def give(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _received(request, pk)
    form = GiveHandInForm(request.POST, colleagues=colleagues_in(found.unit_id))
    if form.run(actions.give_hand_in, actor=request.user, hand_in=found):
        messages.success(request, _("Changed."))
        return redirect("backoffice:received", pk)
    return _page(request, found, give=form)


@require_POST
def accept(request: SignedIn, pk: UUID) -> HttpResponse:
    """As a conversation or an early sign. The sender hears only that it was taken on."""
    found = _received(request, pk)
    form = AcceptForm(request.POST)
    if form.run(actions.accept_hand_in, actor=request.user, hand_in=found):
        messages.success(request, _("Taken on. The sender hears that, and no more."))
        reception = Reception.objects.select_related("intake").get(hand_in=found)
        if reception.intake is not None:
            return redirect(reception.intake)
        return redirect("casework:early-sign", reception.sign_id)
    return _page(request, _received(request, pk), accept=form)


@require_http_methods(["GET", "POST"])
def link(request: SignedIn, pk: UUID) -> HttpResponse:
    """The person is known: choose the case. A name is searched by POST, so that it stands in no address."""
    found_in = _received(request, pk)
    form = LinkForm(request.POST if "case" in request.POST else None)
    if form.is_bound and form.is_valid():
        case = get_object_or_404(Case.objects.visible_to(request.user), pk=form.cleaned_data["case"])
        if form.run(actions.accept_hand_in, actor=request.user, hand_in=found_in, how=Reception.How.CASE, case=case):
            messages.success(request, _("It is part of this case now. The sender hears that it was taken on, and no more."))
            return redirect(case)
    # Begins with who it is about, as the sender wrote it.
    chosen_from = choices(request.user, request.POST.get("q", found_in.name), form)
    context = {"page": received_one(found_in, request.user), **chosen_from}
    return render(request, "backoffice/received_link.html", context)


@require_POST
def send_back(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _received(request, pk)
    form = SendBackForm(request.POST)
    if form.run(actions.send_back_hand_in, actor=request.user, hand_in=found):
        messages.success(request, _("Sent back. The sender reads why."))
        return redirect("backoffice:received-all")
    return _page(request, _received(request, pk), send_back=form)


@require_POST
def conclude(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the sender may hear of it."""
    found = _received(request, pk)
    form = ConcludeForm(request.POST)
    if form.run(actions.conclude_hand_in, actor=request.user, hand_in=found):
        messages.success(request, _("The sender reads this now."))
        return redirect("backoffice:received", pk)
    return _page(request, _received(request, pk), conclude=form)


def _received(request: SignedIn, pk: UUID) -> HandIn:
    found = HandIn.objects.received_by(request.user).select_related("unit", "desk_unit__organisation", "sent_by")
    return get_object_or_404(found, pk=pk)


def _page(request: SignedIn, found: HandIn, **faulty: ActionForm) -> HttpResponse:
    page = received_one(found, request.user)
    owner = {"owner": page.reception.owner_id or request.user.pk}
    forms: dict[str, Any] = {
        "give": GiveHandInForm(initial=owner, colleagues=colleagues_in(found.unit_id), auto_id="id_give_%s"),
        "accept": AcceptForm(initial={"how": _usual(found)}, auto_id="id_accept_%s"),
        "send_back": SendBackForm(auto_id="id_back_%s"),
        "conclude": ConcludeForm(auto_id="id_conclude_%s"),
        **faulty,
    }
    return render(request, "backoffice/received.html", {"page": page, "forms": forms, "faulty": next(iter(faulty.values()), None)})


def _usual(found: HandIn) -> str:
    """A signal of arrears begins with a light contact; the rest with a conversation."""
    return Reception.How.EARLY_SIGN if found.kind == HandIn.Kind.ARREARS else Reception.How.CONVERSATION
