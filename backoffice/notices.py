"""Mails that say no more than that something waits: no name, no desk, no question; one signs in to read it.

They are sent by jobs, which see ids and addresses only. An event that is told twice sends the same mail, with the same
Message-ID, so that a mailbox can keep one of them.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from casework.models import Case
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

from .models import SpecialistRequest, Stall

SUBJECT = gettext_noop("Something is waiting for you in Luisterloket")
SENT_TO_YOU = gettext_noop("A new request came in.")
ASKED_BACK = gettext_noop("There is a question back about a request of yours.")
REPLIED = gettext_noop("There is a reply to your question.")
ANSWERED = gettext_noop("There is an answer to a request of yours.")
STALLED = gettext_noop("A request has been waiting too long, and it is your turn.")
GROUND_ENDED = gettext_noop("The ground for a request has ended.")
CORRECTED = gettext_noop("Something that went along with a request was put right. Ask the loket what it is now.")
WITHDRAWN = gettext_noop("A request that you had taken up was taken back. You need not do anything more.")


@on("request.routed")
def new_request(event: OutboxEvent) -> None:
    """To the people of the desk."""
    for request in _request(event):
        _mail(event, _holding(Permission.ANSWER, request["desk_unit_id"]), SENT_TO_YOU)


@on("request.asked_back")
def question_back(event: OutboxEvent) -> None:
    """To who asked."""
    for request in _request(event):
        _mail(event, _of_the_case(request["case_id"], request["asked_by_id"]), ASKED_BACK)


@on("request.replied")
def reply(event: OutboxEvent) -> None:
    """To the specialist who took it up."""
    for request in _request(event):
        _mail(event, _people([request["assigned_to_id"]]), REPLIED)


@on("request.answered")
def answered(event: OutboxEvent) -> None:
    """To who asked."""
    for request in _request(event):
        _mail(event, _of_the_case(request["case_id"], request["asked_by_id"]), ANSWERED)


@on("request.withdrawn")
def withdrawn(event: OutboxEvent) -> None:
    """To the specialist who took it up, without a link: there is nothing left to see."""
    for request in _request(event):
        _mail(event, _people([request["assigned_to_id"]]), WITHDRAWN, linked=False)


@on("request.ground_ended")
@on("request.ground_ended_partly")
def ground_ended(event: OutboxEvent) -> None:
    """To who asked and to the specialist who took it up, in the same words: that it ended, and no more."""
    for request in _request(event):
        _mail(event, _of_the_case(request["case_id"], request["asked_by_id"]), GROUND_ENDED)
        _mail(event, _people([request["assigned_to_id"]]), GROUND_ENDED)


@on("request.item_corrected")
def item_corrected(event: OutboxEvent) -> None:
    """To who took it up, or else the people of the desk (AVG article 19): that it was put right, and not what."""
    for request in _request(event):
        people = _people([request["assigned_to_id"]]) or _holding(Permission.ANSWER, request["desk_unit_id"])
        _mail(event, people, CORRECTED)


@on("request.stalled")
def stalled(event: OutboxEvent) -> None:
    """To whose turn it is; what stalls at a desk also goes to its lead."""
    stall = Stall.objects.filter(request_id=event.thing_id, ended_at=None).order_by("-flagged_at").first()
    if stall is None:
        # Someone was quicker than the mail.
        return
    if stall.owner_kind == Stall.Owner.ASKER:
        to = dict(_of_the_case(stall.case_id, stall.owner_id))
    else:
        to = dict(_people([stall.owner_id]))
        leads = dict(_holding(Permission.DIVIDE_DESK, stall.desk_unit_id))
        to |= leads or dict(_holding(Permission.ANSWER, stall.desk_unit_id))
    _mail(event, to.items(), STALLED)


def _request(event: OutboxEvent) -> list[Any]:
    """The request's ids; the columns are named, because a job may read no other."""
    return list(
        SpecialistRequest.objects.filter(pk=event.thing_id).values("desk_unit_id", "case_id", "asked_by_id", "assigned_to_id")
    )


def _of_the_case(case_id: UUID, asked_by: UUID | None) -> list[tuple[Any, str]]:
    """Who asked; or the owner of the case, when who asked has left or may not open it any more. Or else nobody."""
    owner = Case.objects.values_list("owner_id", flat=True).get(pk=case_id)
    wanted = [one for one in (asked_by, owner) if one is not None]
    # A job may read no more of people than these.
    people = {user.pk: user for user in User.objects.with_posts().only("pk", "email", "is_active").filter(pk__in=wanted)}
    may_open = (user for one in wanted if (user := people.get(one)) and user.posts and _may_open(user, case_id))
    return [(user.pk, user.email) for user in islice(may_open, 1)]


def _may_open(user: User, case_id: UUID) -> bool:
    return Case.objects.visible_to(user).filter(pk=case_id).exists()


def _people(ids: Iterable[Any]) -> list[tuple[Any, str]]:
    wanted = [one for one in ids if one is not None]
    # The system of a partner hears by webhook.
    people = User.objects.filter(pk__in=wanted, is_active=True, is_machine=False)
    return list(people.values_list("pk", "email")) if wanted else []


def _holding(permission: Permission, unit_id: Any) -> list[tuple[Any, str]]:
    return list(User.objects.holding(permission, unit_id=unit_id).values_list("pk", "email"))


def _mail(event: OutboxEvent, to: Iterable[tuple[Any, str]], line: str, *, linked: bool = True) -> None:
    """One mail to each, so that nobody sees who else got it."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    with translation.override("nl"):
        link = settings.BASE_URL + reverse("backoffice:request", args=[event.thing_id])
        parts = [
            _(line),
            _("Sign in to see it: %(link)s") % {"link": link} if linked else "",
            _("This mail holds no personal data."),
        ]
        body = "\n\n".join(part for part in parts if part)
        for pk, email in to:
            headers = {"Message-ID": f"<{event.pk}.{pk}@{host}>", "Auto-Submitted": "auto-generated"}
            EmailMessage(_(SUBJECT), body, to=[email], headers=headers).send()
