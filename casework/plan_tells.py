"""Which other things a step of the plan tells of: what is kept of one of those from someone at home is kept of the step."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from .models import PlanStep

# What a step can point at, by the kind under which that is disclosed.
POINTS_AT = {"goal": "goal_id", "support_person": "person_id", "strength": "talent_id", "representative": "representative_id"}


def keys_told(step: Any, members: Mapping[UUID, UUID]) -> frozenset[str]:
    """The keys of what a step, or a row of its past, tells of; `members` are the rows of who lives there, by resident."""
    found = {f"{kind}:{getattr(step, name)}" for kind, name in POINTS_AT.items() if getattr(step, name)}
    if step.linked_label:
        found.add(f"{step.linked_label}:{step.linked_id}")
    return somebody(step.resident_id, members) | found


def keys_ever_told(steps: Iterable[str], members: Mapping[UUID, UUID]) -> frozenset[str]:
    """The same of some steps as they are and as they ever were: a text of before may still say it."""
    past = PlanStep.history.filter(id__in=list(steps))
    return frozenset().union(*(keys_told(row, members) for row in past))


def somebody(resident: UUID | None, members: Mapping[UUID, UUID]) -> frozenset[str]:
    return frozenset({f"member:{members[resident]}"}) if resident and resident in members else frozenset()
