"""What the queue of a desk shows, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Ground, Scope, log_look
from luisterloket.people.models import User
from luisterloket.people.permissions import may

from .clocks import end_of_week, wait
from .cursors import Group, Row, by_clock, newest, open_stalls
from .models import Desk, QueueDivision, RequestItem, SpecialistRequest, Urgency
from .permissions import check_may_divide
from .queue_filter import VIEWS, QueueFilter, filter_for, under

Status = SpecialistRequest.Status


@dataclass(frozen=True)
class QueuePage:
    """A desk's queue under one filter; `after` is where the next page starts."""

    desk: Desk
    filter: QueueFilter
    views: list[tuple[str, Any]]
    groups: list[Group]
    count: int
    after: str
    # There are more than `count`.
    more: bool
    # This reader leads the desk: divides its queue, and keeps its hours, terms and texts.
    leads: bool = False

    # Where this page itself starts.
    at: str = ""

    @property
    def place(self) -> str:
        """The query of this very page, so that an opened request keeps the same list beside it."""
        return "&".join(part for part in (self.filter.query, urlencode({"after": self.at}) if self.at else "") if part)

    @property
    def requests(self) -> list[SpecialistRequest]:
        """In the order in which they stand on the page."""
        return [row.request for group in self.groups for row in group.rows]


COUNTED_AT_MOST = 100


def queue_page(desk: Desk, user: User, query: Mapping[str, Any]) -> QueuePage:
    """The queue of a desk, the acute first and then in the order of the clock, as the address asks for it. No name is in it;
    that its titles were read is kept. Seven queries.
    """
    chosen = filter_for(desk, user, query)
    after = str(query.get("after", ""))
    now = timezone.now()
    found = under(SpecialistRequest.objects.at_desks_of(user).filter(desk_unit_id=desk.unit_id), chosen, user)
    found = found.select_related("asked_by", "assigned_to", "unit__wijk").defer("question", "answer", "next_step")
    rows, next_after = newest(found, after) if chosen.view == "closed" else by_clock(found, after)
    stalls = open_stalls([one.pk for one in rows if one.stalled_at])
    at_desk = SpecialistRequest.objects.at_desks_of(user).filter(desk_unit_id=desk.unit_id, status__in=SpecialistRequest.AT_DESK)
    # Nobody needs to know how many beyond this; counting them all would cost more than the page.
    count = at_desk.values("pk")[: COUNTED_AT_MOST + 1].count()
    lines = [Row(one, wait(one, desk, now), stalls.get(one.pk)) for one in rows]
    _keep_look(desk, user, rows)
    counted, more = min(count, COUNTED_AT_MOST), count > COUNTED_AT_MOST
    leads = may(check_may_divide, user, desk.unit_id)
    return QueuePage(desk, chosen, list(VIEWS.items()), _grouped(lines, chosen.view, now), counted, next_after, more, leads, after)


@dataclass(frozen=True)
class Divided:
    """What became of several requests that were divided in one press."""

    division: QueueDivision
    done: int
    # Each that was refused, as the list calls it, and why.
    refused: list[tuple[SpecialistRequest | None, str]]


def divided(division: QueueDivision, desk: Desk, user: User) -> Divided:
    """The result as a page shows it; what is not this desk's any more is told of without its title."""
    found = SpecialistRequest.objects.at_desks_of(user).filter(desk_unit_id=desk.unit_id, pk__in=list(division.refused))
    there = {str(one.pk): one for one in found.defer("question", "answer", "next_step")}
    if there:
        _keep_look(desk, user, list(there.values()))
    return Divided(division, len(division.done), [(there.get(pk), why) for pk, why in division.refused.items()])


def _keep_look(desk: Desk, user: User, rows: list[SpecialistRequest]) -> None:
    """One entry for the page, with everyone whom its requests are about."""
    subjects = RequestItem.objects.filter(request__in=[one.pk for one in rows]).values_list("subject_id", flat=True).distinct()
    log_look(
        Scope(tuple(subjects)), to=user, purpose=desk.purpose_id, ground=Ground("desk", desk.unit_id),
        post=user.post_at(desk.unit_id), what="queue", categories=["known"], version_id=None,
    )  # fmt: skip


def _grouped(lines: list[Row], view: str, now: datetime) -> list[Group]:
    """Acute, today, this week, later, and the clocks that stand still."""
    if view == "closed":
        return [Group(_("Answered"), lines)] if lines else []
    today, week = timezone.localdate(now), end_of_week(now)
    acute, soon, this_week, later, still = groups = [
        Group(_("Acute")), Group(_("Today")), Group(_("This week")), Group(_("Later")), Group(_("The clock stands still")),
    ]  # fmt: skip
    for line in lines:
        due_at = line.request.due_at or now
        if line.request.status == Status.ASKED_BACK:
            still.rows.append(line)
        elif line.request.urgency == Urgency.TODAY:
            acute.rows.append(line)
        elif timezone.localdate(due_at) <= today:
            soon.rows.append(line)
        else:
            (this_week if due_at <= week else later).rows.append(line)
    return [group for group in groups if group.rows]
