"""What the convenant adds to the menu and the start page."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import NavigationItem, TodayItem, landing, navigation, today

from .models import UnusualLook
from .unusual import lines

SHOWN_AT_MOST = 50
# Our own choice: someone remembers after a week why they looked.
ANSWERED_WITHIN = timedelta(days=7)


@navigation.register(order=80)
def menu(user: Any) -> list[NavigationItem]:
    items = []
    if user.has(Permission.READ_LOG):
        if not user.has(Permission.LISTEN):
            # Who listens has it already.
            items.append(NavigationItem(_("Today"), reverse("today"), "sun"))
        items.append(NavigationItem(_("Access log"), reverse("access-log"), "eye"))
    if user.has(Permission.SEE_CONVENANT):
        items.append(NavigationItem(_("Convenant"), reverse("convenant"), "shield"))
    return items


@today.register(order=60)
def unusual_looks(user: Any) -> list[TodayItem]:
    """For who supervises: each look that is out of the ordinary and was not answered, but never their own."""
    if not user.has(Permission.READ_LOG):
        return []
    found = UnusualLook.objects.filter(status=UnusualLook.Status.OPEN).exclude(actor_id=user.pk).order_by("raised_at")
    return [
        TodayItem(
            title=line.one.get_kind_display(),
            url=reverse("unusual-look", args=[line.one.pk]),
            action=_("Look and ask"),
            why=f"{line.who}, {line.how_much}",
            due_at=line.one.raised_at + ANSWERED_WITHIN,
            tone="waiting",
            state=_("Out of the ordinary"),
            icon="eye",
            owner=user.name,
        )
        for line in lines(found[:SHOWN_AT_MOST])
    ]


@landing.register(order=80)
def start(user: Any) -> str | None:
    if user.has(Permission.READ_LOG):
        return reverse("access-log")
    return reverse("convenant") if user.has(Permission.SEE_CONVENANT) else None
