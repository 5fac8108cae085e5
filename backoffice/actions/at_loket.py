"""What the loket does with a request that is under way: reply to the desk, tell the resident."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from backoffice import permissions
from backoffice.models import Clock, SpecialistRequest
from luisterloket.convenant.sharing import check_may_be_shared
from luisterloket.platform.commands import command
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .parts import CLOCK, close_for_desk, desk_at, filled_in, only_from, relations, say, start_clock, touched

Status = SpecialistRequest.Status


@command
def reply_to_desk(*, actor: Any, request: SpecialistRequest, text: str) -> SpecialistRequest:
    """The loket answers the question back; the desk's clock goes on with what it had left."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_act_for_case(actor, request)
    filled_in("text", text, _("Write down your answer to the desk."))
    only_from(request, Status.ASKED_BACK)
    check_may_be_shared(request.subjects, request.purpose_id)
    request.move_to(Status.TAKEN_UP)
    start_clock(request, Clock.ANSWER, desk_at(request).hours.after_minutes(timezone.now(), request.minutes_left or 0))
    request.minutes_left = None
    request.save(update_fields=["status", "minutes_left", *CLOCK])
    say(actor, request, text, from_desk=False)
    record(actor, "request.replied", request)
    emit("request.replied", request)
    touched(request)
    return request


@command
def tell_resident(
    *, actor: Any, request: SpecialistRequest, told_how: str, outcome: str, outcome_note: str = ""
) -> SpecialistRequest:
    """Told, how, and whether it helps: one line that closes the request, and closes what went along for the desk."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_act_for_case(actor, request)
    request.move_to(Status.CLOSED)
    request.told_how, request.outcome, request.outcome_note = told_how, outcome, outcome_note.strip()
    request.closed_at = timezone.now()
    start_clock(request, "", None)
    request.full_clean(exclude=relations(request))
    request.save(update_fields=["status", "told_how", "outcome", "outcome_note", "closed_at", *CLOCK])
    close_for_desk(request)
    assign_perm("backoffice.keep_answer", request.desk_unit.group, request)
    record(actor, "request.told", request, how=told_how, outcome=outcome)
    emit("request.told", request)
    touched(request)
    return request
