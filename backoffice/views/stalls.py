"""What stands still: the list of who guards it, putting it off, asking about it, and the rules."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice import actions, stall_permissions
from backoffice.forms.stalls import AskForm, RuleForm, SnoozeForm
from backoffice.ladders import patience_of
from backoffice.models import SpecialistRequest, Stall, StallRule
from backoffice.stall_kinds import KINDS, Kind
from backoffice.stalls_page import RuleLine, guarded_by, kinds_of, of_my_wijk, stalls_page
from luisterloket.people.models import Unit
from luisterloket.people.permissions import LEADS, may
from luisterloket.people.requests import SignedIn
from luisterloket.platform.forms import ActionForm


@require_GET
def stalls(request: SignedIn) -> HttpResponse:
    """What stands still and came to me, what is late longest first."""
    stall_permissions.check_may_guard(request.user)
    return render(request, "backoffice/stalls.html", {"page": stalls_page(request.user)})


@require_POST
def snooze(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put it off; back to where it was asked, with a word on why when that cannot be."""
    seen = Q(request__in=SpecialistRequest.objects.visible_to(request.user)) | Q(pk__in=guarded_by(request.user).values("pk"))
    stall = get_object_or_404(Stall.objects.filter(seen), pk=pk)
    stall_permissions.check_may_snooze(request.user, stall)
    form = SnoozeForm(request.POST)
    if form.run(actions.snooze_stall, actor=request.user, stall=stall):
        messages.success(request, _("Put off. It comes back on that day."))
    else:
        messages.error(request, form.refusal)
    there = "list" in request.POST and may(stall_permissions.check_may_guard, request.user)
    return redirect(reverse("backoffice:stalls") if there else reverse("backoffice:request", args=[stall.request_id]))


@require_POST
def ask(request: SignedIn, pk: UUID) -> HttpResponse:
    """The wijkwethouder asks who leads to act; what is not of their wijk does not exist for them."""
    if not may(stall_permissions.check_may_ask_about, request.user) or pk not in {line.id for line in of_my_wijk()}:
        raise Http404
    form = AskForm(request.POST)
    if form.run(actions.ask_to_act, actor=request.user, stall_id=pk):
        messages.success(request, _("Asked of who leads the desk and of the team coordinator."))
    else:
        messages.error(request, form.refusal)
    return redirect("backoffice:stalls")


@require_GET
def rules(request: SignedIn) -> HttpResponse:
    """How patient my teams and desks are, and the city."""
    stall_permissions.check_may_see_rules(request.user)
    mine = {pk for permission in LEADS for pk in request.user.units_with(permission)}
    units: list[Unit | None] = list(Unit.objects.filter(pk__in=mine).order_by("name"))
    if may(stall_permissions.check_may_keep_rules, request.user, None):
        units.append(None)
    sections = [{"unit": unit, "rules": _rules(unit)} for unit in units]
    return render(request, "backoffice/stall_rules.html", {"sections": sections})


@require_http_methods(["GET", "POST"])
def rule(request: SignedIn, clock: str, unit: UUID | None = None) -> HttpResponse:
    """One rule of one team or desk, or of the city."""
    found, one = _place(request, unit), KINDS.get(clock)
    if one not in kinds_of(found):
        raise Http404
    assert one is not None
    known = {"actor": request.user, "unit": found, "kind": one}
    patience = patience_of(one, found.pk if found else None)
    form = RuleForm(request.POST or None, kind=one, patience=patience)
    if "drop" in request.POST:
        plain = ActionForm(request.POST)
        if plain.run(actions.drop_stall_rule, **known):
            messages.success(request, _("From now on the rule of the city counts."))
            return redirect("backoffice:stall-rules")
        messages.error(request, plain.refusal)
        form = RuleForm(kind=one, patience=patience)
    elif form.is_bound and form.run(actions.keep_stall_rule, **known):
        messages.success(request, _("Kept. It counts for what starts from now on."))
        return redirect("backoffice:stall-rules")
    own = StallRule.objects.filter(unit=found, kind=one.code).exists()
    return render(request, "backoffice/stall_rule.html", {"form": form, "unit": found, "kind": one, "own": own})


def _place(request: SignedIn, unit: UUID | None) -> Unit | None:
    """The unit whose rules these are; for who does not lead it, it does not exist. Without one: the city."""
    found = get_object_or_404(Unit, pk=unit) if unit else None
    if found is None:
        stall_permissions.check_may_keep_rules(request.user, None)
    elif not may(stall_permissions.check_may_keep_rules, request.user, found):
        raise Http404
    return found


def _rules(unit: Unit | None) -> list[RuleLine]:
    own = set(StallRule.objects.filter(unit=unit).values_list("kind", flat=True))
    return [
        RuleLine(kind, patience_of(kind, unit.pk if unit else None), kind.code in own, _address(unit, kind))
        for kind in kinds_of(unit)
    ]


def _address(unit: Unit | None, kind: Kind) -> str:
    arguments: dict[str, Any] = {"clock": kind.code}
    if unit is None:
        return reverse("backoffice:stall-rule-city", kwargs=arguments)
    return reverse("backoffice:stall-rule", kwargs={"unit": unit.pk, **arguments})
