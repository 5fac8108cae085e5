"""Finding residents: one's own cases as a list, and inside one's own wijk by name, birth, postcode or telephone number.

Of a colleague's resident one learns that they are known and whom to ask (capability C58); of another wijk only that somebody is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from luisterloket.convenant.disclosure import Ground, Scope, disclose, log_answer
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from . import matching, permissions, search_keys
from .groups import kept_of, others_of
from .matching import Hit
from .models import Case, CaseMember, FollowUp, IdentityNumber, SearchKey, closed_to
from .search_keys import Query
from .selectors import born_in_words

PAGE = 25
HITS_AT_MOST = 50
SHORTEST = 2
CONTACTS_AT_MOST = 3
PERHAPS_AT_MOST = 5
# Who knows the whole name and one of these may be told that name. A year of birth is shown to every colleague: it proves nothing.
PROOF = {SearchKey.Kind.BORN, SearchKey.Kind.PHONE, SearchKey.Kind.POSTCODE, SearchKey.Kind.BSN}
# Who is in no wijk team has the few cases they were given; those are looked through by name.
GIVEN_AT_MOST = 200
# On what day the next contact is, and whose it is.
NextContact = tuple[date | None, str]
NO_NEXT: NextContact = (None, "")


@dataclass(frozen=True)
class Row:
    """A case that this person may open."""

    url: str
    name: str
    born: str
    owner: str
    last_activity_at: datetime
    case_id: UUID
    resident_id: UUID
    # How it stands, when it is not simply active; and the next contact, with whose it is.
    status: str = ""
    next_on: date | None = None
    next_who: str = ""


@dataclass(frozen=True)
class Known:
    """Someone known in the wijk: that, and whom to ask. `name` is what was typed, once that is the whole name and a second fact."""

    url: str
    initials: str
    born: str
    owner: str
    case_id: UUID
    resident_id: UUID
    name: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """A wijk in which somebody of this name and day of birth is known, and whom to ask there."""

    unit: str
    contacts: list[tuple[str, str]]


@dataclass(frozen=True)
class Found:
    rows: list[Row]
    known: list[Known]
    elsewhere: list[Elsewhere] = field(default_factory=list)
    too_short: bool = False
    more: bool = False

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.known) + len(self.elsewhere)


def my_cases(user: User, *, before: tuple[datetime, UUID] | None = None, ended: bool = False) -> tuple[list[Row], str]:
    """A page of the cases that this person may open, the newest first, and the key of the next page. One look for the list.

    Those that were ended are a list of their own; a search finds them all.
    """
    mine = Case.objects.visible_to(user)
    mine = mine.filter(status=Case.Status.ENDED) if ended else mine.under_way()
    cases = _with_main(mine).order_by("-last_activity_at", "-pk")
    if before is not None:
        cases = cases.filter(Q(last_activity_at__lt=before[0]) | Q(last_activity_at=before[0], pk__lt=before[1]))
    found = list(cases[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return _rows(found[:PAGE], user, what="residents list"), f"{last.last_activity_at.isoformat()}_{last.pk}" if last else ""


def search(user: User, text: str) -> Found:
    """Who is known under what was typed: words of a name, a day or year of birth, a postcode, a telephone number.

    An identity number finds exactly who has it, for who may use those; for anyone else it is no more than digits.

    Spelling need not be right. Never beyond one's own wijk, but for one bare fact: that somebody of exactly this name and
    day of birth is known in another. Each list is kept as one look.
    """
    query = search_keys.parse(text)
    by_number = permissions.units_for_numbers(user) if query.number else ()
    if by_number:
        query = query.by_number
    if not query.facts and len(query.words[0] if query.words else "") < SHORTEST:
        return Found([], [], too_short=True)
    units = by_number or user.units_with(Permission.LISTEN)
    if not units:
        return _among_given(user, query)
    hits, too_many = matching.find(units, query)
    mine, others = _parted(user, hits[:HITS_AT_MOST])
    proven = {hit.resident_id for hit in hits if hit.whole_name and hit.facts & PROOF}
    return Found(
        _rows_of(mine, user, what="search"),
        _known(others, user, what="search", names=dict.fromkeys(proven, query.name)),
        _elsewhere(user, query),
        more=too_many or len(hits) > HITS_AT_MOST,
    )


@dataclass(frozen=True)
class Perhaps:
    """Someone who may be the one who tells: by name when this person may open the case, else by initials."""

    case_id: UUID
    who: str
    born: str
    owner: str
    mine: bool
    resident_id: UUID


def perhaps_known(
    user: User, unit_id: UUID, *, name: str, known_as: str = "", born: str = "", phone: str = "", part: str = CaseMember.Part.MAIN
) -> list[Perhaps]:
    """Who of this wijk may be the one who sits here: by a name that is alike and no other year of birth, or by telephone number.

    One word alone says too little, unless it is all that is known of someone. At most a handful, the likeliest first. Whom a
    case is about, or with an empty `part` whoever is in one.
    """
    by_number = search_keys.parse(phone).facts
    hits = matching.find([unit_id], Query((), by_number))[0] if by_number else []
    facts = search_keys.parse(born).facts
    for text in filter(search_keys.words, (name, known_as)):
        query = Query(tuple(sorted(search_keys.words(text), key=len, reverse=True)), facts)
        found, _many = matching.find([unit_id], query, wide=True)
        hits += [
            hit for hit in found if SearchKey.Kind.YEAR not in hit.others and (len(query.words) > 1 or hit.whole_name or hit.facts)
        ]
    hits = list({hit.resident_id: hit for hit in reversed(hits)}.values())[::-1][:PERHAPS_AT_MOST]
    mine, others = _parted(user, hits, **({"part": part} if part else {}))
    rows = _rows_of(mine, user, what="perhaps known")
    known = _known(others, user, what="perhaps known")
    return as_perhaps(rows, known)


def as_perhaps(rows: Iterable[Row], known: Iterable[Known]) -> list[Perhaps]:
    return [Perhaps(row.case_id, row.name, row.born, row.owner, True, row.resident_id) for row in rows] + [
        Perhaps(one.case_id, one.initials, one.born, one.owner, False, one.resident_id) for one in known
    ]


def owners_with_same_number(user: User, case: Case, resident_id: UUID) -> list[str]:
    """Whom to ask, when another resident of this wijk has the same identity number: the owners of those cases.

    Only of cases that this person may know of: never of one that is kept for others, of who is protected, or of another wijk.
    """
    # Of who is protected there is a number and no key: of them nothing is asked.
    has_key = SearchKey.objects.filter(resident=resident_id, kind=SearchKey.Kind.BSN).exists()
    kept = IdentityNumber.objects.filter(resident=resident_id).first() if has_key else None
    if kept is None or not kept.number or not permissions.post_for_number(user, case.unit_id):
        return []
    hits, _many = matching.find([case.unit_id], Query((), ((SearchKey.Kind.BSN, search_keys.number_keys(kept.number)),)))
    one = set(kept_of([resident_id]))
    mine, others = _parted(user, [hit for hit in hits if hit.resident_id not in one][:PERHAPS_AT_MOST])
    found: list[Row | Known] = [*_rows_of(mine, user, what="perhaps known"), *_known(others, user, what="perhaps known")]
    return list(dict.fromkeys(one.owner for one in found))


def names_of(user: User, case_ids: list[UUID]) -> Mapping[UUID, str]:
    """Who these cases are about, as far as this person may open them. One look for the whole list."""
    cases = list(_with_main(Case.objects.visible_to(user).filter(pk__in=case_ids)))
    names = _identities((case.main_id for case in cases), user, what="today")
    return {case.pk: names.get(case.main_id, ("", ""))[0] for case in cases}


def known_as(case: Case, user: User, *, what: str = "joining a case") -> Known:
    """One case of one's own wijk before joining it. Raises `NotAllowed` when no convenant lets anyone be known."""
    member = CaseMember.objects.select_related("case__owner").get(case=case, part=CaseMember.Part.MAIN)
    found = _known([member], user, what=what)
    if not found:
        raise NotAllowed()
    return found[0]


def _parted(user: User, hits: list[Hit], **which: str) -> tuple[list[CaseMember], list[CaseMember]]:
    """The cases of those found, in their order: those that this person may open, and those of colleagues.

    Who was merged is found under each of their names, and their cases stand together.
    """
    kept = kept_of(hit.resident_id for hit in hits)
    first: dict[UUID, int] = {}
    for number, hit in enumerate(hits):
        first.setdefault(kept[hit.resident_id], number)
    place = {resident: first[one] for resident, one in kept.items()}
    newest = (
        CaseMember.objects.filter(resident__in=place, **which)
        .exclude(case_id__in=closed_to(user))
        .select_related("case__owner")
        .order_by("-case__last_activity_at", "pk")
    )
    # Who is in one household twice stands there once.
    found = {hit.resident_id for hit in hits}
    once: dict[tuple[UUID, UUID], CaseMember] = {}
    for member in newest:
        key = (member.case_id, kept[member.resident_id])
        if key not in once or member.resident_id in found:
            once[key] = member
    members = sorted(once.values(), key=lambda member: place[member.resident_id])
    cases = [member.case_id for member in members]
    open_to_me = set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    mine = [member for member in members if member.case_id in open_to_me]
    return mine, [member for member in members if member.case_id not in open_to_me]


def _elsewhere(user: User, query: Query) -> list[Elsewhere]:
    """Ask the database in which other units exactly this person is known. It tells no more than that; the answer is kept."""
    if not query.identity:
        return []
    with connection.cursor() as cursor:
        # Under each look-up key that may still be in use.
        cursor.execute("SELECT DISTINCT known_elsewhere(one) FROM unnest(%s::text[]) one", [list(query.identity)])
        units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()]).order_by("name")}
    found = []
    for pk, unit in units.items():
        log_answer(to=user, purpose="finding", ground=Ground("whole_name", pk), post=user.posts[0], what="known elsewhere")
        found.append(Elsewhere(unit.name, _contacts(pk)))
    return found


def _contacts(unit_id: UUID) -> list[tuple[str, str]]:
    """Whom to ask in a unit: who divides the work there, or else who listens."""
    for permission in (Permission.DIVIDE_WORK, Permission.LISTEN):
        holders = User.objects.holding(permission, unit_id=unit_id).order_by("name").values_list("name", "email")
        if found := list(holders[:CONTACTS_AT_MOST]):
            return found
    return []


def _with_main(cases: Any) -> Any:
    main = CaseMember.objects.filter(case=OuterRef("pk"), part=CaseMember.Part.MAIN).values("resident_id")[:1]
    following = FollowUp.objects.to_come().filter(case=OuterRef("pk"))
    return cases.select_related("owner").annotate(
        main_id=Subquery(main),
        next_on=Subquery(following.values("due_on")[:1]),
        next_who=Subquery(following.values("who__name")[:1]),
    )


def _rows(cases: Iterable[Any], user: User, *, what: str) -> list[Row]:
    names = _identities([case.main_id for case in cases], user, what=what)
    listens = user.has(Permission.LISTEN)
    return [
        _row(case, case.main_id, *names.get(case.main_id, ("", "")), (case.next_on, case.next_who) if listens else NO_NEXT)
        for case in cases
    ]


def _rows_of(members: Iterable[CaseMember], user: User, *, what: str) -> list[Row]:
    members = list(members)
    names = _identities((member.resident_id for member in members), user, what=what)
    following = _next_contacts([member.case for member in members], user)
    return [
        _row(member.case, member.resident_id, *names.get(member.resident_id, ("", "")), following.get(member.case_id, NO_NEXT))
        for member in members
    ]


def _row(case: Case, resident_id: UUID, name: str, born: str, following: NextContact) -> Row:
    url = reverse("casework:case", args=[case.pk])
    status = "" if case.status == Case.Status.ACTIVE else str(case.get_status_display())
    owner, at = case.owner.name, case.last_activity_at
    return Row(url, name, born_in_words(born), owner, at, case.pk, resident_id, status, *following)


def _next_contacts(cases: Iterable[Case], user: User) -> dict[UUID, NextContact]:
    """The next contact of each that was not ended, for who works in a wijk. One query."""
    if not user.has(Permission.LISTEN):
        return {}
    found = FollowUp.objects.to_come().filter(case__in=[case.pk for case in cases])
    return {case: (due_on, who) for case, due_on, who in found.values_list("case_id", "due_on", "who__name")}


def _identities(residents: Iterable[UUID], user: User, *, what: str) -> dict[UUID, tuple[str, str]]:
    """Name and birth as they count for the person, out of all rows in cases that `user` may open."""
    subjects = tuple(dict.fromkeys(residents))
    if not subjects:
        return {}
    subjects += tuple(others_of(subjects, user))
    disclosed = disclose(Scope(subjects), to=user, purpose="listening", ground=Ground("own_cases"), what=what, only=["identity"])
    names = {item.subject_id: item.text for item in disclosed.of("name")}
    born = {item.subject_id: item.details["on"] for item in disclosed.of("born")}
    return {subject: (names.get(subject, ""), born.get(subject, "")) for subject in subjects}


def _known(members: Iterable[CaseMember], user: User, *, what: str, names: Mapping[UUID, str] | None = None) -> list[Known]:
    members = list(members)
    subjects = tuple(dict.fromkeys(member.resident_id for member in members))
    if not subjects:
        return []
    disclosed = disclose(Scope(subjects), to=user, purpose="finding", ground=Ground("wijk"), what=what)
    items = {item.subject_id: item for item in disclosed.of("initials")}
    return [
        Known(
            url=reverse("casework:case-join", args=[member.case_id]),
            initials=items[member.resident_id].text,
            born=items[member.resident_id].details["born"],
            owner=member.case.owner.name,
            case_id=member.case_id,
            resident_id=member.resident_id,
            name=(names or {}).get(member.resident_id, ""),
        )
        for member in members
        if member.resident_id in items
    ]


def _among_given(user: User, query: Query) -> Found:
    """For a buddy: among the cases they were given, by name only."""
    if not query.words:
        return Found([], [], too_short=True)
    cases = list(_with_main(Case.objects.visible_to(user)).order_by("-last_activity_at", "-pk")[:GIVEN_AT_MOST])
    rows = _rows(cases, user, what="search")
    return Found([row for row in rows if matching.fits_all(query.words, search_keys.words(row.name))][:HITS_AT_MOST], [])
