"""What a desk does with a request: open it, take it up, ask back, answer."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import permissions, sharing, terms
from backoffice.models import Clock, SpecialistRequest
from luisterloket.convenant.disclosure import Ground, Scope, authorised, log_look
from luisterloket.people.models import Post
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.drafts import drop_draft
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .parts import CLOCK, desk_at, filled_in, only_from, relations, say, start_clock, touched
from .pausing import answer_pause

Status = SpecialistRequest.Status


@command
def open_request(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """Someone at the desk looks at the request: each look is kept, and the sender sees that it was opened."""
    permissions.check_may_answer(actor, request)
    if request.opened_at is None:
        request = SpecialistRequest.locked(request.pk)
        if request.opened_at is None and request.items_are_open:
            request.opened_at = timezone.now()
            request.save(update_fields=["opened_at"])
            record(actor, "request.opened", request)
    post = post_at_desk(actor, request)
    log_look(
        Scope(tuple(request.subjects), request.case_id), to=actor, purpose=request.purpose_id, ground=Ground("request", request.pk),
        post=post, what="request", categories=visible_categories(post, request), version_id=request.convenant_version_id,
    )  # fmt: skip
    return request


@command
def take_up_request(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """A specialist makes the question theirs; from now on the answer's clock runs, until the moment fixed at sending."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    only_from(request, Status.SENT)
    request.move_to(Status.TAKEN_UP)
    request.assigned_to, request.taken_up_at = actor, timezone.now()
    start_clock(request, Clock.ANSWER, request.answer_due_at)
    request.save(update_fields=["status", "assigned_to", "taken_up_at", *CLOCK])
    record(actor, "request.taken_up", request)
    touched(request)
    return request


@command
def ask_back(*, actor: Any, request: SpecialistRequest, text: str) -> SpecialistRequest:
    """The desk needs to know something first: its own clock stands still, and the asker's starts."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    filled_in("text", text, _("Write down what you need to know."))
    desk = desk_at(request)
    now = timezone.now()
    left = desk.hours.minutes_between(now, request.due_at) if request.due_at else 0
    request.move_to(Status.ASKED_BACK)
    request.minutes_left = left
    start_clock(request, Clock.REPLY, terms.due(desk, request.urgency, Clock.REPLY, now))
    request.save(update_fields=["status", "minutes_left", *CLOCK])
    say(actor, request, text, from_desk=True)
    record(actor, "request.asked_back", request)
    emit("request.asked_back", request)
    touched(request)
    return request


@command
def answer_request(
    *, actor: Any, request: SpecialistRequest, result: str, answer: str, next_step: str = "", paused_until: date | None = None
) -> SpecialistRequest:
    """The desk answers. A refusal never leaves without its reason and a next step for the resident.

    Who was asked to wait with collecting and grants that says until when.
    """
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    if result == SpecialistRequest.Result.REFUSED:
        filled_in("answer", answer, _("Write down why it is not possible, in plain language."))
        filled_in("next_step", next_step, _("Write down what the resident can do now."))
    filled_in("answer", answer, _("Write down your answer."))
    answer_pause(actor, request, result, paused_until)
    request.move_to(Status.ANSWERED)
    request.result, request.answer, request.next_step = result, answer.strip(), next_step.strip()
    request.answered_by, request.answered_at = actor, timezone.now()
    start_clock(request, Clock.TELL, terms.due(desk_at(request), request.urgency, Clock.TELL, request.answered_at))
    request.full_clean(exclude=relations(request))
    request.save(update_fields=["status", "result", "answer", "next_step", "answered_by", "answered_at", *CLOCK])
    record(actor, "request.answered", request, result=result)
    emit("request.answered", request)
    touched(request)
    drop_draft(actor=actor, form=f"answer:{request.pk}")
    return request


def post_at_desk(actor: Any, request: SpecialistRequest) -> Post | None:
    """The post in which someone answers for this desk."""
    posts = (post for post in actor.posts if post.unit_id == request.desk_unit_id)
    return next((post for post in posts if Permission.ANSWER in post.role.permissions), None)


def visible_categories(post: Post | None, request: SpecialistRequest) -> list[str]:
    """The categories that went along and that this post may still see under the convenant of today."""
    if post is None or not request.items_are_open:
        return []
    allowed = authorised([post], request.purpose_id, request.case_id)
    return sorted({item.category for item in sharing.open_items(request, allowed, request.purpose_id)})
