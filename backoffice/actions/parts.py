"""What several actions of a request share: a step of the table of transitions, its clocks, its words, and what went along."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import remove_perm

from backoffice import ladders, terms
from backoffice.models import Clock, Desk, Message, Pause, RequestItem, SpecialistRequest, Stall
from backoffice.permissions import CHECKS
from backoffice.transitions import GOES_ON, TABLE
from casework.actions import touch
from casework.models import Case
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit


class RefusedAt(Refused):
    """A refusal about one field, shown beside it."""

    def __init__(self, field: str, message: str, code: str):
        super().__init__(message, code=code)
        self.field = field


CLOCK = (
    "clock", "due_at", "stalled_at", "flag_at", "rungs", "answer_due_at", "answer_last_day", "stopped_at", "minutes_left",
    "paused_until",
)  # fmt: skip


def start_clock(request: SpecialistRequest, clock: str, due_at: datetime | None) -> None:
    """Another clock runs, or none: whatever had stalled is over, and so is a pause when nothing has to be answered any more."""
    request.clock, request.due_at, request.stalled_at = clock, due_at, None
    ladders.plan(request, desk_at(request))
    Stall.objects.filter(request=request, ended_at=None).update(ended_at=timezone.now())
    if clock not in (Clock.ANSWER, Clock.REPLY):
        end_pause(request)


def end_pause(request: SpecialistRequest) -> None:
    """The answer's clock goes on: with what it had left, from now on or from when its pause was to end."""
    if request.stopped_at is None:
        return
    paused = request.paused_until is not None
    since = terms.go_on(request, desk_at(request), timezone.now())
    if paused:
        Pause.objects.filter(request=request, ended_at=None).update(ended_at=since)


def begin(actor: Any, request: SpecialistRequest, name: str, **given: Any) -> SpecialistRequest:
    """Begin the row `name` of the table of transitions: the request held and, when the row leads somewhere, moved.

    Raises `NotAllowed` when it is not this side's step, and `Refused` from another state or when something it needs is missing.
    """
    row = TABLE[name]
    # Before the row is looked for: to who may not see it, it is not there.
    CHECKS[row.who](actor, request)
    request = SpecialistRequest.locked(request.pk)
    CHECKS[row.who](actor, request)
    if request.status not in row.sources:
        raise Refused(
            _("This is now “%(status)s”, so that is no longer possible. Someone may have been before you.")
            % {"status": request.get_status_display()},
            code="state",
        )
    check_filled_in(name, given)
    if row.target:
        request.move_to(row.target)
    return request


def check_filled_in(name: str, given: dict[str, Any]) -> None:
    """Raises `RefusedAt` for the first field that a row of the table needs and that is empty."""
    for field, message in TABLE[name].needs.items():
        filled_in(field, str(given.get(field, "")), message)


def finish(
    actor: Any,
    request: SpecialistRequest,
    name: str,
    *,
    changed: tuple[str, ...] = (),
    due_at: datetime | None = None,
    protects: bool = False,
    **details: Any,
) -> None:
    """End the row `name`: save what changed, set its clock, and leave its history, its event and its trace on the case."""
    row = TABLE[name]
    if row.clock != GOES_ON:
        start_clock(request, row.clock, due_at)
    request.full_clean(exclude=relations(request))
    request.save(update_fields=[*changed, "status", *CLOCK])
    record(actor, row.verb, request, **details)
    if row.event:
        emit(row.event, request)
    if row.tells_case:
        touch(Case(pk=request.case_id), protects=protects)


def not_in_other_hands(actor: Any, request: SpecialistRequest) -> None:
    """What a colleague has in hand is not taken from them; who leads the desk divides."""
    holder = request.assigned_to
    if holder is None or holder.pk == actor.pk or actor.has(Permission.DIVIDE_DESK, unit_id=request.desk_unit_id):
        return
    raise Refused(
        _("%(who)s has this in hand. They can give it back, or your desk lead assigns it to you.") % {"who": holder},
        code="in_other_hands",
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


def desk_at(request: SpecialistRequest) -> Desk:
    return Desk.objects.get(unit_id=request.desk_unit_id)


def relations(request: SpecialistRequest) -> set[str]:
    return {field.name for field in request._meta.concrete_fields if field.is_relation}
