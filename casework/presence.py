"""Who has a conversation open right now, and nothing of what is typed."""

from luisterloket.people import presence
from luisterloket.people.models import User

from .models import Intake


def seen(intake: Intake, user: User) -> list[str]:
    """Keep that this person has it open, and give the names of the others who do."""
    return presence.seen(f"intake-open:{intake.pk}", user)
