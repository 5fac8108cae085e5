"""What the people of a desk tell each other about a request: notes, and second opinions. The loket reads none of it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import permissions
from backoffice.models import DeskNote, SecondOpinion, SpecialistRequest
from backoffice.presence import assignable
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .parts import RefusedAt, desk_at, filled_in


@command
def note_at_desk(*, actor: Any, request: SpecialistRequest, text: str) -> DeskNote:
    """Keep a note for the colleagues of the desk. A resident who asks for a copy of everything reads it in there (AVG 15)."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    filled_in("text", text, _("Write down what your colleagues should know."))
    _only_while_open(request)
    note = DeskNote(
        request=request, desk_unit_id=request.desk_unit_id, case_id=request.case_id, by=actor, text=text.strip()
    ).put()  # fmt: skip
    record(actor, "desk.noted", note)
    return note


@command
def ask_second_opinion(*, actor: Any, request: SpecialistRequest, colleague: User, question: str) -> SecondOpinion:
    """Ask one colleague of the same desk to look along; it waits on their list. The request stays with who has it.

    Raises `Refused` for oneself, for who does not work here now, and for who was asked already.
    """
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    filled_in("question", question, _("Write down what you would like to know of your colleague."))
    _only_while_open(request)
    here = assignable(desk_at(request)).filter(pk=colleague.pk).exists()
    if colleague.pk == actor.pk or not here:
        raise RefusedAt("colleague", _("Choose a colleague of this desk who is at work."), "not_here")
    if SecondOpinion.objects.filter(request=request, asked=colleague, answered_at=None).exists():
        raise RefusedAt("colleague", _("%(who)s was asked already and has not answered yet.") % {"who": colleague}, "asked")
    opinion = SecondOpinion(
        request=request, desk_unit_id=request.desk_unit_id, case_id=request.case_id, asked_by=actor, asked=colleague,
        question=question.strip(),
    ).put()  # fmt: skip
    record(actor, "desk.opinion_asked", opinion, user=str(colleague.pk))
    emit("desk.opinion_asked", opinion)
    return opinion


@command
def give_second_opinion(*, actor: Any, opinion: SecondOpinion, answer: str) -> SecondOpinion:
    """The colleague says what they think; who asked is told. Only for who was asked, once, while the desk has the request."""
    request = SpecialistRequest.locked(opinion.request_id)
    permissions.check_may_answer(actor, request)
    opinion = SecondOpinion.objects.select_for_update(no_key=True).get(pk=opinion.pk)
    if opinion.asked_id != actor.pk:
        raise NotAllowed(_("Only the colleague who was asked may do this."))
    filled_in("answer", answer, _("Write down what you think."))
    _only_while_open(request)
    if opinion.answered_at is not None:
        raise Refused(_("You have answered this already."), code="answered")
    opinion.answer, opinion.answered_at = answer.strip(), timezone.now()
    opinion.full_clean(exclude=["request", "desk_unit", "case", "asked", "asked_by"])
    opinion.save(update_fields=["answer", "answered_at"])
    record(actor, "desk.opinion_given", opinion)
    emit("desk.opinion_given", opinion)
    return opinion


def _only_while_open(request: SpecialistRequest) -> None:
    if not request.items_are_open:
        raise Refused(_("This request has ended: nothing can be added to it any more."), code="state")
