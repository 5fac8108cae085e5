"""What happens to requests when the ground ends under which something went to a desk, such as a consent that is taken back.

The desk loses it in the transaction in which the ground ends, and is told that the ground ended and no more (decision 28).
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import intake
from backoffice.models import Message, RequestItem, SpecialistRequest
from backoffice.sharing import shareable
from backoffice.transitions import TABLE
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import GroundEnded, grounds_end

from .at_loket import keep_only_answer
from .intake import read_over
from .parts import begin, finish
from .sending import without_name

Status = SpecialistRequest.Status
# Who someone is and how they live together: without anything else there is nothing left to answer on.
WHO_ONLY = frozenset({"identity", "contact", "household"})


@grounds_end.register(order=20)
def close_what_went_along(actor: Any, ended: GroundEnded) -> None:
    """Close in every request that runs what went along under this ground, and end those that cannot stand without."""
    found = SpecialistRequest.objects.open().filter(
        case_id=ended.case_id, purpose=ended.purpose, desk_unit__organisation=ended.organisation_id
    )
    # In one order, so that two who end grounds never wait for each other.
    for pk in found.order_by("pk").values_list("pk", flat=True):
        request = SpecialistRequest.locked(pk)
        if request.status in SpecialistRequest.OPEN:
            _close_part(actor, request, ended)


def _close_part(actor: Any, request: SpecialistRequest, ended: GroundEnded) -> None:
    items = list(RequestItem.objects.filter(request=request, open_to_desk=True))
    closes = [one for one in items if one.subject_id in ended.residents and ended.category in {one.category, *one.also}]
    if not closes and not intake.tells_of(request, ended.category, ended.residents):
        return
    RequestItem.objects.filter(pk__in=[one.pk for one in closes]).update(open_to_desk=False)
    stays = {one.category for one in items if one not in closes} - WHO_ONLY
    if closes and request.status in TABLE["end_ground"].sources and not stays:
        _end(actor, request)
        return
    # Title, question and messages are free words, which may tell of it: the loket reads them over first.
    request.words_closed_at = timezone.now()
    request.save(update_fields=["words_closed_at"])
    Message.objects.filter(request=request).update(open_to_desk=False)
    record(actor, "request.ground_ended_partly", request)
    emit("request.ground_ended_partly", request)


def _end(actor: Any, request: SpecialistRequest) -> None:
    request.move_to(Status.GROUND_ENDED)
    request.closed_at = timezone.now()
    # That it was there and ended stays in the desk's own list, as its reference.
    keep_only_answer(request)
    finish(actor, request, "end_ground", changed=("closed_at",))


@command
def reword_question(
    *, actor: Any, request: SpecialistRequest, title: str, question: str, answers: Mapping[str, str] | None = None
) -> SpecialistRequest:
    """The loket has read its words over after a part of the ground ended; from now on the desk reads them as they are here.

    `answers` are those to the desk's own questions; what is not among them is taken out. What was written before stays with the
    loket. For who works on the case. Raises `Refused` when nothing waits for it.
    """
    request = begin(actor, request, "reword", title=title, question=question)
    if request.words_closed_at is None:
        raise Refused(_("The desk can read this already, or it has ended."), code="state")
    without_name(title, shareable(actor, request.case, request.desk_unit.desk).items.values())
    if question.strip() != request.question:
        Message(
            request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id,
            by=request.asked_by, at=request.sent_at, from_desk=False, text=request.question, open_to_desk=False,
        ).put()  # fmt: skip
    request.title, request.question, request.words_closed_at = title.strip(), question.strip(), None
    read_over(actor, request, answers)
    finish(actor, request, "reword", changed=("title", "question", "words_closed_at"))
    return request


@command
def see_ground_ended(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """Who asked has seen that the ground ended, and goes on from there. For who works on the case."""
    request = begin(actor, request, "seen")
    if request.ending_seen_at is None:
        request.ending_seen_at = timezone.now()
        finish(actor, request, "seen", changed=("ending_seen_at",))
    return request
