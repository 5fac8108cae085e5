"""Whether it worked, some weeks after the resident was told: on Vandaag of whoever asked, and in one line to answer."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import TodayItem, today

from .models import Clock, SpecialistRequest

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


@dataclass(frozen=True)
class OneLine:
    """What can be saved about a request from the page of its case, with a choice or two and one press."""

    opens: str
    url: str
    # (name, what it asks, what can be chosen), as the form of the request itself asks it.
    fields: list[tuple[str, Any, list[tuple[str, Any]]]]
    key: UUID = field(default_factory=uuid4)


def in_one_line(one: SpecialistRequest) -> OneLine | None:
    """That the resident was told, or whether it worked; None when neither waits."""
    if one.status == SpecialistRequest.Status.ANSWERED:
        told = ("told_how", _("Told how?"), SpecialistRequest.ToldHow.choices)
        helps = ("outcome", _("Does it help?"), SpecialistRequest.Outcome.choices)
        return OneLine(gettext("Told? Save it here"), reverse("backoffice:request-tell", args=[one.pk]), [told, helps])
    if one.clock == Clock.OUTCOME:
        worked = ("worked", _("Did it work?"), SpecialistRequest.Worked.choices)
        return OneLine(gettext("Did it work? Save it here"), reverse("backoffice:request-check-outcome", args=[one.pk]), [worked])
    return None


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
