"""What the convenant adds to the menu, the start page, and the Vandaag of who keeps it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import NavigationItem, TodayItem, landing, navigation, today

from . import review
from .models import ConvenantParty, ConvenantVersion, UnusualLook
from .unusual import lines

SHOWN_AT_MOST = 50
# Our own choice: someone remembers after a week why they looked.
ANSWERED_WITHIN = timedelta(days=7)


@navigation.register(order=80)
def menu(user: Any) -> list[NavigationItem]:
    items = []
    if user.has(Permission.READ_LOG):
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
        return reverse("today")
    return reverse("convenant") if user.has(Permission.SEE_CONVENANT) else None


@today.register(order=80)
def to_keep(user: Any) -> list[TodayItem]:
    """For who keeps the convenant: a review that comes near, or that there is none in force, and what waits for signatures."""
    if not user.has(Permission.CONFIGURE_CONVENANT):
        return []
    present = ConvenantVersion.in_force()
    return [*_review(user, present), *_waits_for_signatures(user)]


def _review(user: Any, present: ConvenantVersion | None) -> list[TodayItem]:
    if present is None:
        why = _("Without a signed convenant nothing is shared with anyone.")
        return [_item(user, _("No convenant is in force"), "convenant-versions", (), _("Look at the versions"), why, "acute")]
    if not review.comes_near(present):
        return []
    overdue = present.review_is_overdue
    why = (
        _("The day of review has passed. Nothing new is shared until a version with a later day is in force.")
        if overdue
        else _("After this day nothing new is shared until a version with a later day is in force.")
    )
    item = (_("Review the convenant"), "convenant-version", (present.pk,), _("Look, and make a new version"), why)
    return [_item(user, *item, "acute" if overdue else "waiting", present.review_on)]


def _waits_for_signatures(user: Any) -> list[TodayItem]:
    found = []
    for version in ConvenantVersion.objects.filter(status=ConvenantVersion.Status.OFFERED).order_by("number"):
        waiting = version.parties.filter(kind=ConvenantParty.Kind.CORE, signed_on=None).order_by("organisation__name")
        names = ", ".join(waiting.values_list("organisation__name", flat=True))
        why = _("Not signed yet by: %(names)s.") % {"names": names}
        found.append(
            _item(
                user, _("Signatures under the convenant"), "convenant-version", (version.pk,), _("Note who signed"), why, "waiting"
            )
        )
    return found


def _item(
    user: Any, title: Any, name: str, args: tuple[Any, ...], action: Any, why: Any, tone: str, day: date | None = None
) -> TodayItem:
    due = timezone.make_aware(datetime.combine(day, time.max)) if day else None
    return TodayItem(
        title=title, url=reverse(name, args=args), action=action, why=why, due_at=due, tone=tone, state=_("Convenant"),
        icon="shield", owner=user.name,
    )  # fmt: skip
