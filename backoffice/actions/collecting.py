"""To wait with collecting: asked with a request to a desk that collects, granted with its answer. Called inside those actions."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from backoffice.models import CollectionPause, Desk, SpecialistRequest
from casework.actions.refusals import is_to_come
from luisterloket.platform.history import record

from .parts import RefusedAt

Result = SpecialistRequest.Result
GRANTS = (Result.GRANTED, Result.PARTLY)


def ask_pause(actor: Any, request: SpecialistRequest, desk: Desk, until: date | None) -> None:
    """The request asks to wait until that day. Raises `Refused` for a desk that collects nothing, or a day that has passed."""
    if until is None:
        return
    if not desk.pauses_collection:
        raise RefusedAt("pause_until", _("This desk does not collect, so it cannot wait with collecting."), "does_not_collect")
    is_to_come(until, "pause_until")
    CollectionPause(
        request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id, asked_until=until
    ).put()
    record(actor, "pause.asked", request, until=until.isoformat())


def answer_pause(actor: Any, request: SpecialistRequest, result: str, until: date | None) -> None:
    """The desk waits until that day. Raises `Refused` when it grants a pause without saying until when."""
    pause = CollectionPause.objects.select_for_update(no_key=True).filter(request=request).first()
    if pause is None:
        return
    if result not in GRANTS:
        # Looked at again, it may be no longer so.
        if pause.paused_until is not None:
            pause.paused_until = None
            pause.save(update_fields=["paused_until"])
            record(actor, "pause.ended", request)
        return
    if until is None:
        raise RefusedAt("paused_until", _("Say until when you wait with collecting."), "no_day")
    is_to_come(until, "paused_until")
    pause.paused_until, pause.ends_flagged_at = until, None
    pause.save(update_fields=["paused_until", "ends_flagged_at"])
    record(actor, "pause.granted", request, until=until.isoformat())
