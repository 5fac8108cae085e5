"""What was done, by whom, when and why: append-only, ids only."""

from typing import Any
from uuid import UUID

from .models import HistoryEntry


def record(actor: Any, verb: str, thing: Any, **details: Any) -> None:
    """Keep that `actor` did `verb` to `thing`. `details` hold ids, codes and amounts, never text about a person."""
    HistoryEntry.objects.create(
        actor_id=actor.pk,
        actor_kind=HistoryEntry.ActorKind.PERSON if actor.pk else HistoryEntry.ActorKind.JOB,
        verb=verb,
        thing_label=thing._meta.label_lower,
        thing_id=thing.pk,
        unit_id=_of(thing, "unit_id"),
        desk_unit_id=_of(thing, "desk_unit_id"),
        case_id=thing.pk if thing._meta.label_lower == "casework.case" else _of(thing, "case_id"),
        details=details,
    )


def _of(thing: Any, name: str) -> UUID | None:
    return getattr(thing, name, None)
