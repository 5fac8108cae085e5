"""What a system of a desk reads: the list of its requests, and one as its page shows it. Each look is kept, as on the pages."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404

from backoffice import request_page
from backoffice.models import RequestItem, SpecialistRequest
from luisterloket.connections.api.paging import page_of
from luisterloket.convenant.disclosure import Ground, Scope, log_look
from luisterloket.people.models import User

Status = SpecialistRequest.Status


def requests_of(user: User, asked: Mapping[str, Any]) -> tuple[list[SpecialistRequest], str]:
    """A page of the requests at this system's desk, oldest first, and where the next begins. No name is in it, but its titles are
    words about people: that they were read is kept, in one entry for each desk.
    """
    found = SpecialistRequest.objects.at_desks_of(user).select_related("unit", "desk_unit__desk", "asked_by")
    filters = {"status": asked.get("status"), "urgency": asked.get("spoed"), "sent_at__gt": asked.get("verzondenNa")}
    found = found.filter(**{name: value for name, value in filters.items() if value is not None})
    if asked.get("alleenEigen"):
        found = found.filter(assigned_to=user)
    rows, following = page_of(found.defer("question", "answer", "next_step"), "sent_at", asked.get("cursor", ""), asked["aantal"])
    _keep_look(user, rows)
    return rows, following


def _keep_look(user: User, rows: list[SpecialistRequest]) -> None:
    desks = {one.desk_unit_id: one.desk_unit.desk for one in rows}
    for unit_id, desk in desks.items():
        of_desk = [one.pk for one in rows if one.desk_unit_id == unit_id]
        subjects = RequestItem.objects.filter(request__in=of_desk).values_list("subject_id", flat=True).distinct()
        log_look(
            Scope(tuple(subjects)), to=user, purpose=desk.purpose_id, ground=Ground("desk", unit_id), post=user.post_at(unit_id),
            what="queue", categories=["known"], version_id=None,
        )  # fmt: skip


def request_of(user: User, pk: UUID) -> SpecialistRequest:
    """One that was granted to this system's desk. Raises `Http404`, for what is of another as for what does not exist."""
    found = request_page.with_all(SpecialistRequest.objects.at_desks_of(user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
