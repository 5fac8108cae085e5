"""Finding residents: one's own cases as a list, and by the words of a name inside one's own wijk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from luisterloket.convenant.disclosure import Ground, Scope, disclose
from luisterloket.people.models import User
from luisterloket.people.roles import Permission

from . import search_keys
from .models import Case, CaseMember, Resident, SearchKey, closed_to
from .selectors import born_in_words

PAGE = 25
HITS_AT_MOST = 50
WORDS_AT_MOST = 6
SHORTEST = 2
# Who is in no wijk team has the few cases they were given; those are looked through by name.
GIVEN_AT_MOST = 200


@dataclass(frozen=True)
class Row:
    """A case that this person may open."""

    url: str
    name: str
    born: str
    owner: str
    last_activity_at: datetime


@dataclass(frozen=True)
class Known:
    """Someone known in the wijk: that, and whom to ask. The name itself comes with joining."""

    url: str
    initials: str
    born: str
    owner: str


@dataclass(frozen=True)
class Found:
    rows: list[Row]
    known: list[Known]
    too_short: bool = False
    more: bool = False


def my_cases(user: User, *, before: tuple[datetime, UUID] | None = None) -> tuple[list[Row], str]:
    """A page of the cases that this person may open, the newest first, and the key of the next page. One look for the list."""
    cases = _with_main(Case.objects.visible_to(user)).order_by("-last_activity_at", "-pk")
    if before is not None:
        cases = cases.filter(Q(last_activity_at__lt=before[0]) | Q(last_activity_at=before[0], pk__lt=before[1]))
    found = list(cases[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return _rows(found[:PAGE], user, what="residents list"), f"{last.last_activity_at.isoformat()}_{last.pk}" if last else ""


def search(user: User, text: str) -> Found:
    """Who is known under these words: every word must begin one of the words of a name. Never beyond one's own wijk."""
    words = sorted(search_keys.words(text), key=len, reverse=True)[:WORDS_AT_MOST]
    if not words or len(words[0]) < SHORTEST:
        return Found([], [], too_short=True)
    units = user.units_with(Permission.LISTEN)
    if not units:
        return _among_given(user, words)
    residents = Resident.objects.filter(unit__in=units)
    for word in words:
        residents = residents.filter(pk__in=SearchKey.objects.filter(unit__in=units, key__startswith=word).values("resident"))
    ids = list(residents.order_by("-created_at").values_list("pk", flat=True)[: HITS_AT_MOST + 1])
    members = list(
        CaseMember.objects.filter(resident__in=ids[:HITS_AT_MOST])
        .exclude(case_id__in=closed_to(user))
        .select_related("case__owner")
        .order_by("-case__last_activity_at", "pk")
    )
    open_to_me = set(
        Case.objects.visible_to(user).filter(pk__in=[member.case_id for member in members]).values_list("pk", flat=True)
    )
    mine = [member for member in members if member.case_id in open_to_me]
    others = [member for member in members if member.case_id not in open_to_me]
    return Found(_rows_of(mine, user), _known(others, user), more=len(ids) > HITS_AT_MOST)


def names_of(user: User, case_ids: list[UUID]) -> Mapping[UUID, str]:
    """Who these cases are about, as far as this person may open them. One look for the whole list."""
    cases = list(_with_main(Case.objects.visible_to(user).filter(pk__in=case_ids)))
    names = _identities((case.main_id for case in cases), user, what="today")
    return {case.pk: names.get(case.main_id, ("", ""))[0] for case in cases}


def known_as(case: Case, user: User) -> Known:
    """One case of one's own wijk before joining it."""
    member = CaseMember.objects.select_related("case__owner").get(case=case, part=CaseMember.Part.MAIN)
    return _known([member], user, what="joining a case")[0]


def _with_main(cases: Any) -> Any:
    main = CaseMember.objects.filter(case=OuterRef("pk"), part=CaseMember.Part.MAIN).values("resident_id")[:1]
    return cases.select_related("owner").annotate(main_id=Subquery(main))


def _rows(cases: Iterable[Any], user: User, *, what: str) -> list[Row]:
    names = _identities([case.main_id for case in cases], user, what=what)
    return [_row(case, *names.get(case.main_id, ("", ""))) for case in cases]


def _rows_of(members: Iterable[CaseMember], user: User) -> list[Row]:
    names = _identities((member.resident_id for member in members), user, what="search")
    return [_row(member.case, *names.get(member.resident_id, ("", ""))) for member in members]


def _row(case: Case, name: str, born: str) -> Row:
    return Row(reverse("casework:case", args=[case.pk]), name, born_in_words(born), case.owner.name, case.last_activity_at)


def _identities(residents: Iterable[UUID], user: User, *, what: str) -> dict[UUID, tuple[str, str]]:
    subjects = tuple(dict.fromkeys(residents))
    if not subjects:
        return {}
    disclosed = disclose(Scope(subjects), to=user, purpose="listening", ground=Ground("own_cases"), what=what, only=["identity"])
    names = {item.subject_id: item.text for item in disclosed.of("name")}
    born = {item.subject_id: item.details["on"] for item in disclosed.of("born")}
    return {subject: (names.get(subject, ""), born.get(subject, "")) for subject in subjects}


def _known(members: Iterable[CaseMember], user: User, *, what: str = "search") -> list[Known]:
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
        )
        for member in members
        if member.resident_id in items
    ]


def _among_given(user: User, words: list[str]) -> Found:
    """For a buddy: among the cases they were given."""
    cases = list(_with_main(Case.objects.visible_to(user)).order_by("-last_activity_at", "-pk")[:GIVEN_AT_MOST])
    rows = _rows(cases, user, what="search")
    fits = [row for row in rows if all(any(key.startswith(word) for key in search_keys.words(row.name)) for word in words)]
    return Found(fits[:HITS_AT_MOST], [])
