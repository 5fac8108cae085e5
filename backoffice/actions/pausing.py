"""What a desk does with the time for an answer: let the clock stand still on a ground of the law, go on, take more time once.

Whatever changes the moment of an answer is told to the loket in words, which stand with the questions and replies.
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import terms
from backoffice.models import Clock, Pause, SpecialistRequest
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.wijken.calendar import start_of_day

from .parts import RefusedAt, begin, desk_at, end_pause, finish, say, start_clock

Status = SpecialistRequest.Status
# No ground keeps someone waiting for longer without a new decision about it; it also stops a slip in the year.
LONGEST_PAUSE = timedelta(days=366)


@command
def pause_answer(*, actor: Any, request: SpecialistRequest, ground: str, until: date, text: str) -> SpecialistRequest:
    """The answer's clock stands still on a ground of article 4:15 Awb, until a day at most, and keeps what it has left.

    For who answers at the desk, of a request that was taken up and is not late. `text` says to the loket why. From `until` on the
    clock runs again, also when nobody does anything.
    """
    request = begin(actor, request, "pause", text=text)
    if ground not in Pause.Ground.values:
        raise RefusedAt("ground", _("Choose on which ground the clock stands still."), "no_ground")
    _check_day(until)
    now = _running(request)
    moment = start_of_day(until)
    pause = Pause(
        request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id, ground=ground,
        by=actor, started_at=now, until=moment,
    )  # fmt: skip
    pause.put()
    terms.pause(request, desk_at(request), moment, now)
    say(actor, request, text, from_desk=True)
    finish(actor, request, "pause", due_at=request.answer_due_at, ground=ground, until=until.isoformat())
    return request


@command
def resume_answer(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """What was waited for is there: the answer's clock goes on with what it had left. For who answers at the desk."""
    request = begin(actor, request, "resume")
    if not request.is_paused:
        raise Refused(_("The clock of the answer runs already."), code="state")
    end_pause(request)
    if request.status == Status.TAKEN_UP:
        start_clock(request, Clock.ANSWER, request.answer_due_at)
    finish(actor, request, "resume")
    return request


@command
def extend_answer(*, actor: Any, request: SpecialistRequest, amount: int, text: str) -> SpecialistRequest:
    """The desk takes more time, once, with a reason, and at most as much as the term itself (article 4:14 Awb asks for a new date).

    For who answers at the desk, of a request that was taken up, is not late and does not stand still.
    """
    request = begin(actor, request, "extend", text=text)
    _running(request)
    if request.extended_at is not None:
        raise Refused(_("The time for this answer was made longer before. That can be done once."), code="extended")
    longest = request.answer_term.amount if request.answer_term else 0
    if request.answer_term and not 1 <= amount <= longest:
        told = {"term": terms.many(request.answer_term.measure, longest)}
        raise RefusedAt("amount", _("Choose a number from 1 on; it can be made longer by %(term)s at most.") % told, "too_long")
    terms.extend(request, desk_at(request), amount)
    request.extended_at = timezone.now()
    say(actor, request, text, from_desk=True)
    finish(actor, request, "extend", changed=("extended_at",), due_at=request.answer_due_at, amount=amount)
    return request


def _running(request: SpecialistRequest) -> Any:
    """Now, when the answer's clock runs and is not late; a pause that ran out by itself is over by then."""
    if request.is_paused:
        raise Refused(_("The clock of the answer stands still already. Let it go on first."), code="state")
    end_pause(request)
    now = timezone.now()
    if request.answer_due_at <= now:
        raise Refused(_("The time for this answer is over already. Answer it, or ask the loket something."), code="late")
    return now


def _check_day(until: date) -> None:
    today = timezone.localdate()
    if not today < until <= today + LONGEST_PAUSE:
        raise RefusedAt("until", _("Choose a day from tomorrow on, within a year."), "day")
