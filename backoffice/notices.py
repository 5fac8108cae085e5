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

from .contests import may_look_again
from .models import Escalation, SecondOpinion, SpecialistRequest, Stall

# Whom requests can concern.
WHO = (Permission.ROUTE, Permission.ANSWER, Permission.DECIDE_ABOVE_MANDATE)
REQUESTS = group(
    "requests",
    gettext_lazy("Requests to the back office"),
    concerns=lambda user: any(user.has(one) for one in WHO),
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
ASSIGNED = kind("request.assigned", REQUESTS, gettext_noop("A request was put in your hands."))
GIVEN_BACK = kind("request.given_back", REQUESTS, gettext_noop("A request was given back to the queue."))
OPINION_ASKED = kind("desk.opinion_asked", REQUESTS, gettext_noop("A colleague asks you to look along with a request."))
OPINION_GIVEN = kind("desk.opinion_given", REQUESTS, gettext_noop("A colleague answered what you asked about a request."))
ANOTHER_MOMENT = kind(
    "request.another_moment",
    REQUESTS,
    gettext_noop("The answer to a request of yours comes at another moment. Look when, and why."),
)
CONTESTED = kind("request.contested", REQUESTS, gettext_noop("An answer was contested. Someone else looks at it again."))
PUT_BEFORE_YOU = kind("escalation.asked", REQUESTS, gettext_noop("An answer was put before you, without a name. You decide."))
DECIDED = kind("escalation.decided", REQUESTS, gettext_noop("The wijkwethouder decided on an answer."))
PASSED_ON = kind("request.passed_on", REQUESTS, gettext_noop("A request of a colleague who is away came to you."))


@on("request.routed")
def new_request(event: OutboxEvent) -> None:
    """To the people of the desk."""
    for request in _request(event):
        _tell(event, _holding(Permission.ANSWER, request["desk_unit_id"]), SENT_TO_YOU)


@on("request.assigned")
def assigned(event: OutboxEvent) -> None:
    """To whom it was given in hand."""
    for request in _request(event):
        _tell(event, _people([request["assigned_to_id"]]), ASSIGNED)


@on("request.given_back")
def given_back(event: OutboxEvent) -> None:
    """To who leads the desk, unless someone took it meanwhile."""
    for request in _request(event):
        if request["assigned_to_id"] is None:
            _tell(event, _holding(Permission.DIVIDE_DESK, request["desk_unit_id"]), GIVEN_BACK)


@on("desk.opinion_asked")
def opinion_asked(event: OutboxEvent) -> None:
    """To the colleague who was asked to look along."""
    for opinion in _opinion(event):
        _tell(event, _people([opinion["asked_id"]]), OPINION_ASKED, about=opinion["request_id"])


@on("desk.opinion_given")
def opinion_given(event: OutboxEvent) -> None:
    """To who asked it."""
    for opinion in _opinion(event):
        _tell(event, _people([opinion["asked_by_id"]]), OPINION_GIVEN, about=opinion["request_id"])


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


@on("request.paused")
@on("request.resumed")
@on("request.extended")
def another_moment(event: OutboxEvent) -> None:
    """To who asked: the answer comes at another moment than was promised."""
    for request in _request(event):
        _tell(event, _of_the_case(request["case_id"], request["asked_by_id"]), ANOTHER_MOMENT)


@on("request.answered")
def answered(event: OutboxEvent) -> None:
    """To who asked."""
    for request in _request(event):
        _tell(event, _of_the_case(request["case_id"], request["asked_by_id"]), ANSWERED)


@on("request.contested")
def contested(event: OutboxEvent) -> None:
    """To who can look again."""
    for request in SpecialistRequest.objects.only("pk", "desk_unit_id", "answered_by_id").filter(pk=event.thing_id):
        _tell(event, may_look_again(request).values_list("pk", flat=True), CONTESTED)


@on("request.reconsidered")
def reconsidered(event: OutboxEvent) -> None:
    """To who asked."""
    answered(event)


@on("escalation.asked")
def put_before_wijkwethouder(event: OutboxEvent) -> None:
    """To the wijkwethouder of the wijk."""
    for escalation in Escalation.objects.only("pk", "unit_id").filter(pk=event.thing_id, status=Escalation.Status.ASKED):
        to = _holding(Permission.DECIDE_ABOVE_MANDATE, escalation.unit_id)
        notify(event, to, PUT_BEFORE_YOU, reverse("backoffice:escalation", args=[escalation.pk]))


@on("escalation.decided")
def wijkwethouder_decided(event: OutboxEvent) -> None:
    """To who asked; and to who leads the desk when it must look again."""
    for escalation in Escalation.objects.only("pk", "unit_id", "desk_unit_id", "case_id", "request_id", "status", "by_id").filter(
        pk=event.thing_id
    ):
        path = reverse("backoffice:request", args=[escalation.request_id])
        notify(event, _of_the_case(escalation.case_id, escalation.by_id), DECIDED, path)
        if escalation.status == Escalation.Status.LOOK_AGAIN:
            notify(event, _holding(Permission.DIVIDE_DESK, escalation.desk_unit_id), DECIDED, path)


@on("request.passed_on")
def passed_on(event: OutboxEvent) -> None:
    """To who stands in."""
    for request in _request(event):
        _tell(event, _people([request["assigned_to_id"]]), PASSED_ON)


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
    """To whose turn it is; when it is nobody's, to who leads. Who leads hears of the rest when it goes up (stall_notices)."""
    stall = Stall.objects.open().filter(request_id=event.thing_id).order_by("-flagged_at").first()
    if stall is None or stall.is_asleep:
        # Someone was quicker than the mail.
        return
    if stall.owner_kind == Stall.Owner.ASKER:
        to = _of_the_case(stall.case_id, stall.owner_id)
    elif stall.owner_kind == Stall.Owner.WETHOUDER:
        to = _holding(Permission.DECIDE_ABOVE_MANDATE, stall.unit_id)
    elif stall.owner_kind == Stall.Owner.COORDINATOR:
        to = _holding(Permission.DIVIDE_WORK, stall.unit_id) or _holding(Permission.ROUTE, stall.unit_id)
    else:
        leads = _holding(Permission.DIVIDE_DESK, stall.desk_unit_id) or _holding(Permission.ANSWER, stall.desk_unit_id)
        to = _people([stall.owner_id]) or leads
    if stall.owner_kind == Stall.Owner.WETHOUDER:
        # They see no row of the request: what was put before them stands on a page of their own.
        notify(event, to, STALLED, reverse("backoffice:escalations"))
    else:
        _tell(event, to, STALLED)


def _request(event: OutboxEvent) -> list[Any]:
    """The request's ids; the columns are named, because a job may read no other."""
    return list(
        SpecialistRequest.objects.filter(pk=event.thing_id).values("desk_unit_id", "case_id", "asked_by_id", "assigned_to_id")
    )


def _opinion(event: OutboxEvent) -> list[Any]:
    """The second opinion's ids, while the desk has the request; no word of it."""
    found = SecondOpinion.objects.filter(pk=event.thing_id, open_to_desk=True)
    return list(found.values("request_id", "asked_id", "asked_by_id"))


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
    # The system of a partner hears by webhook.
    people = User.objects.filter(pk__in=wanted, is_active=True, is_machine=False)
    return list(people.values_list("pk", flat=True)) if wanted else []


def _holding(permission: Permission, unit_id: Any) -> list[UUID]:
    return list(User.objects.holding(permission, unit_id=unit_id).values_list("pk", flat=True))


def _tell(event: OutboxEvent, to: Iterable[Any], of: Kind, *, linked: bool = True, about: UUID | None = None) -> None:
    """About the request of the event, unless it says which."""
    notify(event, to, of, reverse("backoffice:request", args=[about or event.thing_id]) if linked else "")
