"""What a preview needs: whose part is played, on what stage, and which pages the floors above can show there (decision 30)."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from luisterloket.people.models import Appointment, Organisation, Post, Unit, User
from luisterloket.people.roles import ROLES, Role
from luisterloket.platform.registries import Registry

from .disclosure import Allowed, authorised
from .models import DataCategory, Purpose

# In what kind of unit each role is played.
PLAYED_IN = {
    Unit.Kind.WIJKTEAM: ["wijkwerker", "buddy", "coordinator", "wijkwethouder", "treasurer", "auditor"],
    Unit.Kind.DESK: ["specialist", "desk_lead", "reporter"],
    Unit.Kind.OFFICE: ["participant", "reporter", "convenant_admin", "privacy_officer", "rights_handler"],
}
_running: ContextVar[bool] = ContextVar("previewing", default=False)


@contextmanager
def running() -> Iterator[None]:
    token = _running.set(True)
    try:
        yield
    finally:
        _running.reset(token)


def is_running() -> bool:
    """Whether all that is done now is taken back again."""
    return _running.get()


@dataclass(frozen=True)
class Seat:
    """A role at a unit, for the organisation that the convenant speaks to there."""

    role: Role
    unit: Unit
    organisation: Organisation

    def post(self) -> Post:
        unit = self.unit
        return Post(self.role, unit.pk, unit.kind, unit.name, self.organisation.pk, unit.wijk_id)


@dataclass
class Stage:
    """Where a preview is played. Everyone and everything on it is made up, but in a preview of a real case that case, and who
    asked, who then does what is needed (`builder`). Nothing of it stays.
    """

    seat: Seat
    # Who plays the part, and where: a unit that is as the real one, and empty.
    stand_in: User
    unit: Unit
    builder: User
    # The wijk team that the case is of.
    team: Unit
    # Made-up colleagues, by role: who signs along, who has the last word and who has the money; nobody in a preview of a real case.
    helpers: dict[str, User] = field(default_factory=dict)
    case: Any = None


@dataclass(frozen=True)
class Sample:
    """A page that this role may come to."""

    label: Any
    url: str


# What a desk asks for is no purpose of another desk, though the convenant speaks to the organisation of both.
purposes_elsewhere: Registry[Callable[[Unit], Collection[str]]] = Registry(
    "purposes that are of other units than this: unit -> codes"
)
samples: Registry[Callable[[Stage], Sample | None]] = Registry("pages for a preview: stage -> page, or None when not of this role")


def seat_for(role: str, unit: Unit) -> Seat | None:
    """The role at this unit, as it is played there; None when it is not played in that kind of unit."""
    if role not in PLAYED_IN[Unit.Kind(unit.kind)]:
        return None
    held = Appointment.objects.in_force().filter(role=role, unit=unit).select_related("on_behalf_of").first()
    return Seat(ROLES[role], unit, (held.on_behalf_of if held else None) or unit.organisation)


@dataclass(frozen=True)
class Given:
    """One category beside what this role may do with it: per purpose the level and the ground. None of them: nothing."""

    category: DataCategory
    cells: list[tuple[Purpose, Allowed]]


def given_to(seat: Seat) -> list[Given]:
    """All categories, with what the version that decides gives this role there; what only an emergency opens is among it."""
    found: dict[str, list[tuple[Purpose, Allowed]]] = {}
    elsewhere = {code for offer in purposes_elsewhere for code in offer(seat.unit)}
    for purpose in Purpose.objects.exclude(code__in=elsewhere).order_by("name"):
        for code, cell in authorised([seat.post()], purpose.code).items():
            found.setdefault(code, []).append((purpose, cell))
    return [Given(category, found.get(category.code, [])) for category in DataCategory.objects.order_by("order")]


def seen_by(posts: tuple[Post, ...]) -> frozenset[str]:
    """The categories that someone in these posts may see for any purpose but an emergency."""
    purposes = Purpose.objects.exclude(code="emergency").values_list("code", flat=True)
    return frozenset(code for purpose in purposes for code in authorised(posts, purpose))
