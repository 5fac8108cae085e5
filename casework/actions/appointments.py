"""Everything that changes an appointment with a resident: it is made, moved, and it is kept how it went."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, Meeting
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .next_contact import refuse_when_ended
from .refusals import Missing

TEXTS = ("place", "purpose", "alone_because", "interpreter")


@command
def plan_meeting(
    *, actor: User, case: Case, kind: str, starts_at: datetime, who: User, along: User | None = None, **more: Any
) -> Meeting:
    """An appointment with someone of this case. For who works on it and may write how its people are reached.

    Raises `Missing` for a moment that has passed, for a colleague who has no work on this case, and for a home visit alone
    without a reason.
    """
    permissions.check_may_add(actor, case, Meeting.CATEGORY)
    refuse_when_ended(case)
    meeting = Meeting(case=case, unit_id=case.unit_id, kind=kind, starts_at=starts_at, who=who, along=along)
    _fill(meeting, more)
    _check(meeting)
    meeting.put()
    record(actor, "meeting.planned", meeting, kind=kind, user=str(who.pk))
    touch(case)
    return meeting


@command
def change_meeting(
    *, actor: User, meeting: Meeting, kind: str, starts_at: datetime, who: User, along: User | None = None, **more: Any
) -> Meeting:
    """Moved, elsewhere, or with others. How it was stays in the history of the row. Raises as `plan_meeting` does."""
    permissions.check_may_add(actor, meeting.case, Meeting.CATEGORY)
    meeting = _to_come(meeting)
    meeting.kind, meeting.starts_at, meeting.who, meeting.along = kind, starts_at, who, along
    _fill(meeting, more)
    _check(meeting)
    meeting.full_clean(exclude=["case", "unit", "who", "along", "ended_by"])
    meeting.save()
    record(actor, "meeting.changed", meeting, kind=kind, user=str(who.pk))
    touch(meeting.case)
    return meeting


@command
def end_meeting(*, actor: User, meeting: Meeting, ended: str) -> Meeting:
    """How it went: it took place, was called off, or nobody was there. Raises `Refused` when that was said already."""
    permissions.check_may_add(actor, meeting.case, Meeting.CATEGORY)
    meeting = _to_come(meeting)
    if ended not in Meeting.Ended.values:
        raise Refused(_("Choose how it went."), code="ended")
    if ended != Meeting.Ended.CALLED_OFF and meeting.starts_at > timezone.now():
        raise Refused(_("This appointment is still to come. It can only be called off."), code="to_come")
    meeting.ended, meeting.ended_at, meeting.ended_by = ended, timezone.now(), actor
    meeting.save(update_fields=["ended", "ended_at", "ended_by"])
    record(actor, f"meeting.{ended}", meeting)
    touch(meeting.case)
    return meeting


def give_meetings(case: Case, before: User, after: User) -> None:
    """Who goes to what is to come in this case. For inside the actions that hand a case over: it is moved for nobody else."""
    for meeting in Meeting.objects.to_come().filter(case=case).with_user(before):
        meeting.who = after if meeting.who == before else meeting.who
        meeting.along = after if meeting.along == before else meeting.along
        if meeting.along == meeting.who:
            meeting.along = None
        meeting.save(update_fields=["who", "along"])


def _to_come(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update(no_key=True, of=("self",)).select_related("case").get(pk=meeting.pk)
    if meeting.ended:
        raise Refused(_("Of this appointment it is known already how it went."), code="ended")
    return meeting


def _fill(meeting: Meeting, more: dict[str, Any]) -> None:
    for name in TEXTS:
        setattr(meeting, name, str(more.get(name, "")).strip())
    meeting.minutes = more.get("minutes") or meeting.minutes
    meeting.interpreter_booked = bool(meeting.interpreter and more.get("interpreter_booked"))


def _check(meeting: Meeting) -> None:
    if meeting.starts_at <= timezone.now():
        raise Missing(_("This moment has passed. Choose one that is to come."), code="past", field="on")
    for field, user in (("who", meeting.who), ("along", meeting.along)):
        if user is not None and not permissions.works_on(user, meeting.case):
            raise Missing(
                _("%(who)s does not work on this case. Involve them first.") % {"who": user}, code="elsewhere", field=field
            )
    if meeting.along is not None and meeting.along == meeting.who:
        raise Missing(_("Choose someone else to go along."), code="twice", field="along")
    if meeting.kind == Meeting.Kind.HOME and meeting.along is None and not meeting.alone_because:
        raise Missing(
            _("To a home one goes with two. Choose who goes along, or say why you go alone."), code="alone", field="alone_because"
        )
