"""Who may look again at an answer, whether it can be contested, and what the wijkwethouder has before them (decision 44)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import User
from luisterloket.people.roles import Permission

from .models import Contest, Escalation, SpecialistRequest

Result = SpecialistRequest.Result


def deciders_of(request: SpecialistRequest) -> set[UUID]:
    """Everyone who decided on the answer of this request before."""
    before = Contest.objects.filter(request=request).values_list("answered_by_id", "decided_by_id")
    return {one for pair in [*before, (request.answered_by_id, None)] for one in pair if one is not None}


def may_look_again(request: SpecialistRequest) -> QuerySet[User]:
    """Who at the desk looks again: someone who leads it and never decided on this answer; or else a colleague who never did; and at
    a desk where all have, whoever did not decide last.
    """
    at_desk = User.objects.holding(Permission.ANSWER, unit_id=request.desk_unit_id)
    never = at_desk.exclude(pk__in=deciders_of(request))
    leads = never.filter(pk__in=User.objects.holding(Permission.DIVIDE_DESK, unit_id=request.desk_unit_id).values("pk"))
    return next((found for found in (leads, never) if found.exists()), at_desk.exclude(pk=request.answered_by_id))


def not_to_contest(request: SpecialistRequest) -> Any:
    """Why this answer cannot be contested, in words; empty when it can be."""
    if request.result == Result.FORWARDED:
        return _("The desk did not decide: it belongs elsewhere. Ask the other desk.")
    if not may_look_again(request).exists():
        return _("Nobody else at this desk can look again. Put it before the wijkwethouder.")
    looked_again = Contest.objects.filter(request=request, decided_at__isnull=False)
    sent_back = Escalation.objects.filter(request=request, status=Escalation.Status.LOOK_AGAIN)
    last = looked_again.aggregate(at=Max("decided_at"))["at"]
    if last is None or sent_back.filter(decided_at__gt=last).exists():
        return ""
    return _("The desk has looked at it again. After that one can put it before the wijkwethouder.")


def not_to_escalate(request: SpecialistRequest) -> Any:
    """Why this answer cannot be put before the wijkwethouder, in words; empty when it can be."""
    if request.result in {Result.FORWARDED, Result.GRANTED}:
        return _("There is nothing in this answer for the wijkwethouder to decide on.")
    looked_again = Contest.objects.filter(request=request, decided_at__isnull=False).exists()
    if not looked_again and may_look_again(request).exists():
        return _("First ask the desk to look again at its answer.")
    return ""


@dataclass(frozen=True)
class Contested:
    """How an answer was contested, as the page of the request shows it."""

    contests: list[Contest]
    escalations: list[Escalation]
    can_contest: bool = False
    can_escalate: bool = False

    @property
    def waits(self) -> Contest | None:
        return next((one for one in self.contests if one.status == Contest.Status.ASKED), None)


def contested(request: SpecialistRequest, *, at_desk: bool) -> Contested:
    """What was contested of this request. The desk is not told what was written to the wijkwethouder, only what was decided."""
    if request.answered_at is None or (at_desk and not (request.items_are_open and request.words_are_open)):
        # At the desk it closes with all other free words.
        return Contested([], [])
    contests = list(Contest.objects.filter(request=request).select_related("by", "answered_by", "decided_by"))
    found = Escalation.objects.filter(request=request).select_related("by", "decided_by")
    escalations = list(found.defer("dilemma") if at_desk else found)
    if at_desk:
        return Contested(contests, [one for one in escalations if one.is_decided])
    open_to_it = request.status in {SpecialistRequest.Status.ANSWERED, SpecialistRequest.Status.CLOSED}
    return Contested(
        contests,
        escalations,
        can_contest=open_to_it and not not_to_contest(request),
        can_escalate=open_to_it and not not_to_escalate(request),
    )


def put_before(user: User, *, decided: bool = False) -> QuerySet[Escalation]:
    """What the loketten of their wijken put before this person: what waits, the first due on top; or what they decided."""
    found = Escalation.objects.for_wijkwethouder(user).select_related("desk_unit", "unit", "by", "decided_by")
    if decided:
        return found.filter(status__in=Escalation.DECISIONS).order_by("-decided_at")
    return found.open()
