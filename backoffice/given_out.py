"""What went to desks, for who tells a resident what was shared with whom, and asks it back."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from casework.models import Case
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import GivenOut, given_out

from .models import RequestItem, SpecialistRequest

Status = SpecialistRequest.Status


@given_out.register(order=20)
def requests_given_out(user: Any, case: Case) -> list[GivenOut]:
    """Each request with the categories that went along. What was only ever open on a screen closes by itself; what the desk worked
    with until it answered is in its own papers.
    """
    if not user.has(Permission.ROUTE):
        return []
    found = list(SpecialistRequest.objects.asked_from(user).filter(case=case).select_related("desk_unit"))
    items: dict[UUID, list[RequestItem]] = defaultdict(list)
    for item in RequestItem.objects.filter(request__in=found).defer("text"):
        items[item.request_id].append(item)
    return [
        GivenOut(
            key=f"request:{one.pk}",
            at=one.sent_at,
            to=one.desk_unit.name,
            categories=frozenset(category for item in items[one.pk] for category in (item.category, *item.also)),
            subjects=frozenset(item.subject_id for item in items[one.pk]),
            url=one.get_absolute_url(),
            purpose=one.purpose_id,
            organisation_id=one.desk_unit.organisation_id,
            is_open=one.status in SpecialistRequest.OPEN,
            is_told=one.status == Status.GROUND_ENDED,
        )
        for one in found
        # Never opened and taken back: nobody there read it.
        if one.opened_at or one.taken_up_at or one.status in SpecialistRequest.OPEN
    ]
