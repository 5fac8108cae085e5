"""What the steps of the meldcode add to the case page and Vandaag: only for who may read about safety, and in neutral words.

They have no sentence in the timeline: that is read by people without this category. The page of the steps says who did what.
"""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import CasePanel, TodayItem, case_panels, today
from luisterloket.wijken.calendar import AMSTERDAM

from .models import Case, Involvement, MeldcodeTrack, next_step
from .permissions import may_read
from .signs import SAFETY

SHOWN_AT_MOST = 50


@case_panels.register(order=12)
def safety_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """Which step waits, on whom and until when; without steps only the way to them."""
    if not may_read(user, SAFETY, case.unit_id, case.pk):
        return None
    tracks = list(MeldcodeTrack.objects.filter(case=case).defer("why").select_related("owner").prefetch_related("steps"))
    current = next((track for track in tracks if track.unfinished), None)
    url = reverse("casework:case-meldcode", args=[case.pk])
    context = {"case": case, "track": current, "next": _what(current) if current else "", "ended": len(tracks) - bool(current)}
    waits: list[tuple[datetime | None, Any, str]] = []
    if current:
        waits = [(_end_of(current.due_on), _("Safety: %(what)s") % {"what": _what(current)}, url)]
    return CasePanel("casework/meldcode_panel.html", context, waits)


@today.register(order=13)
def steps_that_wait(user: Any) -> list[TodayItem]:
    """A step whose day has come, for its owner; when the owner has no part in the case any more, for that of the case."""
    if not user.has(Permission.LISTEN):
        return []
    part = Involvement.objects.in_force().filter(case=OuterRef("case"), user=OuterRef("owner"))
    mine = Q(owner=user) | (Q(case__owner=user) & ~Exists(part))
    found = MeldcodeTrack.objects.unfinished().filter(mine, case__in=Case.objects.visible_to(user).values("pk"))
    found = found.filter(due_on__lte=timezone.localdate()).defer("why").select_related("owner").prefetch_related("steps")
    tracks = list(found.order_by("due_on")[:SHOWN_AT_MOST])
    reads = {unit: may_read(user, SAFETY, unit) for unit in {track.unit_id for track in tracks}}
    return [
        TodayItem(
            title=_what(track),
            url=reverse("casework:case-meldcode", args=[track.case_id]),
            action=_("Look at it"),
            why=_("Write down what was done, or by when it will be."),
            due_at=_end_of(track.due_on),
            tone="waiting",
            state=_("Safety"),
            icon="shield",
            owner=track.owner.name,
            case_id=track.case_id,
        )
        for track in tracks
        if reads[track.unit_id]
    ]


def _what(track: MeldcodeTrack) -> str:
    """What waits, in words that tell nothing of anyone."""
    if track.status == MeldcodeTrack.Status.TO_BEGIN:
        return _("the steps wait to begin")
    number = next_step(track.steps.all())
    return _("step %(number)s waits") % {"number": number} if number else _("the steps can be closed")


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), AMSTERDAM)
