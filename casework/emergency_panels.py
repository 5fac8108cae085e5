"""What emergencies add to every page of who has one open, to the menu, Vandaag and the timeline."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import Banner, NavigationItem, TodayItem, banners, navigation, sentence, today
from luisterloket.platform.templatetags.ui import hour
from luisterloket.wijken.calendar import AMSTERDAM

from .models import BreakGlass

Status = BreakGlass.Status
SHOWN_AT_MOST = 50

sentence("emergency.opened", "warning", gettext_lazy("%(who)s opened this in an emergency."))
sentence("emergency.ended", "lock", gettext_lazy("%(who)s ended what was opened in an emergency."))
sentence("emergency.rightful", "check", gettext_lazy("%(who)s judged that the emergency was rightful."))
sentence("emergency.not_rightful", "warning", gettext_lazy("%(who)s judged that the emergency was not rightful."))


@banners.register(order=10)
def open_now(user: Any) -> list[Banner]:
    """What this person has open, and for how long still. It came along with the person: no query of its own."""
    return [
        Banner(
            text=_("You opened a file in an emergency. It is open until %(until)s, %(left)s.") % _until(one["until"]),
            url=reverse("casework:emergency-open", args=[one["id"]]),
            link=_("See it"),
            act_url=reverse("casework:emergency-end", args=[one["id"]]),
            act=_("End it now"),
        )
        for one in user.emergencies
    ]


def _until(text: str) -> dict[str, str]:
    until = datetime.fromisoformat(text)
    minutes = max(1, round((until - timezone.now()).total_seconds() / 60))
    hours = round(minutes / 60)
    left = (
        ngettext("another hour", "another %(n)s hours", hours) % {"n": hours}
        if minutes > 90
        else ngettext("another minute", "another %(n)s minutes", minutes) % {"n": minutes}
    )
    return {"until": hour(until), "left": left}


@navigation.register(order=79)
def reviews(user: Any) -> list[NavigationItem]:
    """For who supervises: what waits for them, and what was opened in emergencies."""
    if not user.has(Permission.READ_LOG):
        return []
    return [NavigationItem(gettext_lazy("Emergencies"), reverse("casework:emergency-reviews"), "warning")]


@today.register(order=5)
def to_review(user: Any) -> list[TodayItem]:
    """At once, until it is decided: to the privacy officer, and to the coordinator and the owner until they gave their word."""
    if not (user.has(Permission.READ_LOG) or user.has(Permission.LISTEN)):
        return []
    judges = user.has(Permission.READ_LOG)
    found = BreakGlass.objects.reviewed_by(user).to_judge()
    if not judges:
        found = found.exclude(words__by=user, status=Status.TO_REVIEW)
    late_from = timezone.localdate()
    return [
        TodayItem(
            title=_("Nothing was found in an emergency") if one.found_nothing else _("A file was opened in an emergency"),
            url=reverse("casework:emergency-review", args=[one.pk]),
            action=_("Judge it") if judges else _("Give your word"),
            why=_("By %(who)s of %(unit)s.") % {"who": one.who.name, "unit": one.who_unit.name},
            due_at=datetime.combine(one.review_by, time(23, 59), AMSTERDAM),
            tone="acute" if one.is_open or one.review_by < late_from else "waiting",
            state=_("open now") if one.is_open else one.get_status_display(),
            icon="warning",
            case_id=None if judges else one.case_id,
        )
        for one in found.select_related("who", "who_unit").defer("reason", "sought").order_by("review_by")[:SHOWN_AT_MOST]
    ]


@today.register(order=6)
def to_account_for(user: Any) -> list[TodayItem]:
    """To who opened it, when the privacy officer needs to know more."""
    if not user.has(Permission.BREAK_GLASS):
        return []
    found = BreakGlass.objects.filter(who=user, status=Status.MORE_NEEDED).defer("reason", "sought").order_by("review_by")
    return [
        TodayItem(
            title=_("The privacy officer asks you about an emergency"),
            url=reverse("casework:emergency-open", args=[one.pk]),
            action=_("Answer"),
            due_at=datetime.combine(one.review_by, time(23, 59), AMSTERDAM),
            tone="waiting",
            state=one.get_status_display(),
            icon="warning",
        )
        for one in found[:SHOWN_AT_MOST]
    ]
