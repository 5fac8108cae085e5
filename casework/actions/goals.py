"""What the resident wants, in their own words, and how it goes: at the start, in between and at the end."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from casework import permissions
from casework.domains import CATEGORY_OF, LifeDomain, Severity
from casework.models import Case, CaseMember, Goal, PlanStep, Reading, Resident, Review
from casework.plan_paper import ASKED, READ, authors_of
from casework.withholding import is_kept_from_paper
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .refusals import ChangedMeanwhile, Missing, not_to_come

NOT_SPOKEN = 0


@command
def add_goal(*, actor: User, case: Case, text: str, domain: str = "", resident: Resident | None = None) -> Goal:
    """A goal in the resident's own words, of one of the household or (without `resident`) of all of them."""
    goal = Goal(case=case, unit_id=case.unit_id, text=text.strip(), domain=domain, resident=resident)
    permissions.check_may_add(actor, case, goal.category)
    _check(goal)
    goal.put()
    record(actor, "goal.added", goal, domain=domain)
    touch(case)
    return goal


@command
def change_goal(*, actor: User, goal: Goal, version: int, text: str, domain: str = "", resident: Resident | None = None) -> Goal:
    """Put the words right, or what it is about; its steps follow. Raises `ChangedMeanwhile` when a colleague did so already."""
    goal = _locked(goal)
    permissions.check_may_add(actor, goal.case, goal.category)
    if goal.version != version:
        raise ChangedMeanwhile(goal)
    goal.text, goal.domain, goal.resident = text.strip(), domain, resident
    permissions.check_may_add(actor, goal.case, goal.category)
    _check(goal)
    goal.version += 1
    _save(goal)
    for step in PlanStep.objects.select_for_update(no_key=True).filter(goal=goal).exclude(domain=domain):
        step.domain = domain
        step.save()
    record(actor, "goal.changed", goal, domain=domain)
    touch(goal.case)
    return goal


@command
def settle_goal(*, actor: User, goal: Goal, to: str) -> Goal:
    """Reached, let go, or taken up again. Steps that are under way stay: they are stopped one by one, with the resident."""
    goal = _locked(goal)
    permissions.check_may_add(actor, goal.case, goal.category)
    if to not in Goal.Status.values:
        raise Refused(_("Choose how it is with this goal."), code="status")
    goal.move_to(to)
    _save(goal)
    record(actor, f"goal.{to}", goal)
    touch(goal.case)
    return goal


@command
def note_review(*, actor: User, case: Case, kind: str, on: date, readings: Mapping[LifeDomain, int]) -> Review:
    """How it goes per life domain on this day, on the scale of five; nought is “not spoken about” and takes an earlier reading of
    that day away. The same kind on the same day again puts those domains right and leaves the others.

    Raises `NotAllowed` when one of the domains is not for this person to write.
    """
    for domain in readings:
        permissions.check_may_add(actor, case, CATEGORY_OF[LifeDomain(domain)])
    permissions.check_may_work_on(actor, case)
    not_to_come(on, field="on")
    if kind not in Review.Kind.values:
        raise Missing(_("Choose which moment this is."), code="kind", field="kind")
    if not any(readings.values()):
        raise Missing(_("Choose how it goes for at least one subject."), code="nothing", field="")
    if set(readings.values()) - {NOT_SPOKEN, *Severity.values}:
        raise Refused(_("Choose one of the five answers."), code="severity")
    Case.locked(case.pk)
    review = Review.objects.filter(case=case, kind=kind, on=on).first()
    if review is None:
        review = Review(case=case, unit_id=case.unit_id, kind=kind, on=on, noted_by=actor).put()
    there = {one.domain: one for one in Reading.objects.filter(review=review)}
    for domain, severity in readings.items():
        _read(review, there.get(domain), domain, severity)
    record(actor, f"review.{kind}", review)
    touch(case)
    return review


@command
def check_plan_paper(*, actor: User, case: Case, fingerprint: str) -> Case:
    """A colleague has read the plan as it would go on paper, and it betrays nobody. The fingerprint tells which text it was.

    Raises `Refused` for who wrote in it: nobody checks their own words.
    """
    permissions.check_may_work_on(actor, case)
    if actor.pk in authors_of(case):
        raise Refused(_("You wrote in this plan yourself. Ask a colleague to read it."), code="own")
    record(actor, READ, case, fingerprint=fingerprint)
    touch(case)
    return case


@command
def ask_plan_reader(*, actor: User, case: Case, fingerprint: str, reader: UUID | None = None) -> Case:
    """Ask the colleagues of the case to read the plan before it goes on paper, for one at home or for all of them.

    The fingerprint tells which text it is about: another text is asked anew. Raises `Refused` where nothing is kept from anyone.
    """
    permissions.check_may_work_on(actor, case)
    if not is_kept_from_paper(case, actor):
        raise Refused(_("This plan needs no second reader."), code="needless")
    record(actor, ASKED, case, fingerprint=fingerprint, reader=str(reader or ""))
    touch(case)
    return case


def _read(review: Review, there: Reading | None, domain: str, severity: int) -> None:
    if there is None and severity:
        Reading(review=review, case_id=review.case_id, unit_id=review.unit_id, domain=domain, severity=severity).put()
    elif there is not None and not severity:
        there.delete()
    elif there is not None and there.severity != severity:
        there.severity = severity
        there.save()


def _locked(goal: Goal) -> Goal:
    return Goal.objects.select_for_update(no_key=True, of=("self",)).select_related("case").get(pk=goal.pk)


def _save(goal: Goal) -> None:
    goal.full_clean(exclude=["case", "unit", "resident"])
    goal.save()


def _check(goal: Goal) -> None:
    if not goal.text:
        raise Missing(_("Write what the resident wants, in their own words."), code="no_text", field="text")
    if goal.resident is not None and not CaseMember.objects.filter(case=goal.case, resident=goal.resident).exists():
        raise Refused(_("This is not of this case."), code="elsewhere")
