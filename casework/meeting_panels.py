"""What appointments add to the case page, Vandaag and the timeline."""

from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import CasePanel, TodayItem, case_panels, sentence, today
from luisterloket.platform.templatetags.ui import when

from .models import Case, Meeting
from .permissions import may_read

SHOWN, AT_MOST = 3, 20

sentence("meeting.planned", "calendar", gettext_lazy("%(who)s made an appointment."))
sentence("meeting.changed", "calendar", gettext_lazy("%(who)s changed an appointment."))
sentence("meeting.held", "check", gettext_lazy("%(who)s noted that an appointment took place."))
sentence("meeting.called_off", "minus", gettext_lazy("%(who)s called an appointment off."))
sentence("meeting.nobody", "minus", gettext_lazy("%(who)s noted that nobody was there for an appointment."))


@case_panels.register(order=11)
def appointments(user: Any, case: Case) -> CasePanel | None:
    """What is to come, and what still asks how it went."""
    if not may_read(user, Meeting.CATEGORY, case.unit_id, case.pk):
        return None
    found = list(Meeting.objects.to_come().filter(case=case).select_related("who")[:SHOWN])
    url = reverse("casework:case-meetings", args=[case.pk])
    waits: list[tuple[datetime | None, Any, str]] = [(one.starts_at, _what(one), url) for one in found]
    return CasePanel("casework/meetings_panel.html", {"case": case, "meetings": found}, waits)


@today.register(order=18)
def my_appointments(user: Any) -> list[TodayItem]:
    """Today's and tomorrow's, and those that passed without a word about how they went. For who goes, and who goes along."""
    if not user.has(Permission.LISTEN):
        return []
    until = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time.max))
    found = (
        Meeting.objects.to_come().with_user(user).filter(starts_at__lte=until, case__in=Case.objects.visible_to(user).values("pk"))
    )
    return [
        TodayItem(
            title=_("How did it go: %(what)s?") % {"what": _what(one)} if one.is_over else _what(one),
            url=reverse("casework:case-meetings", args=[one.case_id]),
            action=_("Say how it went") if one.is_over else _("Look at it"),
            why=_("%(when)s. %(people)s") % {"when": when(one.starts_at), "people": _people(one)},
            # When one is expected; from then on until when it lasts.
            due_at=one.starts_at if one.starts_at > timezone.now() else one.ends_at,
            tone="waiting" if one.is_over else "neutral",
            state=_("Appointment"),
            icon="calendar",
            owner=one.who.name,
            case_id=one.case_id,
        )
        for one in found.select_related("who", "along").defer("place", "purpose", "alone_because")[:AT_MOST]
    ]


def _what(one: Meeting) -> str:
    return _("Appointment: %(kind)s") % {"kind": str(one.get_kind_display()).lower()}


def _people(one: Meeting) -> str:
    return f"{one.who.name} + {one.along.name}" if one.along else one.who.name
