"""What a desk does with a request before it answers: open it, take it up, ask back."""

from typing import Any

from django.utils import timezone

from backoffice import permissions, presence, sharing, terms
from backoffice.models import Clock, SpecialistRequest
from luisterloket.convenant.disclosure import Ground, Scope, authorised, log_look
from luisterloket.people.models import Post
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.history import record

from .parts import begin, desk_at, end_pause, finish, not_in_other_hands, say


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
    request = begin(actor, request, "take_up")
    not_in_other_hands(actor, request)
    presence.refuse_when_absent(actor, request.desk_unit_id)
    request.assigned_to, request.taken_up_by, request.taken_up_at = actor, actor, timezone.now()
    changed = ("assigned_to", "taken_up_by", "taken_up_at")
    finish(actor, request, "take_up", changed=changed, due_at=request.answer_due_at)
    return request


@command
def ask_back(*, actor: Any, request: SpecialistRequest, text: str) -> SpecialistRequest:
    """The desk needs to know something first: its own clock stands still, and the asker's starts.

    A term of the law goes on: only a ground of the law stops that (`pause_answer`).
    """
    request = begin(actor, request, "ask_back", text=text)
    desk = desk_at(request)
    now = timezone.now()
    if not terms.by_law(request):
        end_pause(request)
        terms.stop(request, desk, now)
    reply_by = terms.due(desk, request.kind, request.urgency, Clock.REPLY, now).at
    if terms.by_law(request) and request.answer_due_at > now:
        # The clock of the answer runs on, so a reply after it would be of no use.
        reply_by = min(reply_by, request.answer_due_at)
    say(actor, request, text, from_desk=True)
    finish(actor, request, "ask_back", due_at=reply_by)
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
