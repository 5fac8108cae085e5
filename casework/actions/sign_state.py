"""The state of an early sign, as other actions move it too."""

from typing import Any

from django.utils import timezone

from casework.models import EarlySign
from casework.rhythm import rhythm_of
from luisterloket.people.models import User
from luisterloket.platform.history import record

SETTLED = ("status", "outcome", "settled_at", "settled_by")
RUNS = ("due_on", "late_on", "flagged_at", "flagged_because")


def runs_until(sign: EarlySign, due_on: Any) -> None:
    """From here it runs anew, and is flagged anew when this day passes too."""
    sign.due_on, sign.late_on = due_on, rhythm_of(sign.unit_id).late_on(due_on)
    sign.flagged_at, sign.flagged_because = None, ""


def settle(actor: User, sign: EarlySign, outcome: str) -> None:
    sign.move_to(EarlySign.Status.SETTLED)
    sign.outcome, sign.settled_at, sign.settled_by = outcome, timezone.now(), actor


def open_again(actor: User, sign: EarlySign) -> None:
    """The conversation that came of it was thrown away: somebody looks at it again, today."""
    sign.move_to(EarlySign.Status.CONTACTED)
    sign.outcome, sign.settled_at, sign.settled_by, sign.intake, sign.wiped_at = "", None, None, None, None
    sign.owner = actor
    runs_until(sign, timezone.localdate())
    sign.save()
    record(actor, "sign.opened_again", sign)
