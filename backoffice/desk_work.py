"""What the page of one request shows the people of its desk of each other: whose hands it is in, who has it open, their words."""

from dataclasses import dataclass
from typing import Any

from luisterloket.people import presence
from luisterloket.people.models import User
from luisterloket.people.permissions import may

from . import permissions
from .models import AnswerTemplate, Desk, DeskNote, SecondOpinion, SpecialistRequest
from .presence import assignable


@dataclass(frozen=True)
class DeskWork:
    """Of a request that still runs at this desk. `mine` is the second opinion that this person was asked for."""

    colleagues: list[User]
    notes: list[DeskNote]
    opinions: list[SecondOpinion]
    templates: list[AnswerTemplate]
    others_here: list[str]
    mine: SecondOpinion | None
    may_divide: bool
    may_take: bool
    may_give_back: bool


def desk_work(request: SpecialistRequest, desk: Desk, user: User) -> DeskWork | None:
    """For who answers at this desk, while what went along is open to it; else None. Five queries."""
    if not request.items_are_open:
        return None
    opinions = list(SecondOpinion.objects.filter(request=request).select_related("asked_by", "asked"))
    at_desk = request.status in SpecialistRequest.AT_DESK
    return DeskWork(
        colleagues=list(assignable(desk)),
        notes=list(DeskNote.objects.filter(request=request).select_related("by")),
        opinions=opinions,
        templates=templates_of(desk) if request.status == SpecialistRequest.Status.TAKEN_UP else [],
        others_here=others_here(request, user),
        mine=next((one for one in opinions if one.asked_id == user.pk and one.answered_at is None), None),
        may_divide=at_desk and may(permissions.check_may_divide, user, request.desk_unit_id),
        may_take=at_desk and request.assigned_to_id is None and request.status != SpecialistRequest.Status.SENT,
        may_give_back=at_desk and request.assigned_to_id is not None and may(permissions.check_may_give_back, user, request),
    )


def others_here(request: SpecialistRequest, user: User) -> list[str]:
    """The names of colleagues of the desk who have it open now; and that this person has."""
    return presence.seen(f"request-open:{request.pk}:{request.desk_unit_id}", user)


def templates_of(desk: Desk) -> list[AnswerTemplate]:
    return list(AnswerTemplate.objects.filter(desk=desk, retired_at=None))


def neighbours(request: SpecialistRequest, among: list[SpecialistRequest]) -> tuple[Any, Any]:
    """The one before and the one after it in the list beside it."""
    place = next((n for n, one in enumerate(among) if one.pk == request.pk), None)
    if place is None:
        return None, among[0] if among else None
    return among[place - 1] if place else None, among[place + 1] if place + 1 < len(among) else None
