"""What a desk says of itself: what it is for, and how much it takes."""

from typing import Any

from django.utils.translation import gettext as _

from backoffice import desk_permissions as permissions
from backoffice.models import Desk
from casework.domains import LifeDomain
from luisterloket.platform.commands import command
from luisterloket.platform.history import record

from .parts import RefusedAt, filled_in


@command
def describe_desk(
    *, actor: Any, desk: Desk, description: str, domains: list[str], specialisms: list[str], week_capacity: int | None = None,
    person_capacity: int | None = None,
) -> Desk:  # fmt: skip
    """What senders read of this desk: what it helps with, and whether it is busy. For who leads it.

    Being busy never keeps anything out: nothing that is asked of the city may vanish.
    """
    permissions.check_may_keep_desk(actor, desk)
    desk = Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    filled_in("description", description, _("Say in a few words what this desk is for."))
    if set(domains) - set(LifeDomain.values):
        raise RefusedAt("domains", _("Choose life domains from the list."), "domain")
    named = list(dict.fromkeys(one.strip() for one in specialisms if one.strip()))
    if any(len(one) > 60 for one in named):
        raise RefusedAt("specialisms", _("A specialism is 60 characters at most."), "long")
    desk.description, desk.specialisms = description.strip(), named
    # In the order of the list, so that the same choice is the same value.
    desk.domains = [one for one in LifeDomain.values if one in domains]
    desk.week_capacity, desk.person_capacity = week_capacity, person_capacity
    fields = ["description", "domains", "specialisms", "week_capacity", "person_capacity"]
    desk.save(update_fields=fields)
    record(
        actor, "desk.described", desk, domains=desk.domains, specialisms=len(named), week=week_capacity, person=person_capacity
    )  # fmt: skip
    return desk
