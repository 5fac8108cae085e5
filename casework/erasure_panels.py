"""What erasing adds to the menu, Vandaag, the timeline and the page of a case: what waits, what comes, and what is held."""

from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import CasePanel, NavigationItem, TodayItem, case_panels, navigation, sentence, today
from luisterloket.wijken.calendar import AMSTERDAM

from .erasures import coming_for, holds_for, waits_for
from .models import Case, ErasureBatch, LegalHold

SHOWN_AT_MOST = 20

sentence("hold.set", "lock", gettext_lazy("%(who)s decided that nothing of it may be erased for now."))
sentence("hold.reviewed", "lock", gettext_lazy("%(who)s looked again whether it must be kept."))
sentence("hold.lifted", "unlock", gettext_lazy("%(who)s decided that it need not be kept any more."))
sentence("erasure.struck", "minus", gettext_lazy("%(who)s left it out of what is erased."))
sentence("erasure.case_called_back", "undo", gettext_lazy("%(who)s called back what was going to be erased."))
sentence("erasure.erased", "trash", gettext_lazy("Data were erased: their term had passed."))


@navigation.register(order=75)
def erasing_in_the_menu(user: Any) -> list[NavigationItem]:
    """For who handles rights and who supervises; a coordinator finds what waits on Vandaag."""
    if user.has(Permission.HANDLE_RIGHTS) or user.has(Permission.READ_LOG):
        return [NavigationItem(gettext_lazy("Erasing"), reverse("casework:erasures"), "trash")]
    return []


@today.register(order=60)
def to_decide(user: Any) -> list[TodayItem]:
    """For the two who must agree, until they did."""
    if not (user.has(Permission.DIVIDE_WORK) or user.has(Permission.HANDLE_RIGHTS)):
        return []
    found = ErasureBatch.objects.visible_to(user).filter(status=ErasureBatch.Status.PROPOSED)
    waiting = found.filter(Q(handler=None) | Q(coordinator=None)).exclude(Q(handler=user) | Q(coordinator=user))
    return [
        TodayItem(
            title=_("Decide on what is erased"),
            url=one.get_absolute_url(),
            action=_("Look at it"),
            why=_("The term has passed. Two people must agree.") if one.why == one.Why.TERM else _("A resident asked for it."),
            due_at=_end_of(one.due_on) if one.due_on else None,
            tone="waiting" if one.due_on else "neutral",
            icon="trash",
        )
        for one in waiting.order_by("proposed_at")[:SHOWN_AT_MOST]
        if waits_for(user, one)
    ]


@today.register(order=61)
def holds_to_look_at(user: Any) -> list[TodayItem]:
    """A hold whose day has come: whether it is still needed."""
    if not (user.has(Permission.DIVIDE_WORK) or user.has(Permission.HANDLE_RIGHTS)):
        return []
    due = [one for one in holds_for(user) if one.review_on <= timezone.localdate()]
    if not due:
        return []
    return [
        TodayItem(
            title=_("Look whether it must still be kept"),
            url=reverse("casework:holds"),
            action=_("Look again"),
            why=_("Nothing of it is erased as long as this holds."),
            due_at=_end_of(due[0].review_on),
            icon="lock",
        )
    ]


@case_panels.register(order=95)
def erasing_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """That something of it will be erased, or must be kept. Nothing as long as there is neither."""
    held = list(LegalHold.objects.in_force().filter(case=case).select_related("set_by"))
    coming = coming_for(case.pk)
    if case.status != Case.Status.ENDED and not held and coming is None:
        return None
    waits: list[tuple[datetime | None, Any, str]] = []
    if coming is not None and not held:
        waits = [
            (
                _end_of(coming.on) if coming.on else None,
                _("Data of this case will be erased"),
                reverse("casework:case-holds", args=[case.pk]),
            )
        ]
    return CasePanel("casework/erasure_panel.html", {"case": case, "holds": held, "coming": coming}, waits)


def _end_of(day: Any) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=AMSTERDAM)
