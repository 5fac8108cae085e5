"""Ending a case or putting it on waakvlam: what changed, and nothing left behind without a decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import loose_ends, permissions
from casework.domains import LifeDomain
from casework.models import Case, CaseEnding, FollowUp, LooseEndDecision, Review
from casework.rhythm import rhythm_of
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.registries import LooseEnd
from luisterloket.wijken.calendar import add_working_days

from .cases import touch
from .goals import note_review
from .handovers import drop_open_handover
from .next_contact import finish_what_is_to_come, give_next, let_work_on
from .refusals import Missing, is_to_come

# Working days.
LOOKED_AT_AFTER = 5
Into = CaseEnding.Into
Readings = Mapping[LifeDomain, int]


class Decision(TypedDict):
    """Who goes on watching a thing that is still open, until when, and why."""

    who: User
    until: date
    because: str


class StillOpen(Refused):
    """Something in the case is open, and nothing was decided on it. Carries what."""

    def __init__(self, left: list[LooseEnd]):
        super().__init__(_("Something in this case is still open. Finish it, or decide who goes on watching it."), code="open")
        self.left = left


@command
def start_waakvlam(
    *,
    actor: User,
    case: Case,
    goes: str,
    changed: str,
    agreed_how: str,
    own_words: str = "",
    about: str = "",
    readings: Readings | None = None,
) -> CaseEnding:
    """Less often, and no less sure: the resident agreed to be asked again, at moments that lie further and further apart."""
    permissions.check_may_add(actor, case, "story")
    case = Case.locked(case.pk)
    if agreed_how not in CaseEnding.AgreedHow.values:
        raise Missing(_("Choose how the resident agreed to it."), code="not_agreed", field="agreed_how")
    ending = _keep(actor, case, Into.WAAKVLAM, goes, changed, own_words, agreed_how)
    _read_back(actor, case, readings)
    before = finish_what_is_to_come(actor, case)
    due_on = rhythm_of(case.unit_id).waakvlam_on(0)
    give_next(actor, case, kind=FollowUp.Kind.WAAKVLAM, due_on=due_on, about=about.strip(), after=before)
    record(actor, "case.waakvlam", case)
    touch(case)
    return ending


@command
def end_case(
    *,
    actor: User,
    case: Case,
    goes: str,
    changed: str,
    own_words: str = "",
    decisions: Mapping[str, Decision] | None = None,
    readings: Readings | None = None,
) -> CaseEnding:
    """The case is ended. Refused (`StillOpen`) while something is open in it on which nothing was decided.

    `readings` are how it goes per life domain at the end. `decisions` are by key of the loose end.
    Each is kept, and stands on Vandaag of who goes on watching. What this person may not know of goes on with who watches it.
    A handover that was open comes to nothing.
    """
    permissions.check_may_add(actor, case, "story")
    case = Case.locked(case.pk)
    decisions = decisions or {}
    still_open = loose_ends.told_to(actor, case)
    left = [one for one in still_open if one.key not in decisions]
    if left:
        raise StillOpen(left)
    ending = _keep(actor, case, Into.ENDED, goes, changed, own_words, "")
    _read_back(actor, case, readings)
    for one in still_open:
        _decide(ending, case, one, decisions[one.key])
    told = {one.key for one in still_open}
    for one in loose_ends.of(case.pk):
        if one.key not in told and one.owner_id:
            _goes_on(ending, case, one, one.owner_id)
    finish_what_is_to_come(actor, case)
    record(actor, "case.ended", case, open=len(still_open))
    touch(case)
    drop_open_handover(actor, case)
    return ending


def _keep(actor: User, case: Case, into: str, goes: str, changed: str, own_words: str, agreed_how: str) -> CaseEnding:
    if not changed.strip():
        raise Missing(_("Write in a few words what changed."), code="no_text", field="changed")
    case.move_to(Case.Status(into))
    case.save(update_fields=["status"])
    details: dict[str, Any] = {"goes": goes, "changed": changed.strip(), "own_words": own_words.strip(), "agreed_how": agreed_how}
    return CaseEnding(case=case, unit_id=case.unit_id, into=into, by=actor, **details).put()


def _read_back(actor: User, case: Case, readings: Readings | None) -> None:
    """How it goes now per life domain, beside how it went at the start; only what was spoken about."""
    if readings and any(readings.values()):
        note_review(actor=actor, case=case, kind=Review.Kind.END, on=timezone.localdate(), readings=readings)


def _decide(ending: CaseEnding, case: Case, loose: LooseEnd, decision: Decision) -> None:
    who, until, because = decision["who"], decision["until"], decision["because"].strip()
    if not because:
        raise Missing(_("Say in a few words why."), code="no_reason", field=f"because-{loose.key}")
    is_to_come(until, f"until-{loose.key}")
    if not permissions.could_be_named(case, who) or not Case.objects.filter(pk=case.pk).open_to(who).exists():
        raise Missing(_("%(who)s cannot work on this case.") % {"who": who}, code="elsewhere", field=f"who-{loose.key}")
    if not permissions.works_on(who, case):
        let_work_on(case, who)
    LooseEndDecision(
        ending=ending, case=case, unit_id=case.unit_id, kind=loose.kind, ref=loose.ref, who=who, until=until, because=because
    ).put()


def _goes_on(ending: CaseEnding, case: Case, loose: LooseEnd, owner_id: UUID) -> None:
    """Who ends the case may not know of it: it stays with who watches it, and whoever sees to the wijk looks after some days."""
    until = add_working_days(timezone.localdate(), LOOKED_AT_AFTER)
    LooseEndDecision(
        ending=ending, case=case, unit_id=case.unit_id, kind=loose.kind, ref=loose.ref, who_id=owner_id, until=until,
        because=_("The case was ended while this was still open."),
    ).put()  # fmt: skip
