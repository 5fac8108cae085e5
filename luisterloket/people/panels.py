"""What accounts and the yearly review add to the menu, the start page and Vandaag."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luisterloket.platform import jobs
from luisterloket.platform.registries import Banner, NavigationItem, TodayItem, banners, landing, navigation, today

from . import permissions, reviewing
from .models import AccessReview, Proposal
from .roles import Permission

# Whose work comes to them on Vandaag. Who answers at a desk or decides on money begins at their own list.
BEGIN_AT_VANDAAG = (
    Permission.LISTEN,
    Permission.HANDLE_RIGHTS,
    Permission.READ_LOG,
    Permission.MANAGE_ACCOUNTS,
    Permission.SUPERVISE_ACCESS,
    Permission.CONFIGURE_CONVENANT,
)


@navigation.register(order=5)
def vandaag(user: Any) -> list[NavigationItem]:
    if not any(user.has(permission) for permission in BEGIN_AT_VANDAAG):
        return []
    return [NavigationItem(gettext_lazy("Today"), reverse("today"), "sun")]


@navigation.register(order=70)
def menu(user: Any) -> list[NavigationItem]:
    """Few places: what needs two and the yearly review are reached from these."""
    keeps, supervises = user.has(Permission.MANAGE_ACCOUNTS), user.has(Permission.SUPERVISE_ACCESS)
    items = []
    if keeps:
        items.append(NavigationItem(gettext_lazy("Accounts"), reverse("accounts"), "person"))
        items.append(NavigationItem(gettext_lazy("Teams"), reverse("units"), "building"))
        items.append(NavigationItem(gettext_lazy("Jobs"), reverse("jobs"), "clock"))
    if supervises:
        items.append(NavigationItem(gettext_lazy("Access"), reverse("account-changes"), "key"))
    return items


@landing.register(order=70)
def start(user: Any) -> str | None:
    return reverse("accounts") if user.has(Permission.MANAGE_ACCOUNTS) else None


@banners.register(order=20)
def jobs_that_stand_still(user: Any) -> list[Banner]:
    """For who keeps the house, on every page, for as long as a job does not run in its time."""
    if not user.has(Permission.MANAGE_ACCOUNTS):
        return []
    count = len(jobs.wrong())
    if not count:
        return []
    text = ngettext(
        "%(n)d background job does not run as it should.", "%(n)d background jobs do not run as they should.", count
    ) % {"n": count}
    return [Banner(text=text, url=reverse("jobs"), link=_("See which"), name=_("Background jobs"))]


@today.register(order=70)
def proposals_to_answer(user: Any) -> list[TodayItem]:
    if not permissions.may(permissions.check_may_see_proposals, user):
        return []
    waiting = Proposal.objects.filter(status=Proposal.Status.PROPOSED).exclude(proposed_by=user).exclude(user=user)
    return [
        TodayItem(
            title=_("A role that nobody gives alone was proposed"),
            url=reverse("proposals"),
            action=_("Look and answer"),
            why=_("%(who)s proposes to appoint %(whom)s.") % {"who": one.proposed_by.name, "whom": one.user.name},
            tone="waiting",
            state=_("Proposal"),
            icon="people",
        )
        for one in waiting.select_related("proposed_by", "user")
    ]


@today.register(order=71)
def reviews_to_do(user: Any) -> list[TodayItem]:
    """For who decides on it; what is late also for who supervises."""
    if not permissions.may(permissions.check_may_see_reviews, user):
        return []
    rounds = reviewing.open_for(user)
    mine = {review.pk: count for review, count in reviewing.waits_for(user, rounds)}
    supervises = user.has(Permission.SUPERVISE_ACCESS)
    return [_item(review, review.pk in mine) for review in rounds if review.pk in mine or (supervises and review.is_late)]


def _item(review: AccessReview, mine: bool) -> TodayItem:
    return TodayItem(
        title=_("Who still needs access: %(unit)s") % {"unit": review.unit.name},
        url=reverse("review", args=[review.pk]),
        action=_("Look and confirm") if mine else _("Look"),
        why=_("Once a year someone looks whether each appointment is still right.") if mine else _("It was not done in time."),
        due_at=datetime.combine(review.due_on, time(23, 59), timezone.get_default_timezone()),
        tone="waiting",
        state=_("Yearly review"),
        icon="clipboard",
    )
