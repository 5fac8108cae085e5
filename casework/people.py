"""What the pages about the people of a case show: the household over time, how someone is reached, who speaks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, disclose
from luisterloket.people.models import User
from luisterloket.people.permissions import may

from . import permissions
from .disclosures import scope_with_others
from .groups import people_of
from .identity_numbers import NumberLine, line_of
from .models import Case, CaseMember, Representative
from .selectors import REACH, born_in_words


@dataclass(frozen=True)
class Spokesperson:
    """Someone who decides or speaks for a resident, with where that is changed."""

    item: Item
    change: str
    show_phrase: str


@dataclass(frozen=True)
class Tie:
    item: Item
    end: str


@dataclass(frozen=True)
class Person:
    """Someone of the household, as far as this person may see them."""

    resident_id: UUID
    name: str
    born: str
    part: Any
    is_main: bool
    is_child: bool
    here: bool
    since: date | None
    until: date | None
    authority: Any
    reach: list[Item]
    ties: list[Tie]
    spokespeople: list[Spokesperson]
    case_id: UUID
    # All rows of this person that the reader may see, those of other cases too.
    rows: tuple[UUID, ...] = ()

    @property
    def url(self) -> str:
        return reverse("casework:case-person", args=[self.case_id, self.resident_id])

    @property
    def warnings(self) -> list[Any]:
        """What may never be done to reach them."""
        return [text for item in self.reach for text in item.beside]


@dataclass(frozen=True)
class PeoplePage:
    case: Case
    name: str
    here: list[Person]
    others: list[Person]
    works: bool


def people_page(case: Case, user: User) -> PeoplePage:
    """Everyone of a case, with whom it is about first. One disclosure, and a fixed number of queries."""
    people = _people(case, user, what="people of a case")
    return PeoplePage(
        case=case,
        name=people[0].name,
        here=[one for one in people if one.here],
        others=[one for one in people if not one.here],
        works=may(permissions.check_may_work_on, user, case),
    )


@dataclass(frozen=True)
class PersonPage:
    case: Case
    person: Person
    main: str
    works: bool
    number: NumberLine | None = None


def person_page(case: Case, user: User, resident_id: UUID) -> PersonPage | None:
    """One person of a case; None when they are not of it, or when the convenant shows this person nothing of its household."""
    people = _people(case, user, what="person of a case")
    person = next((one for one in people if resident_id in one.rows), None)
    works = may(permissions.check_may_work_on, user, case)
    return PersonPage(case, person, people[0].name, works) if person else None


def with_number(page: PersonPage, user: User) -> PersonPage:
    """The same page with what this person may see of the identity number."""
    return replace(page, number=line_of(page.case, user, page.person.resident_id))


def _people(case: Case, user: User, *, what: str) -> list[Person]:
    scope = scope_with_others(case, user)
    disclosed = disclose(scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what=what)
    members = {member.resident_id: member for member in CaseMember.objects.filter(case=case)}
    people = people_of(scope.subjects)
    # Without the household of the convenant only who the case is about is here.
    shown = people if "household" in disclosed.allowed else people[:1]
    return [_person(case, rows, members, disclosed) for rows in shown]


def _person(case: Case, rows: list[UUID], members: Mapping[UUID, CaseMember], disclosed: Disclosure) -> Person:
    """Somebody out of all their rows, as who they are in this case."""
    here = [members[row] for row in rows if row in members]
    member = min(here, key=lambda one: (one.part != CaseMember.Part.MAIN, not one.holds_today))
    subject = member.resident_id
    reach = [item for kind in REACH for row in rows for item in disclosed.of(kind, row)]
    born = next((item.details["on"] for item in disclosed.of("born", subject)), "")
    household = "household" in disclosed.allowed
    return Person(
        resident_id=subject,
        name=disclosed.text("name", subject),
        born=born_in_words(born),
        part=member.get_part_display(),
        is_main=member.part == CaseMember.Part.MAIN,
        is_child=household and member.part == CaseMember.Part.CHILD,
        here=member.holds_today,
        since=member.since if household else None,
        until=member.until if household else None,
        authority=member.get_authority_display() if household and member.authority else "",
        rows=tuple(rows),
        reach=list({(str(item.label), item.text): item for item in reversed(reach)}.values())[::-1],
        ties=[Tie(item, _address("case-person-tie", case, row, item)) for row in rows for item in disclosed.of("tie", row)],
        spokespeople=[
            Spokesperson(
                item,
                _address("case-person-representative", case, row, item),
                _address("case-person-phrase", case, row, item) if item.details["has_phrase"] else "",
            )
            for row in rows
            for item in disclosed.of("representative", row)
        ],
        case_id=case.pk,
    )


def _address(name: str, case: Case, subject: UUID, item: Item) -> str:
    return reverse(f"casework:{name}", args=[case.pk, subject, item.ref])


def representatives_of(case: Case) -> list[Representative]:
    """Who decides or speaks for someone of this case today. For the actions of any floor that must ask them or say why not."""
    return list(Representative.objects.filter(case=case).of_today().order_by("kind", "pk"))
