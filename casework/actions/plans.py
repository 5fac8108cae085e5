"""Everything that changes the steps of a plan: one is added, put in other words, taken up, done or stopped."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, CaseMember, Goal, PlanStep, Resident, Strength, SupportPerson
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .refusals import ChangedMeanwhile, Missing

# What makes it another step: a change of these asks the resident anew.
WHAT_AND_WHO = ("kind", "text", "resident_id", "person_id", "where")


@command
def add_step(
    *,
    actor: User,
    case: Case,
    kind: str,
    text: str,
    guard: User,
    due_on: date,
    goal: Goal | None = None,
    resident: Resident | None = None,
    person: SupportPerson | None = None,
    where: str = "",
    talent: Strength | None = None,
    domain: str = "",
    linked_label: str = "",
    linked_id: UUID | None = None,
) -> PlanStep:
    """One step more in the plan, not yet asked of the resident. For who works on the case and may write in its category.

    `resident` is who of the household does it (nobody in particular: the household), `person` who of those around it, `where`
    what place or organisation. A step of a goal is in the life domain of
    the goal, whatever `domain` says. The guard works on this case. Raises `Missing` for what a step cannot do without.
    """
    step = PlanStep(case=case, unit_id=case.unit_id, goal=goal, kind=kind, text=text.strip(), guard=guard, due_on=due_on)
    step.domain = goal.domain if goal else domain
    permissions.check_may_add(actor, case, step.category)
    step.resident, step.person, step.where, step.talent = resident, person, where.strip(), talent
    step.linked_label, step.linked_id = linked_label, linked_id
    _check(step)
    if due_on < timezone.localdate():
        raise Missing(_("This day has passed. Choose one that is to come."), code="past", field="due_on")
    step.put()
    record(actor, "step.added", step, kind=kind, guard=str(guard.pk))
    touch(case)
    return step


@command
def change_step(*, actor: User, step: PlanStep, version: int, **changes: Any) -> PlanStep:
    """Put in other words, done by someone else, on another day. Another text or doer asks the resident anew; the answer of
    before stays in the history of the row.

    `version` is what the form began with: raises `ChangedMeanwhile` when a colleague changed the step since.
    """
    step = locked_step(step)
    permissions.check_may_add(actor, step.case, step.category)
    if step.version != version:
        raise ChangedMeanwhile(step)
    if step.status not in PlanStep.OPEN and step.status != PlanStep.Status.STOPPED:
        raise Refused(_("This step is done. Add another one."), code="done")
    before = [getattr(step, name) for name in WHAT_AND_WHO]
    moved = "due_on" in changes and changes["due_on"] != step.due_on
    for name, value in changes.items():
        setattr(step, name, value.strip() if isinstance(value, str) else value)
    if step.goal:
        step.domain = step.goal.domain
    permissions.check_may_add(actor, step.case, step.category)
    _check(step)
    if moved and step.due_on < timezone.localdate():
        raise Missing(_("This day has passed. Choose one that is to come."), code="past", field="due_on")
    asked_anew = bool(step.answer) and before != [getattr(step, name) for name in WHAT_AND_WHO]
    if asked_anew:
        forget_answer(step)
    step.version += 1
    step.full_clean(exclude=RELATIONS)
    step.save()
    record(actor, "step.changed", step, kind=step.kind, guard=str(step.guard_id), asked_anew=asked_anew)
    touch(step.case)
    return step


@command
def link_step(*, actor: User, step: PlanStep, label: str, thing: UUID) -> PlanStep:
    """This step is what was begun from it, such as a request: named by the key under which the floor above tells of it.

    For who may write in its category. A step that is something already stays that.
    """
    step = locked_step(step)
    permissions.check_may_add(actor, step.case, step.category)
    if step.linked_label:
        return step
    step.linked_label, step.linked_id = label, thing
    step.version += 1
    step.full_clean(exclude=RELATIONS)
    step.save()
    record(actor, "step.linked", step)
    touch(step.case)
    return step


RELATIONS = ["case", "unit", "goal", "resident", "person", "talent", "guard", "answer_noted_by", "representative"]


def locked_step(step: PlanStep) -> PlanStep:
    """The step as it is now, with its goal and its case, held until the transaction ends."""
    found = PlanStep.objects.select_for_update(no_key=True, of=("self",)).select_related("case", "goal", "guard")
    return found.get(pk=step.pk)


def forget_answer(step: PlanStep) -> None:
    step.answer, step.answered_on, step.answered_by, step.answer_noted_by = PlanStep.Answer.NOT_ASKED, None, "", None
    step.representative, step.without_because = None, ""


def _check(step: PlanStep) -> None:
    if step.kind not in PlanStep.Kind.values:
        raise Missing(_("Choose who does this."), code="kind", field="kind")
    if not step.text:
        raise Missing(_("Say in a few words what happens."), code="no_text", field="text")
    if step.kind == PlanStep.Kind.LOCAL_OFFER and not step.where:
        raise Missing(_("Write where it is, or of whom."), code="no_where", field="where")
    if not permissions.works_on(step.guard, step.case):
        raise Missing(
            _("%(who)s does not work on this case. Involve them first.") % {"who": step.guard}, code="elsewhere", field="guard"
        )
    if step.person is not None and step.kind != PlanStep.Kind.NETWORK:
        step.person = None
    if step.resident is not None and step.kind != PlanStep.Kind.RESIDENT:
        step.resident = None
    for thing in (step.goal, step.person, step.talent):
        if thing is not None and thing.case_id != step.case_id:
            raise Refused(_("This is not of this case."), code="elsewhere")
    if step.resident is not None and not CaseMember.objects.filter(case=step.case, resident=step.resident).exists():
        raise Refused(_("This is not of this case."), code="elsewhere")
