"""What the page of one request shows to either side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework.disclosures import scope_with_others
from casework.emergency_permissions import check_may_break_glass
from casework.models import Case
from luisterloket.convenant.disclosure import Allowed, Ground, Scope, authorised, disclose, open_to_all_of
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import intake, sharing, terms
from .clocks import ClockLine, Wait, clocks, wait
from .contests import Contested, contested
from .cursors import open_stalls
from .desk_work import DeskWork, desk_work, neighbours
from .models import Desk, IntakeAnswer, Message, Pause, QuestionReview, RequestItem, RequestQuerySet, SpecialistRequest, Stall
from .permissions import check_may_reconsider
from .queue_page import QueuePage, queue_page

# The name under which the request that a new one goes on from stands in an address and a form.
FOLLOWS = "vervolg"


@dataclass(frozen=True)
class RequestPage:
    """One request as one of its two sides sees it. `items` are only those which this reader may see."""

    request: SpecialistRequest
    desk: Desk
    at_desk: bool
    clocks: list[ClockLine]
    wait: Wait
    items: list[RequestItem]
    messages: list[Message]
    stall: Stall | None
    convenant: ConvenantVersion | None
    # What the desk asked of the sender, and what was answered.
    asked: list[IntakeAnswer]
    who: str = ""
    # What the desk said of the question, when it is for this reader.
    review: QuestionReview | None = None
    # The request that this one goes on from, and those that went on from it.
    earlier: SpecialistRequest | None = None
    later: list[SpecialistRequest] = field(default_factory=list)
    # Where the loket goes on: at the proposed desk, or at one it chooses.
    go_on_url: str = ""
    ask_again_url: str = ""
    contested: Contested = field(default_factory=lambda: Contested([], []))
    # It waits for someone to look again, and this reader is one who may.
    may_reconsider: bool = False
    # How many other desks are at work for the same people, and which of them this desk may know.
    other_desks: int = 0
    known_desks: list[str] = field(default_factory=list)
    queue: QueuePage | None = None
    # The ground on which the clock stands still now, and the term of the answer in words.
    pause: Pause | None = None
    term_in_words: str = ""
    # Where more of this case is opened in an emergency; empty when that is not for this reader.
    emergency_url: str = ""
    # What the people of the desk share among themselves; never for the loket.
    work: DeskWork | None = None
    before: SpecialistRequest | None = None
    after: SpecialistRequest | None = None

    @property
    def unknown_desks(self) -> int:
        return self.other_desks - len(self.known_desks)


def request_at_desk(request: SpecialistRequest, user: User, query: Mapping[str, Any] | None) -> RequestPage:
    """The desk's side: the question, what went along as far as this role may see it today, and the queue beside it under the
    filter of the address. Without a `query` the queue is left out, for a system that reads this one request.
    """
    desk = desk_of(request)
    open_items = request.items_are_open
    posts = [post for post in user.posts if post.unit_id == request.desk_unit_id and Permission.ANSWER in post.role.permissions]
    allowed = authorised(posts, request.purpose_id, request.case_id)
    items = sharing.open_items(request, allowed, request.purpose_id) if open_items else []
    queue = queue_page(desk, user, query) if query is not None else None
    before, after = neighbours(request, queue.requests) if queue else (None, None)
    return RequestPage(
        **_both_sides(request, desk, user),
        at_desk=True,
        contested=contested(request, at_desk=True),
        may_reconsider=request.status == SpecialistRequest.Status.CONTESTED and may(check_may_reconsider, user, request),
        items=items,
        messages=list(request.messages.select_related("by")) if open_items else [],
        **(_other_desks(request, allowed) if open_items else {}),
        queue=queue,
        before=before,
        after=after,
        work=desk_work(request, desk, user),
        emergency_url=_emergency(request, user) if open_items else "",
    )


def request_at_loket(request: SpecialistRequest, user: User) -> RequestPage:
    """The loket's side. Of what went along one sees the categories that one may see in the case itself."""
    desk = desk_of(request)
    categories = RequestItem.objects.filter(request=request).values_list("category", flat=True)
    case = Case(pk=request.case_id, unit_id=request.unit_id)
    seen = disclose(
        scope_with_others(case, user), to=user, purpose="listening", ground=Ground("involvement", request.case_id), what="request",
        only={"identity", *categories},
    )  # fmt: skip
    return RequestPage(
        **_both_sides(request, desk, user),
        at_desk=False,
        contested=contested(request, at_desk=False),
        items=sharing.open_items(request, seen.allowed, "listening"),
        messages=list(request.messages.select_related("by")),
        who=seen.text("name"),
        **_goes_on(request, user),
    )


def _emergency(request: SpecialistRequest, user: User) -> str:
    return reverse("casework:emergency-case", args=[request.case_id]) if may(check_may_break_glass, user) else ""


def _goes_on(request: SpecialistRequest, user: User) -> dict[str, Any]:
    """What this request came from and led to, and where it can go on once it is answered."""
    near = SpecialistRequest.objects.asked_from(user).filter(case_id=request.case_id).select_related("desk_unit")
    near = near.defer("title", "question", "answer", "next_step")
    found: dict[str, Any] = {
        "earlier": near.filter(pk=request.follows_id).first() if request.follows_id else None,
        "later": list(near.filter(follows=request).order_by("sent_at")) if request.answered_at else [],
    }
    if request.answered_at and not found["later"]:
        url = f"{reverse('backoffice:request-new', args=[request.case_id])}?{FOLLOWS}={request.pk}"
        if request.result == SpecialistRequest.Result.FORWARDED and request.proposed_desk_id:
            found["go_on_url"] = f"{url}&desk={request.proposed_desk_id}"
        elif request.result in {SpecialistRequest.Result.REFUSED, SpecialistRequest.Result.PARTLY}:
            found["ask_again_url"] = url
    return found


def _both_sides(request: SpecialistRequest, desk: Desk, user: User) -> dict[str, Any]:
    now = timezone.now()
    return {
        "request": request,
        "desk": desk,
        "clocks": clocks(request, desk, now),
        "wait": wait(request, desk, now),
        "pause": request.pauses.filter(ended_at=None).first() if request.is_paused else None,
        "term_in_words": terms.in_words(request.answer_term) if request.answer_term else "",
        "stall": open_stalls([request.pk]).get(request.pk) if request.stalled_at else None,
        "review": QuestionReview.objects.visible_to(user).filter(request=request).first(),
        "asked": intake.answers_of(request),
        "convenant": ConvenantVersion.objects.filter(pk=request.convenant_version_id).first(),
    }


def desk_of(request: SpecialistRequest) -> Desk:
    desk: Desk = request.desk_unit.desk
    # Its own name is that of the unit, which is at hand here.
    desk.unit = request.desk_unit
    return desk


def with_all(found: RequestQuerySet) -> RequestQuerySet:
    """With everything that the page of one request shows beside it."""
    return found.select_related(
        "desk_unit__desk__purpose",
        "unit__wijk",
        "asked_by",
        "assigned_to",
        "taken_up_by",
        "answered_by",
        "purpose",
        "proposed_desk__unit",
        "answer_term",
        "pause",
    )


def _other_desks(request: SpecialistRequest, allowed: Mapping[str, Allowed]) -> dict[str, Any]:
    """How many other desks are at work. Known are those that were given nothing but what this desk may see too, and what the
    residents have not closed to it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT other_desks_at_work(%s)", [request.pk])
        number = cursor.fetchone()[0]
        if not number:
            return {}
        scope = Scope(tuple(request.subjects), request.case_id)
        seen = open_to_all_of(scope, request.purpose_id, allowed)
        cursor.execute("SELECT desks_at_work(%s, %s)", [request.pk, list(seen)])
        return {"other_desks": number, "known_desks": [name for (name,) in cursor.fetchall()]}
