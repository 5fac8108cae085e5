"""What is still in someone's hands, told by the floors that know it."""

from typing import Any
from uuid import UUID

from luisterloket.platform.registries import in_hands


def left_in_hands(user_id: UUID | None, unit_id: UUID) -> list[Any]:
    """Sentences, each with what to do about it; of everyone at the unit without a person. Empty when nothing is left."""
    return [sentence for tell in in_hands for sentence in tell(user_id, unit_id)]
