"""The next contact of a case, as the other actions give, end or hand it on. Called inside them, with the case held."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.models import Case, FollowUp, Involvement, Withheld
from casework.rhythm import rhythm_of
from luisterloket.people.models import User
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

# What an item of a next contact is called where something is kept from someone.
ITEM = "follow_up"


def refuse_when_ended(case: Case) -> None:
    """Nothing new is begun in a case that was ended. Holds the case, so that it is not ended at the same moment."""
    if Case.locked(case.pk).status == Case.Status.ENDED:
        raise Refused(_("This case was ended. Make it active again first; that is one button on its page."), code="ended")


def give_next(
    actor: User, case: Case, *, due_on: date, kind: str = FollowUp.Kind.CHECK_IN, after: FollowUp | None = None, **more: Any
) -> FollowUp:
    """One more to come. The one before it is done by now; the database refuses a second.

    Who at home must not read of the one (`after`) must not read of the next either.
    """
    details = {"who": actor, "made_by": actor} | more
    late_on = rhythm_of(case.unit_id).late_on(due_on)
    follow_up = FollowUp(case=case, unit_id=case.unit_id, kind=kind, due_on=due_on, late_on=late_on, **details)
    follow_up.put()
    if after is not None:
        for kept in Withheld.objects.in_force().filter(case=case, kind=ITEM, thing=after.pk):
            more = {"resident_id": kept.resident_id, "reason": kept.reason, "set_by_id": kept.set_by_id}
            Withheld(case=case, unit_id=case.unit_id, kind=ITEM, thing=follow_up.pk, **more).put()
    return follow_up


def give_first(actor: User, case: Case, **more: Any) -> FollowUp:
    """After a case was opened or woke: on the day that the wijk chose."""
    return give_next(actor, case, due_on=rhythm_of(case.unit_id).first_on(), **more)


def finish(actor: User, follow_up: FollowUp, result: str) -> None:
    follow_up.done_at, follow_up.done_by, follow_up.result = timezone.now(), actor, result
    follow_up.save(update_fields=["done_at", "done_by", "result"])


def finish_what_is_to_come(actor: User, case: Case) -> FollowUp | None:
    """The next contact is not needed as it was: something else comes in its place, or the case is ended."""
    follow_up = FollowUp.objects.to_come().filter(case=case).select_for_update(no_key=True).first()
    if follow_up is not None:
        finish(actor, follow_up, FollowUp.Result.CHANGED)
    return follow_up


def wake(actor: User, case: Case) -> Case:
    """A case on waakvlam or ended is active again, with a next contact. An active one stays as it is."""
    case = Case.locked(case.pk)
    if case.status == Case.Status.ACTIVE:
        return case
    before = finish_what_is_to_come(actor, case)
    case.move_to(Case.Status.ACTIVE)
    case.save(update_fields=["status"])
    owner = case.owner if case.owner.is_active and case.owner.posts else actor
    give_first(actor, case, who=owner, after=before)
    record(actor, "case.woken", case)
    return case


def hand_to_owner(case: Case, leavers: Q) -> None:
    """Who can open the case no longer does not keep its next contact either."""
    for follow_up in FollowUp.objects.to_come().filter(leavers, case=case).select_for_update(no_key=True):
        follow_up.who_id = case.owner_id
        follow_up.version += 1
        follow_up.save(update_fields=["who", "version"])


def let_work_on(case: Case, user: User) -> None:
    """Who is given something to do in a case has a part in it."""
    if not Involvement.objects.in_force().filter(case=case, user=user).exists():
        Involvement.objects.create(case=case, user=user, unit_id=case.unit_id, kind=Involvement.Kind.CO_WORKER)
