"""Who of a case can ask something about their data, by name."""

from uuid import UUID

from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .models import Case
from .withholding_pages import members_of


def household_names(case: Case, user: User) -> list[tuple[UUID, str]]:
    """Everyone of the case with what they are called, who it is about first. The look is kept."""
    ground = Ground("involvement", case.pk)
    disclosed = disclose(scope_of(case), to=user, purpose="listening", ground=ground, what="rights of a case", only=["identity"])
    return members_of(case, disclosed)
