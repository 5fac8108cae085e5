"""What the chair may lay on the table: at most what they see themself, and what someone at the table may see for this purpose."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luisterloket.convenant.disclosure import (
    Allowed,
    Ground,
    Item,
    authorised,
    collect,
    disclose,
    let_through,
    refuse,
    standing_on,
    who_may,
)
from luisterloket.convenant.models import ConvenantVersion, DataCategory
from luisterloket.convenant.sharing import sharing_stopped
from luisterloket.people.models import User

from .disclosures import of_the_case, scope_with_others
from .handover_disclosures import NOT_FOR_DESKS
from .models import Case, CaseConference, ConferenceItem, ConferenceParticipant
from .seats import Seats, guests, sees, without_a_seat
from .withholding import readers_of


def case_of(conference: CaseConference) -> Case:
    """The case by its ids: who comes from elsewhere cannot read its row."""
    return Case(pk=conference.case_id, unit_id=conference.unit_id)


def readers(conference: CaseConference) -> frozenset[UUID]:
    """When the resident comes, all of their home reads along: what is kept from anyone there does not lie on the table."""
    comes = conference.resident_part == CaseConference.ResidentPart.COMES
    return readers_of(case_of(conference), None) if comes else frozenset()


def seated(conference: CaseConference) -> list[ConferenceParticipant]:
    found = ConferenceParticipant.objects.seated().filter(conference=conference)
    return list(found.select_related("user", "organisation"))


def may_be_seen(conference: CaseConference, participants: Iterable[ConferenceParticipant]) -> dict[str, Allowed]:
    """By category what at least one of those at the table may see."""
    given = who_may(conference.kind, conference.case_id)
    return {category: cell for one in participants for category, cell in sees(one, given).items()}


def can_lie_there(actor: User, conference: CaseConference) -> dict[str, Item]:
    """Every thing that `actor` may lay on this table now, by its key. Raises `NotAllowed` without a part in the case."""
    case = case_of(conference)
    scope = scope_with_others(case, actor, for_all=True)
    ground = Ground("involvement", case.pk)
    standing = standing_on(ground, actor, scope)
    if standing is None:
        refuse(scope, to=actor, purpose=conference.kind, ground=ground, what="conference table")
    people, own = seated(conference), authorised(standing.posts, "listening", case.pk)
    categories = set(own) & set(may_be_seen(conference, people))
    found = collect(scope, frozenset(categories), readers=readers(conference))
    items = may_leave(let_through(found, case.pk, "listening", own), case)
    seen = frozenset().union(*seen_by(items, conference, people, who_may(conference.kind, conference.case_id)).values())
    return {item.key: item for item in items if item.key in seen}


def seen_by(
    items: list[Item], conference: CaseConference, participants: Iterable[ConferenceParticipant], given: Seats
) -> dict[UUID, frozenset[str]]:
    """By participant the keys of the things that they would see on this table: what their party may have, and nobody closes."""
    return {
        one.pk: frozenset(item.key for item in let_through(items, conference.case_id, conference.kind, sees(one, given)))
        for one in participants
    }


def may_leave(items: Iterable[Item], case: Case) -> list[Item]:
    """What is of this case, without what one worker wrote for another: that goes to nobody else."""
    return [item for item in of_the_case(items, case) if item.kind not in NOT_FOR_DESKS]


@dataclass(frozen=True)
class Seated:
    """Someone at the table, with the categories that they would see and how many of the things that lie there."""

    participant: ConferenceParticipant
    categories: list[str]
    things: int


@dataclass(frozen=True)
class Line:
    """One thing that can lie on the table, who would see it there, and whether it lies there."""

    item: Item
    seen_by: list[str]
    ticked: bool
    # What lies there is the text of before: it was changed in the case since.
    older: bool = False


@dataclass(frozen=True)
class TablePage:
    conference: CaseConference
    name: str
    seated: list[Seated]
    lines: list[Line]
    stays: list[str]
    # What could lie there if the resident said yes: the names of these categories.
    waits: list[str]
    guests: Mapping[str, Any]
    without_a_seat: list[str]
    convenant: ConvenantVersion | None
    # Why nothing new of who it is about is laid down now: they objected, or asked that their data are only kept.
    stopped: Any = ""


def table_page(conference: CaseConference, user: User, *, ticked: Iterable[str] | None = None) -> TablePage:
    """What the chair chooses from. Nothing is ticked by itself but the name. The look into the case is kept."""
    case = case_of(conference)
    scope = scope_with_others(case, user, for_all=True)
    # What the chair sees of the case goes under listening; who sees it at the table under the purpose of the kind.
    seen = disclose(
        scope,
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what="conference table",
        readers=readers(conference),
    )
    people, given = seated(conference), who_may(conference.kind, conference.case_id)
    allowed = may_be_seen(conference, people)
    lies = {one.key: one.text for one in ConferenceItem.objects.filter(conference=conference, taken_off_at=None)}
    own = may_leave(seen.items, case)
    seen_there = seen_by(own, conference, people, given)
    seen_at_all = frozenset().union(*seen_there.values())
    items = [item for item in own if item.key in seen_at_all]
    chosen = (
        set(ticked) if ticked is not None else set(lies) or {one.key for one in items if _goes_by_itself(one, scope.subjects[0])}
    )
    names = dict(DataCategory.objects.values_list("code", "name"))
    there = [one for one in people if one.user_id]
    return TablePage(
        conference=conference,
        name=seen.text("name"),
        seated=[_seated(one, sees(one, given), names, seen_there[one.pk] & lies.keys()) for one in people],
        lines=[
            Line(
                item,
                [one.called for one in there if item.key in seen_there[one.pk]],
                item.key in chosen,
                item.key in lies and lies[item.key] != item.told,
            )
            for item in items
        ],
        stays=sorted({names[item.category] for item in own if item.category not in allowed}),
        waits=sorted({names[item.category] for item in own if item.category in allowed and item.key not in seen_at_all}),
        guests=_by_organisation(case, conference, people),
        without_a_seat=without_a_seat(conference.kind, conference.case_id),
        convenant=ConvenantVersion.in_force(),
        stopped=sharing_stopped(scope.subjects[:1], conference.kind),
    )


def _goes_by_itself(item: Item, main: UUID) -> bool:
    return item.kind == "name" and item.subject_id == main and not item.careful


def _seated(one: ConferenceParticipant, may: Mapping[str, Allowed], names: Mapping[str, str], on_table: Collection[str]) -> Seated:
    return Seated(one, [names[category] for category in may], len(on_table))


def _by_organisation(case: Case, conference: CaseConference, people: list[ConferenceParticipant]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for guest in guests(case, conference.kind, without=[one.user_id for one in people if one.user_id]):
        found.setdefault(guest.organisation, []).append(guest)
    return found
