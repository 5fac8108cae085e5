"""What the pages of the next contact and of ending a case show."""

from dataclasses import dataclass
from datetime import date

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .models import Case, FollowUp
from .permissions import works_on
from .rhythm import rhythm_of
from .safety import colleagues_of

WHAT, ENDING = "next contact", "ending a case"


@dataclass(frozen=True)
class FollowUpPage:
    case: Case
    name: str
    # The one to come, as row and as it may be shown; none of an ended case.
    to_come: FollowUp | None
    item: Item | None
    past: list[Item]
    # The day that stands ready, and whether waakvlam comes to its end with this one.
    next_on: date | None
    is_last: bool


def follow_up_page(case: Case, user: User) -> FollowUpPage:
    """One disclosure, in a fixed number of queries."""
    disclosed = disclose(
        scope_of(case), to=user, purpose="listening", ground=Ground("involvement", case.pk), what=WHAT, only=["identity", "contact"]
    )
    items = disclosed.of("follow_up")
    to_come = next_of(case)
    rhythm = rhythm_of(case.unit_id)
    return FollowUpPage(
        case,
        disclosed.text("name"),
        to_come,
        next((item for item in items if item.details["done_at"] is None), None),
        [item for item in items if item.details["done_at"] is not None],
        rhythm.next_on(to_come, FollowUp.Result.REACHED) if to_come else None,
        bool(to_come and rhythm.is_last(to_come)),
    )


@dataclass(frozen=True)
class EndingPage:
    case: Case
    name: str
    quote: Item | None
    # How it was heard at the beginning, and how earlier endings went.
    concerns: list[Item]
    earlier: list[Item]


def ending_page(case: Case, user: User) -> EndingPage:
    disclosed = disclose(scope_of(case), to=user, purpose="listening", ground=Ground("involvement", case.pk), what=ENDING)
    return EndingPage(
        case,
        disclosed.text("name"),
        next(iter(disclosed.of("quote")), None),
        disclosed.of("concern"),
        disclosed.of("ending"),
    )


def next_of(case: Case) -> FollowUp | None:
    return FollowUp.objects.to_come().filter(case=case).select_related("who").first()


def colleagues_on(case: Case) -> list[User]:
    """Who works on this case now."""
    return [user for user in colleagues_of(case) if works_on(user, case)]
