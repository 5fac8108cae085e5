"""What is checked, when it is time for it: never before someone listened, never in the way of help."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Check, Intake
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .refusals import Missing

LONGEST_NOTE = 500


@command
def check_seen(*, actor: User, intake: Intake, what: str, moment: str, note: str = "") -> Check:
    """This was seen, and why this was the moment for it. The paper itself is not kept, nor any number on it."""
    if moment not in Check.Moment.values:
        raise Missing(_("Choose why this was the moment."), code="no_moment", field="moment")
    return _put(actor, intake, what, Check.Status.DONE, moment=moment, note=note.strip())


@command
def postpone_check(*, actor: User, intake: Intake, what: str, until: date | None) -> Check:
    """Not now: it comes back on this day, on Vandaag of who holds the conversation or the case."""
    if until is None or until <= timezone.localdate():
        raise Missing(_("Choose a day after today."), code="no_day", field="until")
    return _put(actor, intake, what, Check.Status.POSTPONED, until=until)


@command
def check_not_needed(*, actor: User, intake: Intake, what: str) -> Check:
    """For this resident it plays no part."""
    return _put(actor, intake, what, Check.Status.NOT_NEEDED)


@command
def reopen_check(*, actor: User, intake: Intake, what: str) -> Check:
    """It was ticked by mistake, or what was seen no longer holds."""
    return _put(actor, intake, what, Check.Status.OPEN)


def _put(
    actor: User, intake: Intake, what: str, status: str, *, moment: str = "", note: str = "", until: date | None = None
) -> Check:
    intake = Intake.locked(intake.pk)
    permissions.check_may_verify(actor, intake)
    if what not in Check.What.values:
        raise Refused(_("Choose what it is about."), code="what")
    check = Check.objects.filter(intake=intake, what=what).first()
    if check is None:
        check = Check(intake=intake, unit_id=intake.unit_id, case_id=intake.case_id, what=what, by=actor)
    if check.status != status or status == Check.Status.POSTPONED:
        check.move_to(status)
    check.moment, check.note, check.postponed_until, check.by, check.at = moment, note[:LONGEST_NOTE], until, actor, timezone.now()
    check.put() if check._state.adding else check.save()
    record(actor, f"check.{status}", check, what=what, moment=moment, until=until.isoformat() if until else "")
    return check
