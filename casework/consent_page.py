"""The page of informing and consent: for one resident, per purpose, who gets what on what ground, what was told and said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from luisterloket.convenant.disclosure import Disclosure, Ground, disclose
from luisterloket.convenant.uses import Use, uses_of_today
from luisterloket.people.models import Unit, User
from luisterloket.platform.registries import GivenOut, GroundEnded, given_out

from .consent_rules import in_words, must_say_yes, representatives_of, ties_of
from .consents import last_informings, last_steps, rows_of, words_for
from .disclosures import scope_of
from .disclosures_people import KINDS_OF_REPRESENTATIVES
from .models import Case, ConsentStep, Document, Informing, Resident
from .withholding import readers_of
from .withholding_pages import members_of

State = ConsentStep.State


@dataclass(frozen=True)
class Line:
    """One thing that is asked: to whom it may go, in what words, and what was said last."""

    use: Use
    words: str
    step: ConsentStep | None
    # What must be known before a yes is noted, such as that a parent has to say it too.
    must: Any
    # What went out before it was taken back, and cannot be closed any more: who has it is told (AVG article 19).
    already: list[GivenOut] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.use.purpose}.{self.use.category}.{self.use.organisation_id}"

    @property
    def state(self) -> str:
        return self.step.state if self.step else ""

    @property
    def can(self) -> set[str]:
        return ConsentStep.NEXT[self.state]


@dataclass(frozen=True)
class Party:
    """What one party gets without being asked for, by the ground on which it does."""

    name: str
    grounds: Mapping[str, list[str]]


@dataclass(frozen=True)
class Part:
    """Everything about one purpose."""

    purpose: str
    name: str
    parties: list[Party]
    lines: list[Line]
    informed: Informing | None


@dataclass(frozen=True)
class ConsentPage:
    case: Case
    resident: UUID
    name: str
    # Who else is in the case: each is told and asked for themself.
    people: list[tuple[UUID, str]]
    parts: list[Part]
    # Who decides for this resident: the key in the form, and who it is.
    deciders: list[tuple[str, str]]
    papers: list[tuple[UUID, str]]
    shared: list[GivenOut]

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def has_given(self) -> bool:
        return any(line.state == State.GIVEN for line in self.lines)

    @property
    def told_of_all(self) -> bool:
        return bool(self.parts) and all(part.informed for part in self.parts)


def consent_page(
    case: Case, user: User, resident: UUID | None = None, *, what: str = "consent", paper: bool = False
) -> ConsentPage:
    """For this resident, or whom the case is about. One disclosure: who they are, and who decides for them.

    Raises `Resident.DoesNotExist` for who is not of this case as far as this person may see.
    """
    scope = scope_of(case)
    kinds = set() if paper else _categories_of_papers(case)
    disclosed = disclose(
        scope,
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what=what,
        only={"identity", *KINDS_OF_REPRESENTATIVES, *kinds},
        readers=readers_of(case, resident or scope.subjects[0]) if paper else (),
    )
    people = members_of(case, disclosed)
    if "household" not in disclosed.allowed:
        people = people[:1]
    names = dict(people)
    chosen = resident or scope.subjects[0]
    if chosen not in names:
        raise Resident.DoesNotExist
    who = Resident.objects.get(pk=chosen)
    rows = rows_of(case, chosen)
    out = [one for tell in given_out for one in tell(user, case)]
    return ConsentPage(
        case=case,
        resident=chosen,
        name=names[chosen],
        people=people,
        parts=_parts(case, who, rows, out),
        deciders=_deciders(who, disclosed),
        papers=[(item.ref, item.text) for item in disclosed.of("document")],
        shared=sorted((one for one in out if not one.subjects or one.subjects & rows), key=lambda one: one.at, reverse=True),
    )


def _parts(case: Case, who: Resident, rows: frozenset[UUID], out: Iterable[GivenOut]) -> list[Part]:
    elsewhere = _teams_elsewhere(case)
    uses = [use for use in uses_of_today() if use.organisation_id not in elsewhere]
    steps, told = last_steps(case.pk, rows), last_informings(case.pk, rows)
    by_purpose: dict[str, list[Use]] = {}
    for use in uses:
        by_purpose.setdefault(use.purpose, []).append(use)
    return [
        Part(
            purpose,
            found[0].purpose_name,
            _parties(use for use in found if not use.needs_consent),
            [_line(use, case, who, rows, steps, out) for use in found if use.needs_consent],
            told.get(purpose),
        )
        for purpose, found in by_purpose.items()
    ]


def _teams_elsewhere(case: Case) -> set[UUID]:
    """The organisations that listen in other wijken: what they may do there is not about this case."""
    here = Unit.objects.filter(pk=case.unit_id).values("organisation_id")
    teams = Unit.objects.filter(kind=Unit.Kind.WIJKTEAM).exclude(organisation_id__in=here)
    return set(teams.values_list("organisation_id", flat=True))


def _parties(uses: Iterable[Use]) -> list[Party]:
    found: dict[str, dict[str, list[str]]] = {}
    for use in uses:
        found.setdefault(use.organisation, {}).setdefault(use.ground, []).append(use.category_name)
    return [Party(name, grounds) for name, grounds in found.items()]


def _line(
    use: Use, case: Case, who: Resident, rows: frozenset[UUID], steps: Mapping[Any, ConsentStep], out: Iterable[GivenOut]
) -> Line:
    step = steps.get((use.purpose, use.category, use.organisation_id))
    already: list[GivenOut] = []
    if step and step.state == State.WITHDRAWN:
        ended = GroundEnded(case.pk, use.purpose, use.category, use.organisation_id, rows)
        already = [one for one in out if not (one.is_open or one.is_told) and one.falls_under(ended) and one.at <= step.at]
    return Line(use, words_for(use), step, in_words(must_say_yes(who, use.category)), already)


def _categories_of_papers(case: Case) -> set[str]:
    """Of which categories there is a paper that can be the signed one: of what consent is asked for, or of who someone is."""
    asked = {use.category for use in uses_of_today() if use.needs_consent}
    found = Document.objects.on_file().filter(case=case, category__in=asked | {"identity"})
    return set(found.values_list("category", flat=True))


def _deciders(who: Resident, disclosed: Disclosure) -> list[tuple[str, str]]:
    """By name as far as the convenant lets this person see it, and otherwise by what they are."""
    named = {item.ref: str(item.details["name"]) for kind in ("representative", "tie") for item in disclosed.of(kind)}
    found: list[Any] = [*representatives_of(who), *ties_of(who)]
    return [(str(one.pk), ", ".join(filter(None, [named.get(one.pk, ""), str(one.get_kind_display())]))) for one in found]
