"""What several actions of a request share: its clocks, its words, and what went along."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import remove_perm

from backoffice import ladders
from backoffice.models import Desk, Message, RequestItem, SpecialistRequest, Stall
from casework.actions import touch
from casework.models import Case
from luisterloket.platform.exceptions import Refused


class RefusedAt(Refused):
    """A refusal about one field, shown beside it."""

    def __init__(self, field: str, message: str, code: str):
        super().__init__(message, code=code)
        self.field = field


CLOCK = ("clock", "due_at", "stalled_at", "flag_at", "rungs")


def start_clock(request: SpecialistRequest, clock: str, due_at: datetime | None) -> None:
    """Another clock runs, or none: whatever had stalled is over."""
    request.clock, request.due_at, request.stalled_at = clock, due_at, None
    ladders.plan(request, desk_at(request))
    Stall.objects.filter(request=request, ended_at=None).update(ended_at=timezone.now())


def only_from(request: SpecialistRequest, status: Any) -> None:
    """The table has two ways to the same status; this one begins only here."""
    if request.status != status:
        raise Refused(
            _("This is now “%(status)s”, so that is no longer possible. Someone may have been before you.")
            % {"status": request.get_status_display()},
            code="state",
        )


def say(actor: Any, request: SpecialistRequest, text: str, *, from_desk: bool) -> None:
    Message(
        request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id, by=actor,
        from_desk=from_desk, text=text.strip(),
    ).put()  # fmt: skip


def close_for_desk(request: SpecialistRequest) -> None:
    """What went along closes for the desk, in guardian and in the database's own wall."""
    remove_perm("backoffice.open_request", request.desk_unit.group, request)
    RequestItem.objects.filter(request=request).update(open_to_desk=False)
    Message.objects.filter(request=request).update(open_to_desk=False)


def filled_in(field: str, text: str, message: str) -> None:
    if not text.strip():
        raise RefusedAt(field, message, "empty")


def touched(request: SpecialistRequest) -> None:
    touch(Case(pk=request.case_id))


def desk_at(request: SpecialistRequest) -> Desk:
    return Desk.objects.get(unit_id=request.desk_unit_id)


def relations(request: SpecialistRequest) -> set[str]:
    return {field.name for field in request._meta.concrete_fields if field.is_relation}
