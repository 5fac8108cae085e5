"""What the pages of an overleg show: the list in a case, one's own list, and one table."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.convenant.models import DataCategory
from luisterloket.people.models import User
from luisterloket.people.permissions import may

from . import conference_permissions
from .conference_disclosures import on_the_table
from .conference_table import case_of, seated
from .disclosures import scope_of
from .models import Case, CaseConference, ConferenceAgreement, ConferenceParticipant, ConferenceRecord
from .permissions import works_on

Status = CaseConference.Status
LISTED = 50


@dataclass(frozen=True)
class Listed:
    """An overleg in a list, and whether the reader has a seat there: without one it is told that it is there, and no more."""

    conference: CaseConference
    has_seat: bool


@dataclass(frozen=True)
class ConferencesPage:
    case: Case
    name: str
    to_come: list[Listed]
    past: list[Listed]


def conferences_page(case: Case, user: User) -> ConferencesPage:
    """That there are overleggen around this case, for who works on it. One disclosure, for the name."""
    disclosed = disclose(
        scope_of(case), to=user, purpose="listening", ground=Ground("involvement", case.pk), what="conferences", only=["identity"]
    )
    mine = set(CaseConference.objects.visible_to(user).filter(case=case).values_list("pk", flat=True))
    found = CaseConference.objects.filter(case=case).select_related("chair").order_by("-starts_at")
    listed = [Listed(one, one.pk in mine) for one in found[:LISTED]]
    return ConferencesPage(
        case,
        disclosed.text("name"),
        [one for one in reversed(listed) if one.conference.status == Status.PLANNED],
        [one for one in listed if one.conference.status != Status.PLANNED],
    )


def my_conferences(user: User) -> tuple[list[CaseConference], list[CaseConference]]:
    """One's own overleggen, to come and past: when and which kind. Whom they are about is told at the table, where it is logged."""
    found = list(CaseConference.objects.visible_to(user).select_related("chair").order_by("-starts_at")[:LISTED])
    planned = [one for one in reversed(found) if one.status == Status.PLANNED]
    return planned, [one for one in found if one.status != Status.PLANNED]


@dataclass(frozen=True)
class TableGroup:
    name: str
    items: list[Item]


@dataclass(frozen=True)
class ConferencePage:
    """One overleg as someone with a seat sees it."""

    conference: CaseConference
    me: ConferenceParticipant
    name: str
    table: list[TableGroup]
    participants: list[ConferenceParticipant]
    agenda: list[Any]
    record: ConferenceRecord | None
    additions: list[Any]
    agreements: list[ConferenceAgreement]
    is_chair: bool
    may_lay_down: bool
    may_write: bool
    may_open_case: bool

    @property
    def was_there(self) -> bool:
        return bool(self.me.came)


def conference_page(conference: CaseConference, user: User) -> ConferencePage:
    """One look, kept under the purpose of the kind. Raises `NotAllowed` when this person has no ground any more."""
    seen = on_the_table(conference, user)
    me = ConferenceParticipant.objects.seated().get(conference=conference, user=user)
    names = dict(DataCategory.objects.values_list("code", "name"))
    by_category: dict[str, list[Item]] = defaultdict(list)
    for item in seen:
        by_category[item.category].append(item)
    case = case_of(conference)
    return ConferencePage(
        conference=conference,
        me=me,
        name=seen.text("name"),
        table=[TableGroup(names[category], by_category[category]) for category in names if category in by_category],
        participants=seated(conference),
        agenda=list(conference.agenda.all()),
        record=ConferenceRecord.objects.filter(conference=conference).select_related("written_by").first(),
        additions=list(conference.additions.select_related("by")),
        agreements=list(conference.agreements.select_related("owner__user", "owner__organisation", "owner_user", "done_by")),
        is_chair=conference.chair_id == user.pk,
        may_lay_down=may(conference_permissions.check_may_lay_down, user, conference),
        may_write=may(conference_permissions.check_may_write_record, user, conference),
        may_open_case=works_on(user, case),
    )


def agreements_to_keep(user: User, *, days: int) -> list[ConferenceAgreement]:
    """What this person promised at a table and did not do yet, due within these days or before."""
    until = timezone.localdate() + timedelta(days=days)
    found = ConferenceAgreement.objects.filter(owner_user=user, done_at=None, due_on__lte=until)
    return list(
        found.filter(conference__in=CaseConference.objects.visible_to(user)).select_related("conference").defer("text")[:20]
    )
