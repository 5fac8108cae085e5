"""What the queue of a desk shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Ground, Scope, log_look
from luisterloket.people.models import User
from luisterloket.people.permissions import may

from .clocks import end_of_week, wait
from .cursors import Group, Row, by_clock, newest, open_stalls
from .models import Desk, RequestItem, RequestQuerySet, SpecialistRequest
from .permissions import check_may_keep_desk

Status = SpecialistRequest.Status


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
    # This reader keeps the desk's hours and terms.
    keeps: bool = False


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
    rows, next_after = newest(found, after) if chosen == "closed" else by_clock(found, after)
    stalls = open_stalls([one.pk for one in rows if one.stalled_at])
    at_desk = SpecialistRequest.objects.at_desks_of(user).filter(desk_unit_id=desk.unit_id, status__in=SpecialistRequest.AT_DESK)
    # Nobody needs to know how many beyond this; counting them all would cost more than the page.
    count = at_desk.values("pk")[: COUNTED_AT_MOST + 1].count()
    lines = [Row(one, wait(one, desk, now), stalls.get(one.pk)) for one in rows]
    _keep_look(desk, user, rows)
    counted, more = min(count, COUNTED_AT_MOST), count > COUNTED_AT_MOST
    keeps = may(check_may_keep_desk, user, desk)
    return QueuePage(desk, chosen, list(QUEUE_FILTERS.items()), _grouped(lines, chosen, now), counted, next_after, more, keeps)


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
