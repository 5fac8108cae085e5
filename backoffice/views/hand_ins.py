"""The pages of who hands residents in: what was handed in, and one more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice import actions
from backoffice import hand_in_permissions as permissions
from backoffice.forms.hand_ins import HandInForm
from backoffice.hand_in_page import sent_one, sent_page
from backoffice.models import HandIn
from casework.forms import ConfirmForm
from luisterloket.people.requests import SignedIn
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed


@require_GET
def sent(request: SignedIn) -> HttpResponse:
    """What one's own unit handed in."""
    _units(request)
    return render(request, "backoffice/hand_ins.html", {"page": sent_page(request.user, after=request.GET.get("after", ""))})


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Hand someone in. Which kinds of data one may choose follows from the convenant."""
    units = _units(request)
    categories = dict.fromkeys(code for unit in units for code in permissions.may_be_handed_in(request.user, unit))
    form = HandInForm(
        request.POST if request.method == "POST" else None, units=units, lokets=actions.lokets(), categories=categories
    )
    if form.is_bound and (handed := form.run(actions.hand_in, actor=request.user)):
        messages.success(request, _("Handed in. You read here what becomes of it."))
        return redirect(handed)
    return render(request, "backoffice/hand_in_new.html", {"form": form, "one": len(units) == 1, "categories": categories})


@require_GET
def one(request: SignedIn, pk: UUID) -> HttpResponse:
    """One that was handed in, and what the sender may hear of it."""
    page = sent_one(_mine(request, pk), request.user)
    return render(request, "backoffice/hand_in.html", {"page": page, "form": ConfirmForm()})


@require_POST
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    form = ConfirmForm(request.POST)
    found = _mine(request, pk)
    if form.run(actions.withdraw_hand_in, actor=request.user, hand_in=found):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, form.refusal)
    return redirect(found)


def _units(request: SignedIn) -> tuple[UUID, ...]:
    units = request.user.units_with(Permission.HAND_IN)
    if not units:
        raise NotAllowed(permissions.HANDS_IN)
    return units


def _mine(request: SignedIn, pk: UUID) -> HandIn:
    found = HandIn.objects.visible_to(request.user).select_related("unit", "desk_unit", "sent_by")
    return get_object_or_404(found, pk=pk)
