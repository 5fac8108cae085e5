"""What the page of the five steps shows. Nothing on it comes from anywhere but the disclosure."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .models import Case, MeldcodeTrack, StepName
from .signs import MELDCODE, SAFETY

# What each step asks, in our own words.
ASKS = {
    StepName.SIGNS: _("Write what you saw and heard, and when. Keep facts apart from what you think."),
    StepName.CONSULT: _("Think it over with a colleague. You may ask Veilig Thuis for advice without saying who it is about."),
    StepName.TALK: _("Talk with the resident, and with the child. Is that not safe? Then leave it out and write why."),
    StepName.WEIGH: _("How serious is it, and is someone in danger now? When in doubt, ask Veilig Thuis."),
    StepName.DECIDE: _("Is a report to Veilig Thuis needed? And: can you help, or find help, as well? Answer both."),
}


@dataclass(frozen=True)
class Step:
    """One of the five, written or not."""

    number: int
    name: Any
    asks: Any
    item: Item | None
    is_next: bool

    @property
    def is_left_out(self) -> bool:
        """There is only a reason why it was not done."""
        said = self.item.details if self.item else {}
        return bool(said) and bool(said["why_not"]) and not (said["found"] or said["with_whom"])


@dataclass(frozen=True)
class Track:
    """The steps as they were once begun."""

    item: Item
    steps: list[Step]

    @property
    def pk(self) -> UUID:
        return self.item.ref

    @property
    def is_open(self) -> bool:
        return bool(self.item.details["status"] == MeldcodeTrack.Status.OPEN)

    @property
    def can_close(self) -> bool:
        """Nothing is asked of the decisions any more; that another step was never written does not hold it up."""
        decided = self.steps[-1].item
        return self.is_open and decided is not None and bool(decided.details["is_done"])


@dataclass(frozen=True)
class MeldcodePage:
    case: Case
    name: str
    tracks: list[Track]
    # The marks that say that someone is not safe, in the words that were heard.
    marks: list[Item]

    @property
    def current(self) -> Track | None:
        """The one that is not finished."""
        return next((track for track in self.tracks if track.item.details["unfinished"]), None)

    def find(self, pk: UUID) -> Track | None:
        return next((track for track in self.tracks if track.pk == pk), None)


def meldcode_page(case: Case, user: User) -> MeldcodePage:
    """One disclosure of the name and of safety, newest steps first."""
    scope = scope_of(case)
    disclosed = disclose(
        scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what=MELDCODE, only=["identity", SAFETY]
    )
    written = {(item.details["track"], item.details["number"]): item for item in disclosed.of("meldcode_step")}
    return MeldcodePage(
        case=case,
        name=disclosed.text("name", scope.subjects[0]),
        tracks=[Track(item, _steps(item, written)) for item in disclosed.of("meldcode")],
        marks=disclosed.of("concern"),
    )


def _steps(track: Item, written: dict[tuple[UUID, int], Item]) -> list[Step]:
    upcoming = track.details["next"] if track.details["unfinished"] else None
    return [
        Step(step.value, step.label, ASKS[step], written.get((track.ref, step.value)), step.value == upcoming) for step in StepName
    ]
