"""The one place that discloses. Whatever is shown, sent or printed about a resident comes out of `disclose`.

Higher floors register where the data are (`@source`) and what makes a look legitimate (`@ground`); this module asks the
convenant in force what the one who looks may see, takes only that from the sources, leaves out what the residents themselves
closed (`@narrowing`: consent that was not given, or was withdrawn), and keeps the look in the access log.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luisterloket.people.models import Post
from luisterloket.platform import afterwards
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from luisterloket.platform.registries import Registry

from .access_log import Result, keep_look
from .models import (
    Authorisation,
    ConvenantVersion,
    DataCategory,
    IdentityNumberUse,
    Phase,
    asks_consent,
    day_that_counts,
    is_party_today,
    of_today,
)


@dataclass(frozen=True)
class Item:
    """One thing about one resident: the smallest piece that is disclosed, chosen to go along, or left out."""

    category: str
    kind: str
    subject_id: UUID
    ref: UUID
    label: Any
    text: str
    details: Mapping[str, Any] = field(default_factory=dict)
    # What must stand beside it wherever it is shown, such as that this number may never be called.
    beside: tuple[Any, ...] = ()
    # Why it does not go along as a matter of course: whoever sends it chooses it, having read this.
    careful: Any = ""
    # The keys of other things that it tells of, such as who does a step: what is kept of those is kept of this.
    tells: frozenset[str] = frozenset()
    # The other categories that its text tells of, such as those of a letter.
    also: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """The text with what must stand beside it, for where only a text goes along."""
        return f"{self.text} ({'; '.join(map(str, self.beside))})" if self.beside else self.text

    @property
    def key(self) -> str:
        """Names this item in a form."""
        return f"{self.kind}:{self.ref}"


@dataclass(frozen=True)
class Scope:
    """Whose data are asked for: residents, and the case in which, when there is one."""

    subjects: tuple[UUID, ...]
    case_id: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """What a ground gives: the posts in which this person may look, and the case that it is about."""

    posts: tuple[Post, ...]
    case_id: UUID | None = None


@dataclass(frozen=True)
class Ground:
    """Why someone looks: a kind (`involvement`, `wijk`, …) and the thing that gives the right, such as a case."""

    kind: str
    ref: UUID | None = None


@dataclass(frozen=True)
class Allowed:
    """What the convenant lets someone do with one category, and on what legal ground."""

    category: str
    level: str
    legal_ground: str
    version_id: UUID
    # The parties that may have it only with the resident's own yes; none when one of the grounds does without.
    consent_for: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Asked:
    """What is about to be given, of whom and for which purpose. `fixed` when it was copied before, such as at sending."""

    subjects: frozenset[UUID]
    case_id: UUID | None
    purpose: str
    allowed: Mapping[str, Allowed]
    fixed: bool


@dataclass(frozen=True)
class Closed:
    """Why a category of one resident is not given, although the convenant has a cell for it: a code, and a sentence for pages."""

    code: str
    why: Any


Source = Callable[[Scope, frozenset[str]], Iterable[Item]]
GroundCheck = Callable[[Any, Ground, Scope], Standing | None]
Withholding = Callable[[Scope, list[Item], frozenset[UUID]], list[Item]]
ClosedPairs = Mapping[tuple[UUID, str], Closed]
Narrowing = Callable[[Asked], ClosedPairs]
_sources: list[tuple[frozenset[str], Source]] = []
_grounds: dict[str, GroundCheck] = {}
_withholdings: list[Withholding] = []
_narrowings: list[Narrowing] = []
phases: Registry[Callable[[UUID], str | None]] = Registry(
    "in what phase of the work a case is: id -> phase, or None when not known"
)
# Only a preview sets these (decision 0030): what may be shown at most, and the made-up organisation of who fills a made-up case.
_at_most: ContextVar[frozenset[str] | None] = ContextVar("at_most", default=None)
_made_up: ContextVar[UUID | None] = ContextVar("made_up", default=None)


def source(*categories: str) -> Callable[[Source], Source]:
    """Register where the data of these categories are. It gets the scope and the categories that may be given."""

    def add(function: Source) -> Source:
        _sources.append((frozenset(categories), function))
        return function

    return add


def ground(kind: str) -> Callable[[GroundCheck], GroundCheck]:
    """Register how a ground is checked: it returns in what posts this person stands, or None when there is no ground."""

    def add(function: GroundCheck) -> GroundCheck:
        _grounds[kind] = function
        return function

    return add


def withholding(function: Withholding) -> Withholding:
    """Register what is kept from household members: it gets the scope, the items and who will read them, and gives the items
    that may be there, each with what must stand beside it.
    """
    _withholdings.append(function)
    return function


def narrowing(function: Narrowing) -> Narrowing:
    """Register what the residents themselves close: it gets what is asked, and gives the categories that are closed, each of one
    resident. Everything that gives something to someone asks all of these, so that none of them can open what another closes.
    """
    _narrowings.append(function)
    return function


class Disclosure:
    """What was disclosed. Asking it for anything that was not authorised gives nothing."""

    def __init__(self, items: Iterable[Item], allowed: Mapping[str, Allowed]):
        self.items = list(items)
        self.allowed = allowed

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def of(self, kind: str, subject_id: UUID | None = None) -> list[Item]:
        return [item for item in self.items if item.kind == kind and subject_id in (None, item.subject_id)]

    def text(self, kind: str, subject_id: UUID | None = None) -> str:
        """The first item of this kind, or an empty text."""
        return next((item.text for item in self.of(kind, subject_id)), "")

    def may_contribute(self, category: str) -> bool:
        allowed = self.allowed.get(category)
        return allowed is not None and allowed.level == Authorisation.Level.CONTRIBUTE


def authorised(posts: Iterable[Post], purpose: str, case_id: UUID | None = None) -> dict[str, Allowed]:
    """What the convenant in force today lets these posts see for this purpose, per category. Nothing by default. One query.

    An identity number needs both: the cell, and that it is switched on for the organisation (decision 16). Cells of one phase
    of the work count only with a case that is in that phase (decision 26).
    """
    allowed: dict[str, Allowed] = {}
    where = {(post.organisation_id, post.role.code) for post in posts}
    for (organisation, role), cell in _cells(purpose, case_id, party__organisation__in={org for org, _ in where}):
        if (organisation, role) in where:
            _widen(allowed, cell)
    return _everything() if _made_up.get() in {organisation for organisation, _role in where} - {None} else allowed


def _together(one: Allowed, other: Allowed) -> Allowed:
    """Two cells of who looks in more than one post: the most that either gives. Consent is asked when both ask it."""
    if bool(one.consent_for) != bool(other.consent_for):
        best = other if one.consent_for else one
    else:
        best = other if other.level == Authorisation.Level.CONTRIBUTE else one
    levels = {one.level, other.level}
    level = Authorisation.Level.CONTRIBUTE if Authorisation.Level.CONTRIBUTE in levels else best.level
    both = bool(one.consent_for and other.consent_for)
    return replace(best, level=level, consent_for=one.consent_for | other.consent_for if both else frozenset())


def who_may(purpose: str, case_id: UUID | None = None) -> dict[tuple[UUID, str], dict[str, Allowed]]:
    """Per organisation and role what the convenant in force lets them see for this purpose; without a cell nothing. One query."""
    found: dict[tuple[UUID, str], dict[str, Allowed]] = {}
    for seat, cell in _cells(purpose, case_id):
        _widen(found.setdefault(seat, {}), cell)
    if made_up := _made_up.get():
        found[made_up, "wijkwerker"] = _everything()
    return found


def _widen(allowed: dict[str, Allowed], cell: Allowed) -> None:
    before = allowed.get(cell.category)
    allowed[cell.category] = _together(before, cell) if before else cell


@contextmanager
def at_most(categories: Iterable[str]) -> Iterator[None]:
    """Inside, nothing is disclosed outside these categories, whoever looks: a preview shows no more than who asked may see."""
    token = _at_most.set(frozenset(categories))
    try:
        yield
    finally:
        _at_most.reset(token)


@contextmanager
def filling_a_sample(organisation_id: UUID) -> Iterator[None]:
    """Inside, who works for this organisation may write everything. It is one that a preview made up a moment ago, with the case
    that is filled: no real organisation, and nothing that stays.
    """
    token = _made_up.set(organisation_id)
    try:
        yield
    finally:
        _made_up.reset(token)


def _everything() -> dict[str, Allowed]:
    version = ConvenantVersion.in_force()
    codes = DataCategory.objects.exclude(sensitivity=DataCategory.Sensitivity.BSN).values_list("code", flat=True)
    level = Authorisation.Level.CONTRIBUTE
    return {code: Allowed(code, level, "", version.pk if version else UUID(int=0)) for code in codes}


def cells_that_hold() -> QuerySet[Authorisation]:
    """The cells of the version that decides today, of parties that take part, on the ground of a law that is in force. An
    identity number only where it is switched on.
    """
    switched_on = IdentityNumberUse.objects.filter(organisation=OuterRef("party__organisation"), switched_off_at=None)
    return Authorisation.objects.filter(
        of_today("version__"),
        is_party_today("party__"),
        ~Q(category__sensitivity=DataCategory.Sensitivity.BSN) | Exists(switched_on),
        ground__law__in_force_since__lte=day_that_counts(),
    )


def _cells(purpose: str, case_id: UUID | None, **where: Any) -> Iterator[tuple[tuple[UUID, str], Allowed]]:
    """The cells that hold today for a purpose, in the order of the categories, each with the organisation and role it is of.

    In what phase a case is, is asked only when there are cells of one phase.
    """
    cells = cells_that_hold().filter(purpose_id=purpose, **where)
    if (limit := _at_most.get()) is not None:
        cells = cells.filter(category__in=limit)
    phase: str | None = None
    columns = ("party__organisation_id", "role", "category_id", "level", "version_id", "phase")
    grounds = ("ground__law__name", "ground__article", "ground__avg_basis", "ground__exception")
    found = cells.order_by("category__order").values_list(*columns, *grounds)
    for organisation, role, category, level, version, only_in, law, article, basis, exception in found:
        if only_in != Phase.ANY:
            phase = phase_of(case_id) if phase is None else phase
            if only_in != phase:
                continue
        asks = frozenset({organisation}) if asks_consent(basis, exception) else frozenset()
        yield (organisation, role), Allowed(category, level, " ".join(filter(None, [law, article])), version, asks)


def closed(
    subjects: Iterable[UUID], case_id: UUID | None, purpose: str, allowed: Mapping[str, Allowed], *, fixed: bool = False
) -> dict[tuple[UUID, str], Closed]:
    """What is closed of these residents, by resident and category, with why."""
    asked = Asked(frozenset(subjects), case_id, purpose, allowed, fixed)
    found: dict[tuple[UUID, str], Closed] = {}
    for narrow in _narrowings if asked.subjects else []:
        found |= narrow(asked)
    return found


def let_through(
    items: Iterable[Item], case_id: UUID | None, purpose: str, allowed: Mapping[str, Allowed], *, fixed: bool = False
) -> list[Item]:
    """Of these items those that the convenant allows and that nothing closes."""
    items = [item for item in items if item.category in allowed]
    shut = closed({item.subject_id for item in items}, case_id, purpose, allowed, fixed=fixed)
    return [item for item in items if not any((item.subject_id, category) in shut for category in {item.category, *item.also})]


def open_to_all_of(scope: Scope, purpose: str, allowed: Mapping[str, Allowed]) -> dict[str, Allowed]:
    """The cells of which nothing is closed for any of these residents: for a text that cannot be cut to measure."""
    shut = {category for _resident, category in closed(scope.subjects, scope.case_id, purpose, allowed, fixed=True)}
    return {category: cell for category, cell in allowed.items() if category not in shut}


def phase_of(case_id: UUID | None) -> str:
    """In what phase of the work a case is, as the floor that keeps cases says; without a case in none, so only what holds in
    every phase counts.
    """
    known = (of_case(case_id) for of_case in phases) if case_id else ()
    return next((phase for phase in known if phase is not None), Phase.ANY)


def disclose(
    scope: Scope,
    *,
    to: Any,
    purpose: str,
    ground: Ground,
    what: str,
    only: Iterable[str] | None = None,
    readers: Iterable[UUID] = (),
) -> Disclosure:
    """Give `to` what the convenant lets them see of these residents for this purpose, and keep that they looked.

    `ground` says why they look and is checked here, not believed. `only` narrows to some categories. `what` names the
    page or paper for the access log. `readers` are the household members who will read a copy: what is kept from any of them
    is left out (decision 0018). Raises `NotAllowed` when the ground does not hold; that is kept too, and tells who asked nothing.
    """
    began = timezone.now()
    standing = standing_on(ground, to, scope)
    if standing is None:
        refuse(scope, to=to, purpose=purpose, ground=ground, what=what)
    allowed = authorised(standing.posts, purpose, scope.case_id or standing.case_id)
    if only is not None:
        allowed = {category: cell for category, cell in allowed.items() if category in set(only)}
    items = let_through(collect(scope, frozenset(allowed), readers=readers), scope.case_id, purpose, allowed)
    version = next((cell.version_id for cell in allowed.values()), None)
    if scope.subjects:
        _log(scope, to, purpose, ground, standing, what, {item.category for item in items}, version, began)
    return Disclosure(items, allowed)


def disclose_fixed(items: Iterable[Item], scope: Scope, *, to: Any, purpose: str, ground: Ground, what: str) -> Disclosure:
    """Give `to` what was copied before, such as what lies on a table, as far as the convenant of today lets them see it.

    For who cannot read the sources themself. The ground is checked and the look is kept, as in `disclose`; raises `NotAllowed`
    when it does not hold.
    """
    began = timezone.now()
    standing = standing_on(ground, to, scope)
    if standing is None:
        refuse(scope, to=to, purpose=purpose, ground=ground, what=what)
    allowed = authorised(standing.posts, purpose, scope.case_id or standing.case_id)
    given = let_through(items, scope.case_id, purpose, allowed, fixed=True)
    version = next((cell.version_id for cell in allowed.values()), None)
    if scope.subjects:
        _log(scope, to, purpose, ground, standing, what, {item.category for item in given}, version, began)
    return Disclosure(given, allowed)


def standing_on(ground: Ground, actor: Any, scope: Scope) -> Standing | None:
    check = _grounds.get(ground.kind)
    return check(actor, ground, scope) if check else None


def collect(scope: Scope, categories: frozenset[str], *, readers: Iterable[UUID] = ()) -> list[Item]:
    """What the sources hold of these residents in these categories. For disclosure and for fixing what a request carries."""
    if not scope.subjects:
        return []
    items: list[Item] = []
    for held, give in _sources:
        wanted = held & categories
        if wanted:
            items += (item for item in give(scope, wanted) if item.category in wanted)
    for keep_back in _withholdings:
        items = keep_back(scope, items, frozenset(readers))
    return items


def log_look(
    scope: Scope,
    *,
    to: Any,
    purpose: str,
    ground: Ground,
    post: Post | None,
    what: str,
    categories: Iterable[str],
    version_id: UUID | None,
) -> None:
    """Keep a look at data that were fixed before, such as what a request carried to a desk."""
    if scope.subjects:
        _log(scope, to, purpose, ground, Standing((post,) if post else ()), what, categories, version_id)


def log_answer(*, to: Any, purpose: str, ground: Ground, post: Post | None, what: str) -> None:
    """Keep that someone was told something without learning of whom, such as that a person is known in another wijk."""
    keep_look(actor_id=to.pk, post=post, purpose=purpose, ground_kind=ground.kind, ground_id=ground.ref, what=what)


def refuse(scope: Scope, *, to: Any, purpose: str, ground: Ground, what: str) -> NoReturn:
    """Keep that `to` asked for this without a ground, also when the action it was asked in is undone, and raise `NotAllowed`."""

    def kept() -> None:
        with acting(to.acting):
            keep_look(
                actor_id=to.pk,
                post=next(iter(to.posts), None),
                purpose=purpose,
                ground_kind=ground.kind,
                ground_id=ground.ref,
                what=what,
                subjects=scope.subjects,
                case_id=scope.case_id,
                result=Result.DENIED,
            )

    afterwards.keep(kept)
    raise NotAllowed()


def _log(
    scope: Scope,
    actor: Any,
    purpose: str,
    ground: Ground,
    standing: Standing,
    what: str,
    categories: Iterable[str],
    version_id: UUID | None,
    began: datetime | None = None,
) -> None:
    given = set(categories)
    keep_look(
        actor_id=actor.pk,
        post=standing.posts[0] if standing.posts else None,
        purpose=purpose,
        ground_kind=ground.kind,
        ground_id=ground.ref,
        version_id=version_id,
        what=what,
        categories=given,
        subjects=scope.subjects,
        case_id=scope.case_id or standing.case_id,
        result=Result.GIVEN if given else Result.NOTHING,
        began=began,
    )
