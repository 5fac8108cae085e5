"""Contracts that end: announced, how far it is, many cases at once, and settled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions
from casework.contract_endings import EndingPage, ending_page, endings_for
from casework.forms import ConfirmForm
from casework.forms.handovers import AnnounceForm, GiveSetForm
from casework.handover_permissions import check_may_divide, check_may_end_contracts
from casework.handovers import receivers
from casework.models import ContractEnding
from luisterloket.people.models import Organisation, Unit
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from . import SignedIn

SEES = (Permission.CONFIGURE_CONVENANT, Permission.DIVIDE_WORK, Permission.DECIDE_ABOVE_MANDATE)


@require_GET
def endings(request: SignedIn) -> HttpResponse:
    """The contracts that someone may see."""
    if not any(request.user.has(one) for one in SEES):
        raise NotAllowed(_("Coordinators, the wijkwethouder and the convenant administrator may see this."))
    context = {"endings": endings_for(request.user), "may_end": may(check_may_end_contracts, request.user)}
    return render(request, "casework/contracts.html", context)


@require_http_methods(["GET", "POST"])
def announce(request: SignedIn) -> HttpResponse:
    """First whose contract ends, then when, and who comes after each team."""
    check_may_end_contracts(request.user)
    teams = Unit.objects.filter(kind=Unit.Kind.WIJKTEAM)
    asked = request.GET.get("organisatie", "")
    organisations = Organisation.objects.filter(pk__in=teams.values("organisation")).order_by("name")
    organisation = next((one for one in organisations if str(one.pk) == asked), None)
    if organisation is None:
        return render(request, "casework/contract_whose.html", {"organisations": organisations})
    sent = request.POST if request.method == "POST" else None
    own = teams.filter(organisation=organisation).order_by("name")
    form = AnnounceForm(sent, units=own, successors=teams.exclude(organisation=organisation))
    if form.is_bound:
        ending = form.run(actions.announce_ending, actor=request.user, organisation=organisation)
        if ending:
            messages.success(request, _("Announced. The list begins four months before the last day."))
            return redirect(ending)
    afters = [form[name] for name in form.units]
    return render(request, "casework/contract_new.html", {"form": form, "organisation": organisation, "afters": afters})


@require_GET
def ending(request: SignedIn, pk: UUID) -> HttpResponse:
    """How far it is."""
    return _show(request, ending_page(_ending(request, pk), request.user))


@require_POST
def give(request: SignedIn, pk: UUID) -> HttpResponse:
    """Several cases to one colleague."""
    found = _ending(request, pk)
    check_may_divide(request.user, found)
    page = ending_page(found, request.user)
    form = _give_form(page, request.POST)
    if form.run(actions.give_set, actor=request.user, ending=found):
        messages.success(request, _("Given. Your colleague hears it."))
        return redirect(found)
    return _show(request, page, form)


@require_POST
def end(request: SignedIn, pk: UUID, act: str) -> HttpResponse:
    """Settle it, or say that the contract goes on after all."""
    found = _ending(request, pk)
    check_may_end_contracts(request.user)
    choices: dict[str, Any] = {"afsluiten": actions.settle_ending, "gaat-door": actions.call_off_ending}
    if act not in choices:
        raise Http404
    form = ConfirmForm(request.POST)
    if form.run(choices[act], actor=request.user, ending=found):
        messages.success(
            request, _("Settled. Every case has an owner.") if act == "afsluiten" else _("Kept: the contract goes on.")
        )
    else:
        messages.error(request, form.refusal)
    return redirect(found)


def _ending(request: SignedIn, pk: UUID) -> ContractEnding:
    """To who may not see it, it is not there."""
    return get_object_or_404(ContractEnding.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _give_form(page: EndingPage, data: Any = None) -> GiveSetForm:
    units = [team.pair.successor_id for team in page.teams]
    people = [user for _unit, user in receivers(units)]
    return GiveSetForm(data, handovers=[row.handover for row in page.to_choose], receivers=people)


def _show(request: SignedIn, page: EndingPage, form: GiveSetForm | None = None) -> HttpResponse:
    form = form or (_give_form(page) if page.divides and page.to_choose else None)
    ticked = request.POST.getlist("handovers")
    return render(request, "casework/contract.html", {"page": page, "form": form, "ticked": ticked})
