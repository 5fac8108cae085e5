"""What was begun from a step of the plan, such as a request, is that step from then on: nobody has to say so afterwards."""

from typing import Any
from uuid import UUID

from luisterloket.people.models import User

from . import actions, permissions
from .models import Case, PlanStep
from .plan_page import STEP


def step_asked(values: Any, draft: Any = None) -> str:
    """The step in an address or a form, or in what was being typed before; nothing when it is no id."""
    for one in (values, draft or {}):
        try:
            return str(UUID(str(one.get(STEP, ""))))
        except ValueError:
            continue
    return ""


def begun_from(step: str, *, actor: User, case: Case, kind: str, label: str, thing: UUID) -> None:
    """Link what was sent to the step that it began from.

    A step of another case, of another kind, or of which this person may not write is passed over without a word.
    """
    found = PlanStep.objects.filter(case=case, pk=step, kind=kind).first() if step else None
    if found is not None and permissions.may_contribute(actor, found.category, case.unit_id, case.pk):
        actions.link_step(actor=actor, step=found, label=label, thing=thing)
