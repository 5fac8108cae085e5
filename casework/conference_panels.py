"""What overleggen add to the menu, the start page, the case page, Vandaag and the timeline. Nothing of what is said there."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from luisterloket.platform.templatetags.ui import when, when_amid
from luisterloket.wijken.calendar import AMSTERDAM

from .conference_page import agreements_to_keep
from .models import Case, CaseConference, ConferenceParticipant, ConferenceRecord
from .permissions import works_on

Status = CaseConference.Status
SHOWN = 3
# How long before its day an agreement is told of.
AHEAD = 1

# That there was an overleg; of which kind and about what is read at its table only.
sentence("conference.planned", "people", gettext_lazy("%(who)s planned an overleg."))
sentence("conference.changed", "people", gettext_lazy("%(who)s changed an overleg."))
sentence("conference.held", "check", gettext_lazy("%(who)s noted that an overleg took place."))
sentence("conference.called_off", "minus", gettext_lazy("%(who)s called an overleg off."))


def _only_comes(user: Any) -> bool:
    """Someone whose only work here is to come to a table."""
    return any(post.role.code == "participant" for post in user.posts)


@navigation.register(order=35)
def overleggen(user: Any) -> list[NavigationItem]:
    """For who comes from elsewhere; who works in a wijk finds theirs in the case and on Vandaag."""
    if user.has(Permission.LISTEN) or not user.posts:
        return []
    if not _only_comes(user) and not ConferenceParticipant.objects.seated().filter(user=user).exists():
        return []
    today_too = [NavigationItem(gettext_lazy("Today"), reverse("today"), "sun")] if _only_comes(user) else []
    return [*today_too, NavigationItem(gettext_lazy("Overleggen"), reverse("casework:conferences"), "people")]


@landing.register(order=60)
def start(user: Any) -> str | None:
    return reverse("casework:conferences") if _only_comes(user) else None


@case_panels.register(order=14)
def conferences_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """When the next one is, for who works on the case."""
    if not works_on(user, case):
        return None
    found = list(CaseConference.objects.planned().filter(case=case).select_related("chair").defer("place", "resident_why")[:SHOWN])
    url = reverse("casework:case-conferences", args=[case.pk])
    waits: list[tuple[datetime | None, Any, str]] = [(one.starts_at, _("Overleg"), url) for one in found]
    return CasePanel("casework/conference_panel.html", {"case": case, "to_come": found}, waits)


@today.register(order=17)
def my_overleggen(user: Any) -> list[TodayItem]:
    """Today's and tomorrow's, for everyone at the table; and for the chair those of which it is not known yet how they went."""
    until = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time.max))
    now = timezone.now()
    found = CaseConference.objects.visible_to(user).planned().filter(starts_at__lte=until)
    found = found.filter(Q(chair=user) | Q(starts_at__gte=now - timedelta(hours=8))).select_related("chair")
    rows = list(found.defer("place", "resident_why")[:20])
    cases = _own_cases(user, rows)
    return [
        TodayItem(
            title=_("How did the overleg go?") if one.ends_at < now else _("Overleg"),
            url=reverse("casework:conference", args=[one.pk]),
            action=_("Say how it went") if one.ends_at < now and one.chair_id == user.pk else _("Look at it"),
            why=_("%(when)s. In the chair: %(who)s.") % {"when": when(one.starts_at), "who": one.chair.name},
            # When one comes; from then on until when it lasts.
            due_at=one.starts_at if one.starts_at > now else one.ends_at,
            tone="waiting" if one.ends_at < now else "neutral",
            state=_("Overleg"),
            icon="people",
            owner=one.chair.name,
            case_id=cases.get(one.case_id),
        )
        for one in rows
    ]


@today.register(order=19)
def my_agreements(user: Any) -> list[TodayItem]:
    """What this person promised at a table, from the day before it is due; also for who comes from elsewhere."""
    found = agreements_to_keep(user, days=AHEAD)
    cases = _own_cases(user, found)
    return [
        TodayItem(
            # What it was is read at its table, where each look is kept.
            title=_("What you agreed at an overleg"),
            url=reverse("casework:conference", args=[one.conference_id]) + "#agreements",
            action=_("Say that it is done"),
            why=_("You agreed to this at the overleg of %(day)s.")
            % {"day": when_amid(timezone.localdate(one.conference.starts_at))},
            due_at=datetime.combine(one.due_on, time(23, 59), AMSTERDAM),
            tone="waiting",
            state=_("Agreement"),
            icon="check",
            owner=user.name,
            case_id=cases.get(one.case_id),
        )
        for one in found
    ]


@today.register(order=24)
def records_to_write(user: Any) -> list[TodayItem]:
    """For who keeps the record of an overleg that was held, until it is written."""
    found = CaseConference.objects.visible_to(user).filter(status=Status.HELD, minute_taker=user)
    rows = list(found.exclude(pk__in=ConferenceRecord.objects.values("conference_id")).defer("place", "resident_why")[:20])
    seats = ConferenceParticipant.objects.seated().filter(user=user, came=True, conference__in=[one.pk for one in rows])
    there = set(seats.values_list("conference_id", flat=True)) if rows else set()
    cases = _own_cases(user, rows)
    return [
        TodayItem(
            title=_("The record of an overleg waits"),
            url=reverse("casework:conference-record", args=[one.pk]),
            action=_("Write the record"),
            why=_("It was held %(when)s.") % {"when": when_amid(one.starts_at)},
            due_at=one.ends_at + timedelta(days=2),
            state=_("Record"),
            icon="page",
            owner=user.name,
            case_id=cases.get(one.case_id),
        )
        for one in rows
        if one.pk in there
    ]


def _own_cases(user: Any, rows: list[Any]) -> dict[UUID, UUID]:
    """The cases among these that this person may open: only of those Vandaag tells the name."""
    if not rows:
        return {}
    found = Case.objects.visible_to(user).filter(pk__in=[one.case_id for one in rows]).values_list("pk", flat=True)
    return {pk: pk for pk in found}
