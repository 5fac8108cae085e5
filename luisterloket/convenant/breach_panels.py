"""What the breach register adds to the menu and to Vandaag of who handles it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.permissions import may
from luisterloket.platform.registries import NavigationItem, TodayItem, navigation, today

from .models import Breach
from .permissions import check_may_handle_breaches


@navigation.register(order=81)
def menu(user: Any) -> list[NavigationItem]:
    if not may(check_may_handle_breaches, user):
        return []
    return [NavigationItem(gettext_lazy("Data breaches"), reverse("breaches"), "warning")]


@today.register(order=60)
def breaches_that_wait(user: Any) -> list[TodayItem]:
    """As long as it was not decided whether the authority is told; the clock shows how long there is."""
    if not may(check_may_handle_breaches, user):
        return []
    return [
        TodayItem(
            title=_("Data breach %(number)s") % {"number": one.number},
            url=reverse("breach", args=[one.pk]),
            action=_("Judge it"),
            why=_("Decide within 72 hours of the discovery whether the authority is told."),
            due_at=one.due_at,
            tone="acute",
            state=_("Data breach"),
            icon="warning",
        )
        for one in Breach.objects.clock_runs().defer("what").order_by("discovered_at")
    ]
