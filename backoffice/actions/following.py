"""What follows a change of the case: who goes on with its requests, and who is told what was put right."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from backoffice.models import RequestItem, SpecialistRequest, Stall
from casework.models import Case
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import corrected, moves_along

from .parts import say


@moves_along.register(order=20)
def requests_go_along(actor: Any, case: Case, before: Any, after: Any) -> None:
    """Who replies to the desk and tells the resident what came of it is the new owner of the case; so is the owner of a stall."""
    mine = SpecialistRequest.objects.filter(case=case, asked_by=before)
    moved = mine.open().update(asked_by=after)
    # Who asks whether it worked, some weeks later, is whoever then has the case.
    mine.to_check().update(asked_by=after)
    Stall.objects.filter(case=case, owner=before, owner_kind=Stall.Owner.ASKER, ended_at=None).update(owner=after)
    if moved:
        record(actor, "request.gone_along", case, user=str(after.pk), count=moved)


@corrected.register(order=10)
def tell_desks(actor: Any, case: UUID, kind: str, thing: UUID, was: str) -> int:
    """Each desk that got it learns that it was put right, and not what it is now: it asks the loket. How many were told."""
    went_along = RequestItem.objects.filter(case_id=case, kind=kind).select_related("request")
    # What went along has no id of the thing it was made from: it is known by its words of then.
    requests = {item.request_id: item for item in went_along if item.text == was or item.text.startswith(f"{was} (")}
    for item in requests.values():
        request = item.request
        if request.items_are_open:
            told = _("Something that went along was put right: %(what)s. Ask us what it is now.") % {"what": item.label}
            say(actor, request, told, from_desk=False)
        record(actor, "request.item_corrected", request)
        emit("request.item_corrected", request)
    return len(requests)
