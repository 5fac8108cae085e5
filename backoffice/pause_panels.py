"""What a pause of collection adds to the money of a case, to Vandaag and to the timeline."""

from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Case
from casework.money import ending_soon
from casework.permissions import may_read
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import MoneyNote, TodayItem, money_notes, sentence, today
from luisterloket.platform.templatetags.ui import when
from luisterloket.wijken.calendar import AMSTERDAM

from .models import CollectionPause, SpecialistRequest

Status = SpecialistRequest.Status
SHOWN_AT_MOST = 50


@money_notes.register(order=20)
def pauses_of_the_case(user: Any, case: Case) -> list[MoneyNote]:
    """Until when a desk waits with collecting, what was asked and not answered, and what is over; the newest first."""
    if not user.has(Permission.ROUTE):
        return []
    asked = SpecialistRequest.objects.asked_from(user).filter(case=case).exclude(status__in=[Status.WITHDRAWN, Status.GROUND_ENDED])
    found = CollectionPause.objects.filter(request__in=asked.values("pk")).select_related("desk_unit", "request")
    found = found.defer("request__question", "request__answer", "request__next_step", "request__title")
    return [_note(one) for one in found.order_by("-request__sent_at")[:SHOWN_AT_MOST]]


def _note(one: CollectionPause) -> MoneyNote:
    url, told = one.request.get_absolute_url(), {"desk": one.desk_unit.name}
    if one.paused_until is None and one.request.status in SpecialistRequest.AT_DESK:
        text = _("%(desk)s was asked to wait with collecting until %(day)s") % {**told, "day": when(one.asked_until)}
        return MoneyNote(text, url, "waiting", "clock")
    if one.paused_until is None:
        return MoneyNote(_("%(desk)s does not wait with collecting") % told, url, "neutral", "close")
    told["day"] = when(one.paused_until)
    if one.is_over:
        return MoneyNote(_("%(desk)s waited with collecting until %(day)s; that is over") % told, url, "neutral", "stop")
    soon = one.paused_until <= ending_soon()
    text = _("%(desk)s waits with collecting until %(day)s") % told
    return MoneyNote(text, url, "waiting" if soon else "done", "pause", _end_of(one) if soon else None)


def _end_of(one: CollectionPause) -> datetime:
    return datetime.combine(one.paused_until or one.asked_until, time(23, 59), AMSTERDAM)


@today.register(order=23)
def pauses_that_end(user: Any) -> list[TodayItem]:
    """For the owner: a desk that begins to collect again within a week, one line per case."""
    if not user.has(Permission.ROUTE):
        return []
    asked = SpecialistRequest.objects.asked_from(user).filter(case__owner=user)
    found = CollectionPause.objects.running().filter(request__in=asked.values("pk"), paused_until__lte=ending_soon())
    found = found.select_related("desk_unit", "request", "case")
    found = found.defer("request__question", "request__answer", "request__next_step", "request__title")
    first: dict[Any, CollectionPause] = {}
    for one in found.order_by("paused_until", "pk")[:SHOWN_AT_MOST]:
        first.setdefault(one.case_id, one)
    return [
        TodayItem(
            title=_("a pause of collection ends"),
            url=one.request.get_absolute_url(),
            action=_("Look at it"),
            why=_("%(desk)s waits until %(day)s. Ask for a longer pause, or agree what comes next.")
            % {"desk": one.desk_unit.name, "day": when(one.paused_until)},
            due_at=_end_of(one),
            tone="waiting",
            state=_("Pause ends"),
            icon="pause",
            owner=user.name,
            case_id=case,
        )
        for case, one in first.items()
        if may_read(user, "finances", one.unit_id, case)
    ]


sentence("pause.asked", "pause", gettext_lazy("%(who)s asked a desk to wait with collecting."))
sentence("pause.granted", "pause", gettext_lazy("%(who)s lets collecting wait."))
sentence("pause.ends", "clock", gettext_lazy("A pause of collection comes to its end."))
