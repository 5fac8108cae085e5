"""What the page of one request shows to either side."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework.disclosures import scope_with_others
from casework.emergency_permissions import check_may_break_glass
from casework.models import Case
from luisterloket.convenant.disclosure import Ground, authorised, disclose
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import sharing
from .clocks import ClockLine, Wait, clocks, wait
from .cursors import open_stalls
from .models import Desk, Message, RequestItem, RequestQuerySet, SpecialistRequest, Stall
from .queue_page import QueuePage, queue_page


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
    who: str = ""
    other_desks: int = 0
    queue: QueuePage | None = None
    # Where more of this case is opened in an emergency; empty when that is not for this reader.
    emergency_url: str = ""


def request_at_desk(request: SpecialistRequest, user: User, *, alone: bool = False) -> RequestPage:
    """The desk's side: the question, what went along as far as this role may see it today, and the queue beside it.

    `alone` leaves the queue out, for a system that reads this one request.
    """
    desk = desk_of(request)
    open_items = request.items_are_open
    posts = [post for post in user.posts if post.unit_id == request.desk_unit_id and Permission.ANSWER in post.role.permissions]
    allowed = authorised(posts, request.purpose_id, request.case_id)
    items = sharing.open_items(request, allowed, request.purpose_id) if open_items else []
    return RequestPage(
        **_both_sides(request, desk),
        at_desk=True,
        items=items,
        messages=list(request.messages.select_related("by")) if open_items else [],
        other_desks=_other_desks(request) if open_items else 0,
        queue=None if alone else queue_page(desk, user),
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
        **_both_sides(request, desk),
        at_desk=False,
        items=sharing.open_items(request, seen.allowed, "listening"),
        messages=list(request.messages.select_related("by")),
        who=seen.text("name"),
    )


def _emergency(request: SpecialistRequest, user: User) -> str:
    return reverse("casework:emergency-case", args=[request.case_id]) if may(check_may_break_glass, user) else ""


def _both_sides(request: SpecialistRequest, desk: Desk) -> dict[str, Any]:
    now = timezone.now()
    return {
        "request": request,
        "desk": desk,
        "clocks": clocks(request, desk, now),
        "wait": wait(request, desk, now),
        "stall": open_stalls([request.pk]).get(request.pk) if request.stalled_at else None,
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
        "desk_unit__desk__purpose", "unit__wijk", "asked_by", "assigned_to", "answered_by", "purpose", "pause"
    )


def _other_desks(request: SpecialistRequest) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT other_desks_at_work(%s)", [request.pk])
        return cursor.fetchone()[0]
