"""What the pages of requests show, each in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.disclosures import scope_with_others
from casework.emergency_permissions import check_may_break_glass
from casework.groups import others_of
from casework.models import Case, CaseMember
from luisterloket.convenant.disclosure import Ground, Scope, authorised, disclose, log_look
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import sharing
from .clocks import ClockLine, Wait, clocks, end_of_week, wait
from .models import PAUSED, Desk, Message, RequestItem, RequestQuerySet, SpecialistRequest, Stall

PER_PAGE = 25
Status = SpecialistRequest.Status


# Lists with a cursor ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One request as a list shows it."""

    request: SpecialistRequest
    wait: Wait
    stall: Stall | None = None
    who: str = ""


@dataclass(frozen=True)
class Group:
    title: Any
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class QueuePage:
    """A desk's queue under one filter; `after` is where the next page starts."""

    desk: Desk
    chosen: str
    filters: list[tuple[str, Any]]
    groups: list[Group]
    count: int
    after: str
    # There are more than `count`.
    more: bool


QUEUE_FILTERS = {
    "open": _("Open"), "mine": _("Mine"), "waits": _("Waits for the loket"), "stalled": _("Stalled"), "closed": _("Done"),
}  # fmt: skip
COUNTED_AT_MOST = 100


def queue_page(desk: Desk, user: User, *, chosen: str = "open", after: str = "") -> QueuePage:
    """The queue of a desk, in the order of the clock. No name is in it; that its titles were read is kept. Six queries."""
    chosen = chosen if chosen in QUEUE_FILTERS else "open"
    now = timezone.now()
    found = SpecialistRequest.objects.at_desks_of(user).filter(desk_unit_id=desk.unit_id)
    found = (
        _under(found, chosen, user).select_related("asked_by", "assigned_to", "unit__wijk").defer("question", "answer", "next_step")
    )
    rows, next_after = _newest(found, after) if chosen == "closed" else _by_clock(found, after)
    stalls = _open_stalls([one.pk for one in rows if one.stalled_at])
    at_desk = SpecialistRequest.objects.at_desks_of(user).filter(desk_unit_id=desk.unit_id, status__in=SpecialistRequest.AT_DESK)
    # Nobody needs to know how many beyond this; counting them all would cost more than the page.
    count = at_desk.values("pk")[: COUNTED_AT_MOST + 1].count()
    lines = [Row(one, wait(one, desk, now), stalls.get(one.pk)) for one in rows]
    _keep_look(desk, user, rows)
    counted, more = min(count, COUNTED_AT_MOST), count > COUNTED_AT_MOST
    return QueuePage(desk, chosen, list(QUEUE_FILTERS.items()), _grouped(lines, chosen, now), counted, next_after, more)


def _keep_look(desk: Desk, user: User, rows: list[SpecialistRequest]) -> None:
    """One entry for the page, with everyone whom its requests are about."""
    subjects = RequestItem.objects.filter(request__in=[one.pk for one in rows]).values_list("subject_id", flat=True).distinct()
    log_look(
        Scope(tuple(subjects)), to=user, purpose=desk.purpose_id, ground=Ground("desk", desk.unit_id),
        post=user.post_at(desk.unit_id), what="queue", categories=["known"], version_id=None,
    )  # fmt: skip


def _under(found: RequestQuerySet, chosen: str, user: User) -> RequestQuerySet:
    if chosen == "closed":
        return found.filter(status__in=[Status.ANSWERED, Status.CLOSED, Status.GROUND_ENDED])
    found = found.filter(status__in=SpecialistRequest.AT_DESK)
    if chosen == "mine":
        return found.filter(assigned_to=user)
    if chosen == "waits":
        return found.filter(status=Status.ASKED_BACK)
    return found.stalled() if chosen == "stalled" else found


def _by_clock(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    found = found.annotate(paused=PAUSED).order_by("paused", "due_at", "id")
    if cursor := _cursor(after, 3):
        paused, due_at, pk = int(cursor[0] == "1"), datetime.fromisoformat(cursor[1]), UUID(cursor[2])
        found = found.filter(
            Q(paused__gt=paused) | Q(paused=paused, due_at__gt=due_at) | Q(paused=paused, due_at=due_at, pk__gt=pk)
        )
    return _cut(found, lambda one: f"{one.paused}~{one.due_at.isoformat()}~{one.pk}")


def _newest(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    # What ended without an answer stands at the moment at which it did.
    found = found.annotate(done_at=Coalesce("answered_at", "closed_at")).order_by("-done_at", "-id")
    if cursor := _cursor(after, 2):
        at, pk = datetime.fromisoformat(cursor[0]), UUID(cursor[1])
        found = found.filter(Q(done_at__lt=at) | Q(done_at=at, pk__lt=pk))
    return _cut(found, lambda one: f"{one.done_at.isoformat()}~{one.pk}")


def _cursor(after: str, parts: int) -> list[str] | None:
    """The parts of a cursor; None for one that was tampered with, which starts the list anew."""
    found = after.split("~")
    if len(found) != parts:
        return None
    try:
        datetime.fromisoformat(found[-2])
        UUID(found[-1])
    except ValueError:
        return None
    return found if timezone.is_aware(datetime.fromisoformat(found[-2])) else None


def _cut(found: Any, cursor_of: Any) -> tuple[list[SpecialistRequest], str]:
    rows = list(found[: PER_PAGE + 1])
    return rows[:PER_PAGE], cursor_of(rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else ""


def _open_stalls(requests: list[UUID]) -> dict[UUID, Stall]:
    if not requests:
        return {}
    return {stall.request_id: stall for stall in Stall.objects.filter(request__in=requests, ended_at=None).select_related("owner")}


def _grouped(lines: list[Row], chosen: str, now: datetime) -> list[Group]:
    """Today, this week, later, and the clocks that stand still."""
    if chosen == "closed":
        return [Group(_("Answered"), lines)] if lines else []
    today, week = timezone.localdate(now), end_of_week(now)
    groups = [Group(_("Today")), Group(_("This week")), Group(_("Later")), Group(_("The clock stands still"))]
    for line in lines:
        due_at = line.request.due_at or now
        if line.request.status == Status.ASKED_BACK:
            groups[3].rows.append(line)
        elif timezone.localdate(due_at) <= today:
            groups[0].rows.append(line)
        else:
            groups[1 if due_at <= week else 2].rows.append(line)
    return [group for group in groups if group.rows]


# The loket's list -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RequestsPage:
    chosen: str
    filters: list[tuple[str, Any]]
    rows: list[Row]
    after: str


REQUEST_FILTERS = {"open": _("Open"), "waits": _("Waits for me"), "stalled": _("Stalled"), "closed": _("Done")}


def requests_page(user: User, *, chosen: str = "open", after: str = "") -> RequestsPage:
    """The requests of one's cases, the clock that is worst first. The names are one look, kept as one entry."""
    chosen = chosen if chosen in REQUEST_FILTERS else "open"
    now = timezone.now()
    found = SpecialistRequest.objects.asked_from(user).select_related("desk_unit__desk", "desk_unit", "asked_by")
    found = found.defer("question", "answer", "next_step")
    if chosen == "closed":
        rows, next_after = _latest_closed(found.filter(status__in=[Status.CLOSED, Status.WITHDRAWN, Status.GROUND_ENDED]), after)
    else:
        found = found.open()
        if chosen == "waits":
            found = found.filter(status__in=[Status.ANSWERED, Status.ASKED_BACK])
        elif chosen == "stalled":
            found = found.stalled()
        rows, next_after = _due_first(found, after)
    stalls = _open_stalls([one.pk for one in rows if one.stalled_at])
    who = names_of_cases(user, [one.case_id for one in rows])
    lines = [Row(one, wait(one, desk_of(one), now), stalls.get(one.pk), who.get(one.case_id, "")) for one in rows]
    return RequestsPage(chosen, list(REQUEST_FILTERS.items()), lines, next_after)


def _due_first(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    found = found.order_by("due_at", "id")
    if cursor := _cursor(after, 2):
        at, pk = datetime.fromisoformat(cursor[0]), UUID(cursor[1])
        found = found.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=pk))
    return _cut(found, lambda one: f"{one.due_at.isoformat()}~{one.pk}")


def _latest_closed(found: Any, after: str) -> tuple[list[SpecialistRequest], str]:
    found = found.order_by("-closed_at", "-id")
    if cursor := _cursor(after, 2):
        at, pk = datetime.fromisoformat(cursor[0]), UUID(cursor[1])
        found = found.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=pk))
    return _cut(found, lambda one: f"{one.closed_at.isoformat()}~{one.pk}")


def names_of_cases(user: User, cases: list[UUID]) -> Mapping[UUID, str]:
    """Whom these cases are about, for one's own list."""
    members = CaseMember.objects.filter(case__in=set(cases), part=CaseMember.Part.MAIN).values_list("case_id", "resident_id")
    main = dict(members)
    if not main:
        return {}
    seen = disclose(
        Scope((*main.values(), *others_of(main.values(), user))),
        to=user,
        purpose="listening",
        ground=Ground("own_cases"),
        what="requests",
        only={"identity"},
    )
    return {case: seen.text("name", resident) for case, resident in main.items()}


# One request ------------------------------------------------------------------------------------------------------


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


def request_at_desk(request: SpecialistRequest, user: User) -> RequestPage:
    """The desk's side: the question, what went along as far as this role may see it today, and the queue beside it."""
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
        queue=queue_page(desk, user),
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
        "stall": _open_stalls([request.pk]).get(request.pk) if request.stalled_at else None,
        "convenant": ConvenantVersion.objects.filter(pk=request.convenant_version_id).first(),
    }


def desk_of(request: SpecialistRequest) -> Desk:
    desk: Desk = request.desk_unit.desk
    # Its own name is that of the unit, which is at hand here.
    desk.unit = request.desk_unit
    return desk


def with_all(found: RequestQuerySet) -> RequestQuerySet:
    """With everything that the page of one request shows beside it."""
    return found.select_related("desk_unit__desk__purpose", "unit__wijk", "asked_by", "assigned_to", "answered_by", "purpose")


def _other_desks(request: SpecialistRequest) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT other_desks_at_work(%s)", [request.pk])
        return cursor.fetchone()[0]
