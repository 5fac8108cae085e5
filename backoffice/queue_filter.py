"""Which requests of a queue someone wants to see: a view, narrowed by codes and ids. Nothing of a resident is ever in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import User

from .models import Desk, Kind, RequestQuerySet, SavedFilter, SecondOpinion, SpecialistRequest, Urgency

Status = SpecialistRequest.Status
VIEWS = {
    "open": _("Open"), "mine": _("Mine"), "asked": _("Asked of me"), "waits": _("Waits for the loket"), "stalled": _("Stalled"),
    "closed": _("Done"),
}  # fmt: skip
NOBODY = "nobody"
# What a filter says, as it stands in an address.
PARTS = ("filter", "kind", "urgency", "assigned", "wijk")


@dataclass(frozen=True)
class QueueFilter:
    """A view of the queue; `kind`, `urgency`, `assigned` (nobody, or the id of a colleague) and `wijk` (an id) narrow it."""

    view: str = "open"
    kind: str = ""
    urgency: str = ""
    assigned: str = ""
    wijk: str = ""
    saved: SavedFilter | None = None
    # One's own filters, for the row of links.
    others: tuple[SavedFilter, ...] = field(default=())

    @property
    def criteria(self) -> dict[str, str]:
        """As it is kept, and as it stands in an address."""
        parts = (self.view, self.kind, self.urgency, self.assigned, self.wijk)
        return {name: value for name, value in zip(PARTS, parts, strict=True) if value}

    @property
    def query(self) -> str:
        """Nothing for what anyone sees who asks for nothing."""
        begins_elsewhere = any(one.is_default for one in self.others)
        if self.criteria == {"filter": "open"} and not self.saved and not begins_elsewhere:
            return ""
        return urlencode({"saved": str(self.saved.pk)} if self.saved else self.criteria)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.urgency or self.assigned or self.wijk)


def read_filter(criteria: Mapping[str, Any]) -> QueueFilter:
    """The filter that these codes and ids say; what is no code and no id is left out."""
    view, kind, urgency, assigned, wijk = (str(criteria.get(name, "")) for name in PARTS)
    return QueueFilter(
        view=view if view in VIEWS else "open",
        kind=kind if kind in Kind.values else "",
        urgency=urgency if urgency in Urgency.values else "",
        assigned=NOBODY if assigned == NOBODY else _id(assigned),
        wijk=_id(wijk),
    )


def filter_for(desk: Desk, user: User, query: Mapping[str, Any]) -> QueueFilter:
    """The filter an address asks for; without one the person's own default. One query."""
    own = tuple(SavedFilter.objects.filter(owner=user, desk=desk))
    asked = str(query.get("saved", ""))
    if asked:
        saved = next((one for one in own if str(one.pk) == asked), None)
    elif not any(name in query for name in PARTS):
        saved = next((one for one in own if one.is_default), None)
    else:
        saved = None
    found = read_filter(saved.criteria if saved else query)
    return replace(found, saved=saved, others=own)


def under(found: RequestQuerySet, chosen: QueueFilter, user: User) -> RequestQuerySet:
    """Those of the requests that the filter lets through."""
    found = _in_view(found, chosen.view, user)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.urgency:
        found = found.filter(urgency=chosen.urgency)
    if chosen.assigned:
        found = found.filter(assigned_to=None) if chosen.assigned == NOBODY else found.filter(assigned_to=chosen.assigned)
    return found.filter(unit__wijk=chosen.wijk) if chosen.wijk else found


def _in_view(found: RequestQuerySet, view: str, user: User) -> RequestQuerySet:
    if view == "closed":
        return found.filter(status__in=[Status.ANSWERED, Status.CLOSED, Status.ESCALATED, Status.GROUND_ENDED])
    found = found.filter(status__in=SpecialistRequest.AT_DESK)
    if view == "mine":
        return found.filter(assigned_to=user)
    if view == "asked":
        asked = SecondOpinion.objects.filter(asked=user, answered_at=None)
        return found.filter(pk__in=asked.values("request"))
    if view == "waits":
        return found.filter(status=Status.ASKED_BACK)
    return found.stalled() if view == "stalled" else found


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
