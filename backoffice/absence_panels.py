"""What absence adds to Vandaag and the account page, and what it reads as in the timeline."""

from typing import Any

from django.db.models import F, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit
from luisterloket.people.permissions import LEADS
from luisterloket.platform.registries import NavigationItem, TodayItem, own_places, sentence, today

from .absence_page import in_names
from .models import Absence, StandInOf
from .presence import until_in_words


@own_places.register(order=10)
def absence(user: Any) -> list[NavigationItem]:
    """One place for each desk or team where one works."""
    units = Unit.objects.filter(pk__in=user.acting.units).order_by("name")
    label = gettext("Absence and stand-ins: %(unit)s")
    return [
        NavigationItem(label % {"unit": unit.name}, reverse("backoffice:absences", args=[unit.pk]), "calendar") for unit in units
    ]


@today.register(order=28)
def absences(user: Any) -> list[TodayItem]:
    """For who stands in now: for whom, and what waits in their name. For who leads: what lies still because its owner is away."""
    if not user.acting.units:
        return []
    now = timezone.now()
    found = Absence.objects.on(timezone.localdate(now)).filter(unit__in=user.acting.units).exclude(user=user)
    answers = StandInOf(F("user_id"), F("unit_id"), Value(now))
    led = {unit for permission in LEADS for unit in user.units_with(permission)}
    items = []
    mine = [
        one
        for one in found.select_related("user", "unit").annotate(answers_now=answers)
        if one.answers_now == user.pk or one.unit_id in led
    ]
    counted = {unit: in_names({one.user_id for one in mine if one.unit_id == unit}, unit) for unit in {one.unit_id for one in mine}}
    for one in mine:
        waiting = counted[one.unit_id][one.user_id]
        if not waiting:
            continue
        if one.answers_now == user.pk:
            items.append(_stands_in(one, waiting))
        else:
            items.append(_lies_still(one, waiting))
    return items


def _stands_in(one: Absence, waiting: int) -> TodayItem:
    return _item(one, gettext("You stand in for %(name)s") % {"name": one.user}, waiting, _("See what waits"))


def _lies_still(one: Absence, waiting: int) -> TodayItem:
    return _item(one, gettext("%(name)s is away, and work lies still") % {"name": one.user}, waiting, _("Divide it"))


def _item(one: Absence, title: str, waiting: int, action: Any) -> TodayItem:
    told = ngettext(
        "%(unit)s, %(until)s. %(n)d request in this name.", "%(unit)s, %(until)s. %(n)d requests in this name.", waiting
    )
    return TodayItem(
        title=title,
        why=told % {"unit": one.unit, "until": until_in_words(one.until), "n": waiting},
        url=reverse("backoffice:absences", args=[one.unit_id]),
        action=action,
        tone="waiting" if waiting else "neutral",
        state=_("Absent"),
        icon="people",
        owner=str(one.user),
    )


sentence("request.passed_on", "people", _("A colleague was away; the request went to %(user)s."))
