"""A case goes to somebody else: planned, introduced, accepted or given back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from casework import actions
from casework.forms import ConfirmForm
from casework.forms.handovers import (
    CheckHandoverForm,
    GiveBackForm,
    GiveHandoverForm,
    HandoverNoteForm,
    IntroduceForm,
    PlanHandoverForm,
)
from casework.handovers import HandoverPage, handover_page, handover_to_come, my_handovers, receivers, teams_for
from casework.models import Case, Handover
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from . import SignedIn

# What can be done, with what is said of it afterwards.
DONE = {
    "plannen": _("Planned. Your colleague hears that a case comes."),
    "geven": _("Kept. Your colleague hears that a case comes."),
    "kennismaken": _("Kept. Your colleague can open the case from now on."),
    "lijst": _("Noted."),
    "notitie": _("The note is kept."),
    "aannemen": _("You are the owner of this case now."),
    "teruggeven": _("Given back. The owner hears it."),
    "afblazen": _("Called off. The case stays with its owner."),
}


@require_GET
def handover(request: SignedIn, pk: UUID) -> HttpResponse:
    """Where the handover of a case is, and what can be done about it."""
    return _show(request, _page(request.user, pk))


@require_POST
def act(request: SignedIn, pk: UUID, act: str) -> HttpResponse:
    """Carry out one of these; when it is refused the page comes back with what was typed."""
    page = _page(request.user, pk)
    if act not in DONE:
        raise Http404
    form = _form(page, request.user, act, request.POST)
    if form is None:
        # Not for this person, or somebody was before them.
        if not _may(page, act):
            raise NotAllowed(_("The two workers and the coordinator hand a case over."))
        messages.error(request, _("This handover is over, or it did not begin yet. Someone may have been before you."))
        return redirect("casework:case-handover", pk)
    if not _run(page, act, form, request.user):
        return _show(request, page, {act: form})
    messages.success(request, DONE[act])
    there = _find(request.user, pk) is not None
    return redirect("casework:case-handover", pk) if there else redirect("casework:handovers")


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """What one gives and receives, and for who divides the work what is of the team."""
    if not request.user.has(Permission.LISTEN):
        raise NotAllowed(_("A wijkwerker or the team coordinator may see this."))
    return render(request, "casework/handovers.html", {"page": my_handovers(request.user)})


def _find(user: User, pk: UUID) -> Case | Handover | None:
    """The case for who may open it or divides its work; else the handover for who receives it, or divides that."""
    opens = Case.objects.visible_to(user).filter(pk=pk)
    divides = Case.objects.open_to(user).filter(pk=pk, unit__in=user.units_with(Permission.DIVIDE_WORK))
    case = opens.select_related("owner").first() or divides.select_related("owner").first()
    if case is not None:
        return case
    coming = Handover.objects.visible_to(user).open().filter(case=pk)
    return coming.select_related("to_user", "from_user", "to_unit", "part_of").first()


def _page(user: User, pk: UUID) -> HandoverPage:
    found = _find(user, pk)
    if found is None:
        raise Http404
    page = handover_page(found, user) if isinstance(found, Case) else handover_to_come(found, user)
    if not (page.reads or page.may_plan or page.may_give or page.may_receive):
        raise NotAllowed(_("The two workers and the coordinator hand a case over."))
    return page


def _may(page: HandoverPage, act: str) -> bool:
    if act in ("lijst", "notitie"):
        return page.reads
    if act in ("aannemen", "teruggeven"):
        return page.may_receive or (page.handover is None and page.reads)
    return page.may_plan or (act == "geven" and page.may_give)


def _form(page: HandoverPage, user: User, act: str, data: Any = None) -> Any:
    """The form of an act, or None when it is not possible now or not for this person."""
    now = page.handover
    if act == "plannen" and page.may_plan and now is None and page.case is not None:
        people = [pair for pair in receivers([unit.pk for unit in teams_for(page.case)]) if pair[1].pk != page.case.owner_id]
        return PlanHandoverForm(data, receivers=people)
    if now is None:
        return None
    if act == "geven" and page.may_give:
        people = [pair for pair in receivers([now.to_unit_id]) if pair[1].pk != now.from_user_id]
        initial = {"due_on": now.due_on, "to_user": now.to_user_id}
        return GiveHandoverForm(data, receivers=[one for _unit, one in people], initial=initial, auto_id="id_give_%s")
    if act == "kennismaken" and page.may_plan and now.to_user_id:
        return IntroduceForm(data, auto_id="id_meet_%s")
    if act == "lijst" and page.reads:
        return CheckHandoverForm(data, auto_id=False)
    if act == "notitie" and page.reads:
        return HandoverNoteForm(data, initial={"text": page.note, "revision": page.revision}, auto_id="id_note_%s")
    if act == "teruggeven" and page.may_receive:
        return GiveBackForm(data, auto_id="id_back_%s")
    if (act == "aannemen" and page.may_receive) or (act == "afblazen" and page.may_plan):
        return ConfirmForm(data)
    return None


def _run(page: HandoverPage, act: str, form: Any, user: User) -> Any:
    action: Any = {
        "plannen": actions.plan_handover,
        "geven": actions.give_handover,
        "kennismaken": actions.introduce_handover,
        "lijst": actions.check_handover,
        "notitie": actions.write_handover_note,
        "aannemen": actions.accept_handover,
        "teruggeven": actions.give_back_handover,
        "afblazen": actions.call_off_handover,
    }[act]
    about = {"case": page.case} if act == "plannen" else {"handover": page.handover}
    return form.run(action, actor=user, **about)


def _show(request: SignedIn, page: HandoverPage, sent: dict[str, Any] | None = None) -> HttpResponse:
    sent = sent or {}
    shown = {"plan": "plannen", "give": "geven", "meet": "kennismaken", "note": "notitie", "back": "teruggeven"}
    forms = {name: sent.get(act) or _form(page, request.user, act) for name, act in shown.items()}
    refused = next(iter(sent.values()), None)
    if refused is not None and "notitie" in sent:
        # Read again: somebody may have changed it, and both texts are shown.
        page = _page(request.user, page.handover.case_id) if page.handover else page
        refused.data = {**refused.data.dict(), "revision": page.revision}
    case_id = page.case.pk if page.case else page.handover.case_id if page.handover else None
    context = {"page": page, "case": page.case, "case_id": case_id, "forms": forms, "refused": refused, "sent": set(sent)}
    return render(request, "casework/handover.html", context)
