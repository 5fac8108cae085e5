"""What the resident says of a step, where it stands, and what it brought."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.deciding import decider_on
from casework.models import PlanStep
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .plans import RELATIONS, locked_step
from .refusals import ChangedMeanwhile, Missing

Answer, Status = PlanStep.Answer, PlanStep.Status


@command
def answer_step(
    *,
    actor: User,
    step: PlanStep,
    version: int,
    answer: str,
    said_by: str = PlanStep.SaidBy.RESIDENT,
    representative_agreed: bool = False,
    without_because: str = "",
) -> PlanStep:
    """The resident agrees to a step, or does not want it; who says no to what is under way, stops it.

    `version` is what was read out: raises `ChangedMeanwhile` when the step says something else by now. Agreeing about money or care
    of someone for whom another decides asks whether that person agreed, or why not: raises `Missing` (BW boek 1 titels 16, 19, 20).
    """
    step = locked_step(step)
    permissions.check_may_add(actor, step.case, step.category)
    if step.version != version:
        raise ChangedMeanwhile(step)
    if answer not in {Answer.AGREED, Answer.DECLINED} or said_by not in PlanStep.SaidBy.values:
        raise Missing(_("Choose what the resident said."), code="answer", field="answer")
    if step.status == Status.DONE:
        raise Refused(_("This step is done, so there is nothing to agree on any more."), code="done")
    decider = decider_on(step, actor) if answer == Answer.AGREED else None
    by_representative = said_by == PlanStep.SaidBy.REPRESENTATIVE
    if decider and not (representative_agreed or by_representative or without_because.strip()):
        raise Missing(
            _("Someone decides for this resident about this. Did they agree too? If they were not asked: why not?"),
            code="representative",
            field="without_because",
        )
    agreed_too = decider is not None and (representative_agreed or by_representative)
    step.answer, step.answered_by, step.answered_on = answer, said_by, timezone.localdate()
    step.answer_noted_by, step.representative = actor, decider if agreed_too else None
    step.without_because = without_because.strip() if decider and not agreed_too else ""
    if answer == Answer.DECLINED and step.status == Status.DOING:
        step.move_to(Status.STOPPED)
        step.ended_at = timezone.now()
    _save(step)
    record(actor, f"step.{answer}", step, said_by=said_by, representative=agreed_too)
    touch(step.case)
    return step


@command
def move_step(*, actor: User, step: PlanStep, to: str, effect: str = "", effect_word: str = "") -> PlanStep:
    """Take a step up, close it (with what it brought, in one tap), stop it, plan it again, or take a wrong “done” back.

    Raises `Refused` for what the resident declined, and for what is not possible from where it stands.
    """
    step = locked_step(step)
    permissions.check_may_add(actor, step.case, step.category)
    if to not in Status.values:
        raise Refused(_("Choose what happened with this step."), code="status")
    if step.answer == Answer.DECLINED and to != Status.STOPPED:
        raise Refused(
            _("The resident does not want this step, so it is not taken up. Change it together, or ask again."), code="declined"
        )
    was = step.status
    step.move_to(to)
    step.ended_at = timezone.now() if to in {Status.DONE, Status.STOPPED} else None
    step.effect, step.effect_word = (effect, effect_word.strip()) if to == Status.DONE else ("", "")
    _save(step)
    record(actor, f"step.{to}", step, was=was, effect=step.effect)
    touch(step.case)
    return step


@command
def note_effect(*, actor: User, step: PlanStep, effect: str, effect_word: str = "") -> PlanStep:
    """What a step brought, said later or seen otherwise by now. What was said before stays in the history of the row."""
    step = locked_step(step)
    permissions.check_may_add(actor, step.case, step.category)
    if step.status != Status.DONE:
        raise Refused(_("What a step brings is said when it is done."), code="not_done")
    if effect not in PlanStep.Effect.values:
        raise Missing(_("Choose whether it helps."), code="effect", field="effect")
    step.effect, step.effect_word = effect, effect_word.strip()
    _save(step)
    record(actor, "step.effect", step, effect=effect)
    touch(step.case)
    return step


def _save(step: Any) -> None:
    step.full_clean(exclude=RELATIONS)
    step.save()
