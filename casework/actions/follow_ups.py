"""Doing the next contact of a case, moving it, giving it away, and waking a case that sleeps."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, ContactMoment, FollowUp
from casework.rhythm import rhythm_of
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .contacts import note_contact_moment
from .next_contact import finish, give_next, let_work_on, wake
from .refusals import Missing, is_to_come

Result = FollowUp.Result
# What one says of a contact oneself; the rest follows from other actions.
SAYABLE = (Result.REACHED, Result.NOT_REACHED, Result.NOT_NOW)


@command
def do_follow_up(
    *,
    actor: User,
    follow_up: FollowUp,
    result: str,
    next_on: date,
    next_who: User | None = None,
    next_about: str = "",
    kind: str = ContactMoment.Kind.PHONE,
    text: str = "",
) -> FollowUp:
    """How it went, and when the next one is: in one action, so that there always is a next one. Returns that.

    Words are kept as a contact moment as well. For who works on the case; raises `Refused` when a colleague was first.
    """
    permissions.check_may_add(actor, _case_of(follow_up), FollowUp.CATEGORY)
    case = Case.locked(follow_up.case_id)
    done = _still_to_come(follow_up)
    if result not in SAYABLE:
        raise Missing(_("Choose how it went."), code="result", field="result")
    is_to_come(next_on, "next_on")
    who = _who_does(case, next_who or done.who, actor, given=next_who is not None)
    if text.strip():
        _note(actor, case, kind, result, text)
    finish(actor, done, result)
    step = rhythm_of(case.unit_id).next_step(done, result)
    details: dict[str, Any] = {"kind": done.kind, "who": who, "about": next_about.strip(), "step": step}
    following = give_next(actor, case, due_on=next_on, after=done, **details)
    record(actor, f"follow_up.{result}", done, next=str(following.pk))
    touch(case)
    return following


@command
def move_follow_up(*, actor: User, follow_up: FollowUp, version: int, who: User, due_on: date, because: str) -> FollowUp:
    """To another day or another colleague, with a reason. For who works on the case, and for who divides the work of the wijk: that
    one needs not to open the case for it. Whoever it is given to has a part in the case.

    Raises `Refused` when it was done, or moved since `version`.
    """
    permissions.check_may_give(actor, _case_of(follow_up))
    case = Case.locked(follow_up.case_id)
    moved = _still_to_come(follow_up)
    if moved.version != version:
        raise Refused(
            _("A colleague changed this just now. Look at what is there now; what you typed is still here."), code="changed"
        )
    if not because.strip():
        raise Missing(_("Say in a few words why."), code="no_reason", field="because")
    is_to_come(due_on, "due_on")
    if not permissions.could_be_named(case, who) or not Case.objects.filter(pk=case.pk).open_to(who).exists():
        raise Missing(_("%(who)s cannot work on this case.") % {"who": who}, code="elsewhere", field="who")
    if not permissions.works_on(who, case):
        let_work_on(case, who)
    moved.who, moved.due_on, moved.late_on = who, due_on, rhythm_of(case.unit_id).late_on(due_on)
    moved.moved_because, moved.version = because.strip(), moved.version + 1
    # From here it runs anew, and is flagged anew when this day passes too.
    moved.flagged_at, moved.flagged_because = None, ""
    moved.save()
    record(actor, "follow_up.moved", moved, user=str(who.pk))
    return moved


@command
def wake_case(*, actor: User, case: Case, text: str) -> Case:
    """It is needed again: the case is active, with what was heard, and nobody tells their story anew. Ended cases too."""
    permissions.check_may_add(actor, case, "story")
    case = Case.locked(case.pk)
    if case.status == Case.Status.ACTIVE:
        raise Refused(_("This case is active already."), code="state")
    if not text.strip():
        raise Missing(_("Write in a few words what you heard."), code="no_text", field="text")
    _note(actor, case, ContactMoment.Kind.OTHER, Result.REACHED, text)
    case = wake(actor, case)
    touch(case)
    return case


def _case_of(follow_up: FollowUp) -> Case:
    """By its keys: for who may not see it the row of the case is not there."""
    return Case(pk=follow_up.case_id, unit_id=follow_up.unit_id)


def _note(actor: User, case: Case, kind: str, result: str, text: str) -> None:
    now = timezone.localtime()
    reached = ContactMoment.Result.NOT_REACHED if result == Result.NOT_REACHED else ContactMoment.Result.REACHED
    note_contact_moment(
        actor=actor, case=case, on=now.date(), part_of_day=ContactMoment.part_of(now.hour), kind=kind, result=reached, text=text
    )


def _still_to_come(follow_up: FollowUp) -> FollowUp:
    found = FollowUp.objects.select_for_update(no_key=True, of=("self",)).select_related("who", "done_by").get(pk=follow_up.pk)
    if found.done_at is not None:
        said = _("%(who)s did this just now. Look at what is there now; what you typed is still here.")
        raise Refused(said % {"who": found.done_by}, code="changed")
    return found


def _who_does(case: Case, who: User, actor: User, *, given: bool) -> User:
    """Whoever did it goes on with it; when that one left or has no part any more, who does it now does."""
    if permissions.works_on(who, case):
        return who
    if given:
        raise Missing(
            _("%(who)s does not work on this case. Involve them first.") % {"who": who}, code="elsewhere", field="next_who"
        )
    return actor
