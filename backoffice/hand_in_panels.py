"""What hand-ins add to the menu, the start page, Vandaag, the case page and the timeline."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Case
from casework.permissions import may_read
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import (
    CasePanel,
    NavigationItem,
    TodayItem,
    case_panels,
    landing,
    navigation,
    sentence,
    today,
)
from luisterloket.wijken.calendar import AMSTERDAM

from .models import HandIn, Reception

SHOWN_AT_MOST = 50


@navigation.register(order=32)
def hand_ins(user: Any) -> list[NavigationItem]:
    """What one's own unit handed in; and what came in, for who works in a wijk."""
    found = []
    if user.has(Permission.HAND_IN):
        found.append(NavigationItem(gettext_lazy("Hand-ins"), reverse("backoffice:hand-ins"), "hand"))
    if user.has(Permission.LISTEN):
        found.append(NavigationItem(gettext_lazy("Handed in"), reverse("backoffice:received-all"), "hand"))
    return found


@landing.register(order=40)
def start(user: Any) -> str | None:
    """Who only hands in begins there."""
    if user.has(Permission.LISTEN) or user.has(Permission.ANSWER) or not user.has(Permission.HAND_IN):
        return None
    return reverse("backoffice:hand-ins")


@today.register(order=24)
def waiting_hand_ins(user: Any) -> list[TodayItem]:
    """For the loket: who was handed in and waits for an answer; and of what one took on, what the sender must hear by now."""
    if not user.has(Permission.LISTEN):
        return []
    mine = Reception.objects.visible_to(user).select_related("hand_in__desk_unit", "owner")
    answers = mine.filter(hand_in__status=HandIn.Status.SENT).order_by("hand_in__due_on", "pk")[:SHOWN_AT_MOST]
    outcomes = mine.filter(owner=user, hand_in__status=HandIn.Status.ACCEPTED, hand_in__due_on__lte=timezone.localdate())
    return [
        *(_to_do(one, _("Someone was handed in"), gettext_lazy("Look at it")) for one in answers),
        *(
            _to_do(one, _("Tell the sender what came of it"), gettext_lazy("Say what came of it"))
            for one in outcomes.order_by("hand_in__due_on", "pk")[:SHOWN_AT_MOST]
        ),
    ]


def _to_do(one: Reception, title: str, action: Any) -> TodayItem:
    late = one.hand_in.due_on < timezone.localdate()
    acute = late or one.hand_in.urgency == "today" or bool(one.hand_in.threat)
    return TodayItem(
        title=title,
        why=_("%(sender)s: %(kind)s.") % {"sender": one.hand_in.desk_unit.name, "kind": one.hand_in.get_kind_display()},
        url=reverse("backoffice:received", args=[one.hand_in_id]),
        action=action,
        due_at=datetime.combine(one.hand_in.due_on, time(17), AMSTERDAM),
        tone="acute" if acute else "waiting",
        state=_("late") if late else one.hand_in.get_status_display(),
        icon="hand",
        owner=one.owner.name if one.owner else "",
        case_id=one.case_id,
    )


@case_panels.register(order=18)
def handed_in_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """What was handed in and came into this case, for who may read its kind of data; nothing when there is none."""
    found = Reception.objects.visible_to(user).filter(case=case).select_related("hand_in__desk_unit").order_by("-at")
    rows = [one for one in found if may_read(user, one.category, case.unit_id, case.pk)]
    if not rows:
        return None
    waits: list[tuple[datetime | None, Any, str]] = [
        (
            datetime.combine(one.hand_in.due_on, time(17), AMSTERDAM),
            _("Tell %(sender)s what came of it") % {"sender": one.hand_in.desk_unit.name},
            reverse("backoffice:received", args=[one.hand_in_id]),
        )
        for one in rows
        if one.hand_in.status == HandIn.Status.ACCEPTED
    ]
    return CasePanel("backoffice/handed_in_panel.html", {"rows": rows}, waits)


sentence("reception.became", "hand", gettext_lazy("%(who)s took on what was handed in."))
sentence("reception.given", "hand", gettext_lazy("%(who)s gave what was handed in to %(user)s."))
