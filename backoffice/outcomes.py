"""Whether it worked, some weeks after the resident was told: on Vandaag of whoever asked, and in one line to answer."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import TodayItem, today

from .models import SpecialistRequest

# It stands on Vandaag from so long before the last day, so that there is a week to ask it in.
AHEAD = timedelta(days=7)


@today.register(order=26)
def to_ask_whether_it_worked(user: Any) -> list[TodayItem]:
    """For the loket: what was told some weeks ago, of who asked it or has the case now."""
    if not user.has(Permission.ROUTE):
        return []
    mine = SpecialistRequest.objects.asked_from(user).filter(Q(asked_by=user) | Q(case__owner=user)).to_check()
    due = mine.filter(due_at__lte=timezone.now() + AHEAD).select_related("desk_unit").order_by("due_at", "id")
    return [_item(one) for one in due.defer("question", "answer", "next_step")[:50]]


def _item(one: SpecialistRequest) -> TodayItem:
    told = date_format(timezone.localdate(one.closed_at), "j F") if one.closed_at else ""
    return TodayItem(
        title=gettext("Ask whether it worked"),
        why=gettext("On %(day)s you told the answer of %(desk)s: %(title)s")
        % {"day": told, "desk": one.desk_unit, "title": one.title},
        url=f"{one.get_absolute_url()}#worked",
        action=_("Did it work?"),
        due_at=one.due_at,
        tone="acute" if one.due_at and one.due_at < timezone.now() else "waiting",
        state=gettext("late") if one.due_at and one.due_at < timezone.now() else "",
        icon="clock",
        case_id=one.case_id,
    )
