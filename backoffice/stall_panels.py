"""What stalls add to the menu, Vandaag and the timeline: one line for each case, and only for who can do something about it."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import NavigationItem, TodayItem, navigation, sentence, today

from .clocks import wait
from .models import SpecialistRequest, Stall
from .request_page import desk_of
from .stall_kinds import Level, kind_of
from .stall_permissions import check_may_guard
from .stalls_page import guarded_by

Status = SpecialistRequest.Status
LEADS = (Permission.DIVIDE_WORK, Permission.DIVIDE_DESK, Permission.DECIDE_ABOVE_MANDATE)


@navigation.register(order=31)
def standing_still(user: Any) -> list[NavigationItem]:
    if not any(user.has(one) for one in LEADS) or not may(check_may_guard, user):
        return []
    return [NavigationItem(_("Standing still"), reverse("backoffice:stalls"), "warning")]


@today.register(order=25)
def stalled_in_the_wijk(user: Any) -> list[TodayItem]:
    """For who guards a team: what came to them of the cases of others, the worst first, without what it is about."""
    if not user.has(Permission.ROUTE):
        return []
    stalls = guarded_by(user).awake().exclude(level=Level.LEAD).exclude(request__asked_by=user).exclude(case__owner=user)
    found: dict[UUID, TodayItem] = {}
    for stall in stalls.select_related("desk_unit", "case__owner").order_by("due_at", "id")[:200]:
        found.setdefault(stall.case_id, _of_the_wijk(stall))
    return list(found.values())


def _of_the_wijk(stall: Stall) -> TodayItem:
    why = gettext("A request to %(desk)s, of a case of %(owner)s.") % {"desk": stall.desk_unit, "owner": stall.case.owner}
    if stall.asked:
        why += " " + gettext("The wijkwethouder asks: %(what)s") % {"what": stall.get_asked_display()}
    return TodayItem(
        title=stall.kind.late,
        # To the case for who may open it; to who may not yet, it offers to join.
        url=reverse("casework:case-join", args=[stall.case_id]),
        action=_("Look at it"),
        due_at=stall.due_at,
        tone="waiting",
        why=why,
        state=_("stalled"),
        icon="warning",
        owner=str(stall.case.owner),
        case_id=stall.case_id,
    )


@today.register(order=25)
def stalled_at_my_desk(user: Any) -> list[TodayItem]:
    """For the people of a desk: their own turn or nobody's yet, and for who leads what came to them; one line for each case."""
    units = user.units_with(Permission.ANSWER)
    if not units:
        return []
    leads = user.units_with(Permission.DIVIDE_DESK)
    mine = Q(owner=None) | Q(owner=user) | (Q(desk_unit__in=leads) & ~Q(level=Level.OWNER))
    # By its request, whose queue has an index: what was only reminded of is in none of the stalls'.
    turns = Stall.objects.open().awake().filter(mine, request=OuterRef("pk"))
    at_desk = (
        SpecialistRequest.objects.at_desks_of(user).stalled().filter(status__in=[Status.SENT, Status.TAKEN_UP, Status.CONTESTED])
    )
    requests = at_desk.filter(Exists(turns)).select_related("desk_unit__desk", "unit")
    found: dict[UUID, TodayItem] = {}
    for request in requests.defer("title", "question", "answer", "next_step").order_by("due_at", "id")[:100]:
        found.setdefault(request.case_id, _at_desk(request))
    return list(found.values())


def _at_desk(request: SpecialistRequest) -> TodayItem:
    return TodayItem(
        # No words of the request: what stands on Vandaag is opened by looking, and that is kept with the request.
        title=str(kind_of(request.clock).late),
        why=gettext("Asked by %(unit)s.") % {"unit": request.unit},
        url=request.get_absolute_url(),
        action={Status.SENT: _("Take it up"), Status.CONTESTED: _("Look at it again")}.get(Status(request.status), _("Answer")),
        due_at=request.due_at,
        tone="acute",
        state=wait(request, desk_of(request)).text,
        icon="warning",
    )


sentence("request.stall_raised", "warning", _("A request still waited, and who guards it was told."))
sentence("request.stall_woke", "clock", _("A request that was put off waits again."))
sentence("request.stall_snoozed", "clock", _("%(who)s put a request that waits off until %(until)s."))
sentence("request.stall_asked", "chat", _("The wijkwethouder asked who guards a request to act."))
