"""Around a conversation: who writes along, who takes it up, when one spoke, and what was checked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import actions, permissions
from casework.disclosures import scope_of
from casework.forms.cases import ConfirmForm
from casework.forms.conversations import ConversationForm, InviteForm, OfferForm, PostponeForm, SeenForm
from casework.models import Case, Check, Conversation, Intake, IntakeWriter
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.forms import ActionForm

from . import SignedIn

NEXT_WEEK = timedelta(days=7)


@require_http_methods(["GET", "POST"])
def together(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask a colleague along, or leave the conversation for one."""
    intake = _heard(request, pk)
    permissions.check_may_hand_on(request.user, intake)
    colleagues = User.objects.holding(Permission.LISTEN, unit_id=intake.unit_id).exclude(pk=request.user.pk).order_by("name")
    writers = list(IntakeWriter.objects.in_force().filter(intake=intake).select_related("user").order_by("since"))
    free = colleagues.exclude(pk__in=[one.user_id for one in writers])
    sent, do = (request.POST, request.POST.get("do", "")) if request.method == "POST" else (None, "")
    invite = InviteForm(sent if do == "invite" else None, colleagues=free, prefix="invite")
    offer = OfferForm(sent if do == "offer" else None, colleagues=colleagues, prefix="offer")
    who = {"actor": request.user, "intake": intake}
    if do == "invite" and invite.run(actions.let_write_along, **who):
        messages.success(request, _("Your colleague can write along now."))
        return redirect("casework:intake-together", pk)
    if do == "offer" and offer.run(actions.offer_intake, **who):
        messages.success(request, _("Left for a colleague. Until someone takes it up it stays with you."))
        return redirect("today")
    if do == "keep" and ConfirmForm(sent).run(actions.keep_intake, **who):
        return redirect(intake)
    if do.startswith("stop:"):
        colleague = get_object_or_404(User, pk__in=[one.user_id for one in writers if str(one.user_id) == do[5:]])
        ConfirmForm(sent).run(actions.stop_writing_along, colleague=colleague, **who)
        return redirect("casework:intake-together", pk)
    context = {"intake": intake, "writers": writers, "invite": invite, "offer": offer, "keep": ConfirmForm()}
    return render(request, "casework/intake_together.html", context)


@require_http_methods(["GET", "POST"])
def take_over(request: SignedIn, pk: UUID) -> HttpResponse:
    """Go on where a colleague stopped."""
    divided = Q(unit__in=request.user.units_with(Permission.DIVIDE_WORK))
    offered = Q(pk__in=Intake.objects.offered_to(request.user).values("pk"))
    found = Intake.objects.open().filter(divided | offered | Q(held_by=request.user)).select_related("held_by", "unit")
    intake = get_object_or_404(found, pk=pk)
    if intake.held_by_id == request.user.pk:
        return redirect(intake)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_bound and (taken := form.run(actions.take_over_intake, actor=request.user, intake=intake)):
        messages.success(request, _("This conversation is yours now. Everything that was typed is here."))
        return redirect(taken)
    to_me = intake.offered_at is not None and intake.offered_to_id in (None, request.user.pk)
    return render(request, "casework/intake_take_over.html", {"intake": intake, "form": form, "offered": to_me})


@require_http_methods(["GET", "POST"])
def meetings(request: SignedIn, pk: UUID) -> HttpResponse:
    """The sittings of this conversation."""
    intake = _heard(request, pk)
    form = ConversationForm(request.POST if request.method == "POST" and "remove" not in request.POST else None)
    if form.is_bound and form.run(actions.note_conversation, actor=request.user, intake=intake):
        return redirect("casework:intake-meetings", pk)
    if request.method == "POST" and "remove" in request.POST:
        noted = Conversation.objects.filter(intake=intake, pk=_uuid(request.POST["remove"])).first()
        if noted is not None:
            actions.remove_conversation(actor=request.user, conversation=noted)
        return redirect("casework:intake-meetings", pk)
    found = Conversation.objects.filter(intake=intake).select_related("by")
    return render(request, "casework/intake_meetings.html", {"intake": intake, "form": form, "meetings": list(found)})


@require_http_methods(["GET", "POST"])
def checks(request: SignedIn, pk: UUID) -> HttpResponse:
    """What may be checked, when it is time for it. Not before somebody listened."""
    intake = get_object_or_404(_of_mine(request), pk=pk)
    if not intake.own_words.strip():
        messages.info(request, _("First listen: write down what the resident told. Checking can come later."))
        return redirect(intake)
    permissions.check_may_verify(request.user, intake)
    if intake.case_id is not None:
        _look(request, intake.case_id)
    what, do = request.POST.get("what", ""), request.POST.get("do", "")
    bound = _check_form(what, do, request.POST) if request.method == "POST" else None
    if bound is not None and do in ACTS and bound.run(ACTS[do], actor=request.user, intake=intake, what=what):
        messages.success(request, _("Kept."))
        return redirect("casework:intake-checks", pk)
    kept = {one.what: one for one in Check.objects.filter(intake=intake).select_related("by")}
    next_week = timezone.localdate() + NEXT_WEEK
    rows = [
        {
            "what": one.value,
            "label": one.label,
            "check": kept.get(one.value),
            "open": bound is not None and one.value == what,
            "seen": bound if bound and (one.value, do) == (what, "seen") else SeenForm(prefix=one.value),
            "postpone": bound
            if bound and (one.value, do) == (what, "postpone")
            else PostponeForm(prefix=one.value, initial={"until": next_week}),
        }
        for one in Check.What
    ]
    back = reverse("casework:case", args=[intake.case_id]) if intake.case_id else reverse("casework:intake-conclude", args=[pk])
    context = {"intake": intake, "rows": rows, "refused": bound, "back": back}
    return render(request, "casework/intake_checks.html", context)


def _check_form(what: str, do: str, sent: Any) -> ActionForm:
    if do in CHECK_FORMS:
        return CHECK_FORMS[do](sent, prefix=what)
    return ConfirmForm(sent)


CHECK_FORMS: dict[str, type[ActionForm]] = {"seen": SeenForm, "postpone": PostponeForm}
ACTS: dict[str, Callable[..., Any]] = {
    "seen": actions.check_seen,
    "postpone": actions.postpone_check,
    "not_needed": actions.check_not_needed,
    "reopen": actions.reopen_check,
}


def _heard(request: SignedIn, pk: UUID) -> Intake:
    return get_object_or_404(Intake.objects.visible_to(request.user).open().select_related("unit"), pk=pk)


def _of_mine(request: SignedIn) -> Any:
    """Conversations that this person hears, and those of the cases that they may open."""
    cases = Case.objects.visible_to(request.user).values("pk")
    heard = Intake.objects.visible_to(request.user).values("pk")
    return Intake.objects.exclude(status=Intake.Status.DISCARDED).filter(Q(case__in=cases) | Q(case=None, pk__in=heard))


def _look(request: SignedIn, case_id: UUID) -> None:
    """What was seen says who someone is: a look, kept like any other."""
    case = Case.objects.get(pk=case_id)
    ground = Ground("involvement", case_id)
    disclose(scope_of(case), to=request.user, purpose="listening", ground=ground, what="checking", only=["identity"])


def _uuid(text: str) -> UUID:
    """A made-up id when this is none: nothing is found then."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
