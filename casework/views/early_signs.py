"""Early signs: a list per wijk, one sign, and what becomes of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, permissions
from casework.choosing import choices
from casework.early_signs import colleagues_in, keep_look_at, signs_page
from casework.forms import LinkForm
from casework.forms.early_signs import GiveSignForm, SeekForm, SettleForm, SignForm
from casework.models import WIPED_AFTER, EarlySign
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import Refused
from luisterloket.wijken.calendar import is_working_day, next_working_day

from . import SignedIn
from .visible import visible_case

NEXT_STEP = timedelta(days=3)


@require_GET
def signs(request: SignedIn) -> HttpResponse:
    """What is open in one's own wijken, the first due first."""
    _units(request)
    return render(request, "casework/early_signs.html", {"page": signs_page(request.user)})


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Note a sign. The button on Vandaag sends nothing: it leads here."""
    units = _units(request)
    if request.method == "POST" and not request.POST.keys() & {"kind", "seen"}:
        return redirect("casework:early-sign-new")
    people = User.objects.none()
    for unit in units:
        people = people | colleagues_in(unit)
    initial = {"owner": request.user.pk, "signal_on": timezone.localdate()}
    form = SignForm(request.POST if request.method == "POST" else None, units=units, colleagues=people.distinct(), initial=initial)
    if form.is_bound and (sign := form.run(actions.note_early_sign, actor=request.user)):
        messages.success(request, _("Noted. It has an owner and a day."))
        return redirect("casework:early-sign", sign.pk)
    return render(request, "casework/early_sign_new.html", {"form": form, "one": len(units) == 1, "wiped_after": WIPED_AFTER})


@require_http_methods(["GET", "POST"])
def sign(request: SignedIn, pk: UUID) -> HttpResponse:
    """One sign; sending notes how contact was sought."""
    found = _sign(request, pk)
    form = SeekForm(request.POST if request.method == "POST" else None, initial={"next_on": _next_step()})
    if form.is_bound and form.run(actions.seek_contact, actor=request.user, sign=found):
        messages.success(request, _("Noted."))
        return redirect("casework:early-sign", pk)
    return _page(request, found, form=form)


@require_POST
def give(request: SignedIn, pk: UUID) -> HttpResponse:
    """To a colleague, or to another day."""
    found = _sign(request, pk)
    form = GiveSignForm(request.POST, colleagues=colleagues_in(found.unit_id))
    if form.run(actions.give_early_sign, actor=request.user, sign=found):
        messages.success(request, _("Changed."))
        return redirect("casework:early-sign", pk)
    return _page(request, found, giving=form)


@require_POST
def settle(request: SignedIn, pk: UUID) -> HttpResponse:
    """It needs nothing more."""
    found = _sign(request, pk)
    form = SettleForm(request.POST)
    if form.run(actions.settle_early_sign, actor=request.user, sign=found):
        messages.success(request, _("Settled."))
        return redirect("casework:early-signs")
    return _page(request, found, settling=form)


@require_POST
def to_intake(request: SignedIn, pk: UUID) -> HttpResponse:
    """They want to talk: a conversation, with what was seen already in it. A second tap finds the same one."""
    try:
        return redirect(actions.start_intake_from_sign(actor=request.user, sign=_sign(request, pk)))
    except Refused as refusal:
        messages.info(request, " ".join(refusal.messages))
        return redirect("casework:early-sign", pk)


@require_http_methods(["GET", "POST"])
def link(request: SignedIn, pk: UUID) -> HttpResponse:
    """The person turns out to be known: choose the case. A name is searched by POST, so that it stands in no address."""
    found_sign = _sign(request, pk)
    if found_sign.status == EarlySign.Status.SETTLED:
        messages.info(request, _("This sign was settled already. A colleague may have been before you."))
        return redirect("casework:early-sign", pk)
    keep_look_at(request.user, found_sign)
    form = LinkForm(request.POST if "case" in request.POST else None)
    if form.is_bound and form.is_valid():
        case = visible_case(request, form.cleaned_data["case"])
        if form.run(actions.link_sign_to_case, actor=request.user, sign=found_sign, case=case):
            messages.success(request, _("It is part of this case now."))
            return redirect(case)
    context = {"sign": found_sign, **choices(request.user, request.POST.get("q", ""), form)}
    return render(request, "casework/early_sign_link.html", context)


def _units(request: SignedIn) -> tuple[UUID, ...]:
    units = request.user.units_with(Permission.LISTEN)
    if not units:
        permissions.check_may_listen(request.user, UUID(int=0))
    return units


def _sign(request: SignedIn, pk: UUID) -> EarlySign:
    return get_object_or_404(EarlySign.objects.visible_to(request.user).select_related("owner", "unit", "noted_by", "case"), pk=pk)


def _page(request: SignedIn, found: EarlySign, **forms: Any) -> HttpResponse:
    """That it was read is kept."""
    keep_look_at(request.user, found)
    context = {
        "sign": found,
        "is_open": found.status != EarlySign.Status.SETTLED,
        "attempts": list(found.attempts.select_related("by")),
        "form": forms.get("form") or SeekForm(initial={"next_on": _next_step()}),
        "giving": forms.get("giving")
        or GiveSignForm(initial={"owner": found.owner_id, "due_on": found.due_on}, colleagues=colleagues_in(found.unit_id)),
        "settling": forms.get("settling") or SettleForm(),
        "faulty": next((form for form in forms.values() if form.is_bound and form.errors), None),
        "wiped_after": WIPED_AFTER,
    }
    return render(request, "casework/early_sign.html", context)


def _next_step() -> Any:
    day = timezone.localdate() + NEXT_STEP
    return day if is_working_day(day) else next_working_day(day)
