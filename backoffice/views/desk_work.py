"""What the people of a desk do with a request among themselves."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backoffice import actions, permissions
from backoffice import request_page as shown
from backoffice.answer_fields import begun_with
from backoffice.desk_work import others_here
from backoffice.forms.answers import AnswerForm
from backoffice.forms.desk_work import AssignForm, GiveBackForm, NoteForm, OpinionAnswerForm, OpinionForm
from backoffice.models import AnswerTemplate, SecondOpinion, SpecialistRequest
from backoffice.presence import assignable
from luisterloket.people.requests import SignedIn
from luisterloket.platform.drafts import ChangedMeanwhile, draft_of, save_draft
from luisterloket.platform.forms import ActionForm

from .requests import back_to, show

# By which a page that asks by itself stops doing so (htmx).
STOP_ASKING = 286


@require_POST
def assign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Into the hands of a colleague, or into one's own."""
    found = _at_desk(request, pk)
    form = AssignForm(request.POST, auto_id="id_assign_%s", people=assignable(shown.desk_of(found)))
    return _do(request, found, "assign", form, actions.assign_request, _("This is in other hands now. The loket sees that too."))


@require_POST
def give_back(request: SignedIn, pk: UUID) -> HttpResponse:
    form = GiveBackForm(request.POST, auto_id="id_give_back_%s")
    return _do(request, _at_desk(request, pk), "give_back", form, actions.give_back_request, _("This is back in the queue."))


@require_POST
def note(request: SignedIn, pk: UUID) -> HttpResponse:
    form = NoteForm(request.POST, auto_id="id_note_%s")
    return _do(request, _at_desk(request, pk), "note", form, actions.note_at_desk, _("Your colleagues can read your note."))


@require_POST
def ask_opinion(request: SignedIn, pk: UUID) -> HttpResponse:
    found = _at_desk(request, pk)
    people = assignable(shown.desk_of(found)).exclude(pk=request.user.pk)
    form = OpinionForm(request.POST, auto_id="id_opinion_%s", people=people)
    return _do(request, found, "opinion", form, actions.ask_second_opinion, _("Your colleague finds this under Vandaag."))


@require_POST
def give_opinion(request: SignedIn, pk: UUID, opinion: UUID) -> HttpResponse:
    """The answer of the colleague who was asked."""
    found = _at_desk(request, pk)
    asked = get_object_or_404(SecondOpinion.objects.filter(request=found), pk=opinion)

    def answer(*, request: SpecialistRequest, **details: Any) -> SecondOpinion:
        return actions.give_second_opinion(opinion=asked, **details)

    form = OpinionAnswerForm(request.POST, auto_id="id_give_opinion_%s")
    return _do(request, found, "give_opinion", form, answer, _("Your colleague can read what you think."))


@require_POST
def begin_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put a text to begin from behind what was typed. Nothing is sent; the draft is kept."""
    found = _at_desk(request, pk)
    typed = {name: request.POST.get(name, "") for name in AnswerForm.base_fields}
    chosen = request.POST.get("template", "")
    if chosen:
        offered = AnswerTemplate.objects.filter(desk=shown.desk_of(found), retired_at=None)
        template = next((one for one in offered if str(one.pk) == chosen), None)
        if template is None:
            messages.warning(request, _("This text is not offered any more. What you typed is still there."))
        else:
            typed = begun_with(template, typed, found, request.user)
    if found.status == SpecialistRequest.Status.TAKEN_UP:
        _keep(request, found, typed)
    return show(request, found, {"answer": AnswerForm(initial=typed, auto_id="id_answer_%s", desk_unit=found.desk_unit_id)})


@require_GET
def who_is_here(request: SignedIn, pk: UUID) -> HttpResponse:
    """Which colleagues have it open too; the page asks this by itself. Who opens this as a page gets the request."""
    found = get_object_or_404(SpecialistRequest.objects.at_desks_of(request.user), pk=pk)
    if not request.htmx:
        return redirect(found)
    if not found.items_are_open:
        return HttpResponse(status=STOP_ASKING)
    return render(request, "backoffice/request_who.html", {"others": others_here(found, request.user)})


def _at_desk(request: SignedIn, pk: UUID) -> SpecialistRequest:
    """The request, for who answers at its desk; the loket that asked is told that this is not theirs."""
    found = get_object_or_404(shown.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)), pk=pk)
    permissions.check_may_answer(request.user, found)
    return found


def _do(
    request: SignedIn, found: SpecialistRequest, name: str, form: ActionForm, action: Callable[..., Any], done: str
) -> HttpResponse:
    """Carry out one action; when it is refused, the page comes back as it is now, with what was typed."""
    if form.run(action, actor=request.user, request=found):
        messages.success(request, done)
        return redirect(back_to(request, found))
    again = shown.with_all(SpecialistRequest.objects.visible_or_withdrawn(request.user)).get(pk=found.pk)
    return show(request, again, {name: form})


def _keep(request: SignedIn, found: SpecialistRequest, typed: dict[str, str]) -> None:
    form = f"answer:{found.pk}"
    draft = draft_of(request.user, form)
    try:
        save_draft(actor=request.user, form=form, revision=draft.revision if draft else 0, values=typed)
    except ChangedMeanwhile:
        # Another window saved in that moment; this page still shows its own text, and says so when it is saved.
        return
