"""Who hears of requests, and nothing of whom they are about or which desk it is. As jobs, which see ids only."""

from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from casework.models import Case
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, group, kind, notify
from luisterloket.platform.outbox import on

from .models import SpecialistRequest, Stall

REQUESTS = group(
    "requests",
    gettext_lazy("Requests to the back office"),
    concerns=lambda user: user.has(Permission.ROUTE) or user.has(Permission.ANSWER),
)
SENT_TO_YOU = kind("request.routed", REQUESTS, gettext_noop("A new request came in."))
ASKED_BACK = kind("request.asked_back", REQUESTS, gettext_noop("There is a question back about a request of yours."))
REPLIED = kind("request.replied", REQUESTS, gettext_noop("There is a reply to your question."))
ANSWERED = kind("request.answered", REQUESTS, gettext_noop("There is an answer to a request of yours."))
STALLED = kind("request.stalled", REQUESTS, gettext_noop("A request has been waiting too long, and it is your turn."))
GROUND_ENDED = kind("request.ground_ended", REQUESTS, gettext_noop("The ground for a request has ended."))
CORRECTED = kind(
    "request.item_corrected",
    REQUESTS,
    gettext_noop("Something that went along with a request was put right. Ask the loket what it is now."),
)
WITHDRAWN = kind(
    "request.withdrawn", REQUESTS, gettext_noop("A request that you had taken up was taken back. You need not do anything more.")
)


@on("request.routed")
def new_request(event: OutboxEvent) -> None:
    """To the people of the desk."""
    for request in _request(event):
        _tell(event, _holding(Permission.ANSWER, request["desk_unit_id"]), SENT_TO_YOU)


@on("request.asked_back")
def question_back(event: OutboxEvent) -> None:
    """To who asked."""
    for request in _request(event):
        _tell(event, _of_the_case(request["case_id"], request["asked_by_id"]), ASKED_BACK)


@on("request.replied")
def reply(event: OutboxEvent) -> None:
    """To the specialist who took it up."""
    for request in _request(event):
        _tell(event, _people([request["assigned_to_id"]]), REPLIED)


@on("request.answered")
def answered(event: OutboxEvent) -> None:
    """To who asked."""
    for request in _request(event):
        _tell(event, _of_the_case(request["case_id"], request["asked_by_id"]), ANSWERED)


@on("request.withdrawn")
def withdrawn(event: OutboxEvent) -> None:
    """To the specialist who took it up, without a link: there is nothing left to see."""
    for request in _request(event):
        _tell(event, _people([request["assigned_to_id"]]), WITHDRAWN, linked=False)


@on("request.ground_ended")
@on("request.ground_ended_partly")
def ground_ended(event: OutboxEvent) -> None:
    """To who asked and to the specialist who took it up, in the same words: that it ended, and no more."""
    for request in _request(event):
        _tell(event, _of_the_case(request["case_id"], request["asked_by_id"]), GROUND_ENDED)
        _tell(event, _people([request["assigned_to_id"]]), GROUND_ENDED)


@on("request.item_corrected")
def item_corrected(event: OutboxEvent) -> None:
    """To who took it up, or else the people of the desk (AVG article 19): that it was put right, and not what."""
    for request in _request(event):
        people = _people([request["assigned_to_id"]]) or _holding(Permission.ANSWER, request["desk_unit_id"])
        _tell(event, people, CORRECTED)


@on("request.stalled")
def stalled(event: OutboxEvent) -> None:
    """To whose turn it is; what stalls at a desk also goes to its lead."""
    stall = Stall.objects.filter(request_id=event.thing_id, ended_at=None).order_by("-flagged_at").first()
    if stall is None:
        # Someone was quicker.
        return
    if stall.owner_kind == Stall.Owner.ASKER:
        to = _of_the_case(stall.case_id, stall.owner_id)
    else:
        leads = _holding(Permission.DIVIDE_DESK, stall.desk_unit_id) or _holding(Permission.ANSWER, stall.desk_unit_id)
        to = [*_people([stall.owner_id]), *leads]
    _tell(event, to, STALLED)


def _request(event: OutboxEvent) -> list[Any]:
    """The request's ids; the columns are named, because a job may read no other."""
    return list(
        SpecialistRequest.objects.filter(pk=event.thing_id).values("desk_unit_id", "case_id", "asked_by_id", "assigned_to_id")
    )


def _of_the_case(case_id: UUID, asked_by: UUID | None) -> list[UUID]:
    """Who asked; or the owner of the case, when who asked has left or may not open it any more. Or else nobody."""
    owner = Case.objects.values_list("owner_id", flat=True).get(pk=case_id)
    wanted = [one for one in (asked_by, owner) if one is not None]
    # A job may read no more of people than these.
    people = {user.pk: user for user in User.objects.with_posts().only("pk", "is_active").filter(pk__in=wanted)}
    may_open = (user for one in wanted if (user := people.get(one)) and user.posts and _may_open(user, case_id))
    return [user.pk for user in islice(may_open, 1)]


def _may_open(user: User, case_id: UUID) -> bool:
    return Case.objects.visible_to(user).filter(pk=case_id).exists()


def _people(ids: Iterable[Any]) -> list[UUID]:
    wanted = [one for one in ids if one is not None]
    return list(User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True)) if wanted else []


def _holding(permission: Permission, unit_id: Any) -> list[UUID]:
    return list(User.objects.holding(permission, unit_id=unit_id).values_list("pk", flat=True))


def _tell(event: OutboxEvent, to: Iterable[Any], of: Kind, *, linked: bool = True) -> None:
    notify(event, to, of, reverse("backoffice:request", args=[event.thing_id]) if linked else "")
