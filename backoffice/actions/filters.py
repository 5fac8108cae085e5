"""How someone likes to see a queue, kept under a name of their own."""

from typing import Any

from django.utils.translation import gettext as _

from backoffice import permissions
from backoffice.models import Desk, SavedFilter
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record

from .parts import RefusedAt, filled_in

# More of these is a list that nobody reads.
AT_MOST = 20


@command
def save_filter(*, actor: Any, desk: Desk, name: str, criteria: dict[str, str], is_default: bool = False) -> SavedFilter:
    """Keep a filter under a name; one of the same name is replaced. For who sees the queue, and only ever for themself."""
    permissions.check_may_see_queue(actor, desk)
    filled_in("name", name, _("Give your filter a name."))
    own = SavedFilter.objects.filter(owner=actor, desk=desk)
    found = own.filter(name=name.strip()).first()
    if found is None and own.count() >= AT_MOST:
        raise RefusedAt("name", _("You have %(n)d filters already. Remove one first.") % {"n": AT_MOST}, "too_many")
    if is_default:
        own.filter(is_default=True).update(is_default=False)
    if found is None:
        found = SavedFilter(owner=actor, desk=desk, name=name.strip(), criteria=criteria, is_default=is_default).put()
    else:
        found.criteria, found.is_default = criteria, is_default
        found.save(update_fields=["criteria", "is_default"])
    record(actor, "queue_filter.saved", found)
    return found


@command
def choose_filter(*, actor: Any, chosen: SavedFilter, is_default: bool) -> SavedFilter:
    """Begin with this one each time, or not any more."""
    found = _own(actor, chosen)
    SavedFilter.objects.filter(owner=actor, desk_id=found.desk_id, is_default=True).update(is_default=False)
    found.is_default = is_default
    found.save(update_fields=["is_default"])
    record(actor, "queue_filter.chosen", found)
    return found


@command
def remove_filter(*, actor: Any, chosen: SavedFilter) -> Desk:
    """It is gone; the requests it showed are not."""
    found = _own(actor, chosen)
    record(actor, "queue_filter.removed", found)
    desk = found.desk
    found.delete()
    return desk


def _own(actor: Any, chosen: SavedFilter) -> SavedFilter:
    found = SavedFilter.objects.select_for_update(of=("self",)).select_related("desk").filter(pk=chosen.pk).first()
    if found is None:
        raise Refused(_("This filter is not there any more."), code="gone")
    if found.owner_id != actor.pk:
        raise NotAllowed(_("Only who made this filter may do this."))
    return found
