"""The whole story of a case in one order: what was noted, added, written, planned and done, as far as it is for who looks.

What happened is told by the history; what is in it comes out of one disclosure, so nobody finds more here than elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from luisterloket.convenant.disclosure import Disclosure, Ground, disclose
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.platform.models import HistoryEntry

from . import permissions
from .disclosures import scope_of
from .models import Case
from .timeline import TOLD_TO_ALL, case_history, moments
from .timeline_course import TELL_BY_ITEM as COURSE
from .timeline_course import endings, handovers, overleggen, readings, told_by_contacts
from .timeline_lines import TELL_BY_ITEM, Line, Part, Sort

PAGE = 30
# Of these the things themselves are told, so that each stands here once, and only for who may see it.
TOLD_BY_THINGS = (
    *("contact.", "document.", "letter.", "meeting.", "short_contact."),
    *("goal.", "step.", "review.", "exception.", "conference.", "handover."),
    *("follow_up.reached", "follow_up.not_reached", "follow_up.not_now"),
)
# The same of what is part of the story: for who may not read that, the history still tells that it happened.
TOLD_BY_STORY = ("case.ended", "case.waakvlam", "sign.linked")
# With what kind of thing the history stands, where that is not what else was done.
SORT_OF_VERB = {
    "follow_up.moved": Sort.CONTACT,
    "follow_up.flagged": Sort.CONTACT,
    "plan.read": Sort.PLAN,
    "plan.check_asked": Sort.PLAN,
    "case.woken": Sort.COURSE,
    "case.taken_over": Sort.COURSE,
    "case.ended": Sort.COURSE,
    "case.waakvlam": Sort.COURSE,
    "sign.linked": Sort.CONTACT,
}
TELL = TELL_BY_ITEM | COURSE


@dataclass(frozen=True)
class Filters:
    """What was asked for; nothing is everything."""

    sorts: frozenset[str] = frozenset()
    who: UUID | None = None
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.sorts or self.who or self.since or self.until)

    def takes(self, line: Line) -> bool:
        day = timezone.localdate(line.at)
        return (
            (not self.sorts or line.sort in self.sorts)
            and (self.who is None or self.who in line.who_ids)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True)
class TimelinePage:
    """A page of the story, the newest first; `following` is the key of the next."""

    case: Case
    name: str
    lines: list[Line]
    following: str
    works: bool
    filters: Filters = field(default_factory=Filters)


def people_of_timeline(case: Case, user: User) -> list[tuple[UUID, str]]:
    """Who ever did something in this case that is told to this person."""
    did = HistoryEntry.objects.filter(case_id=case.pk)
    if not may(permissions.check_may_work_on, user, case):
        did = did.filter(verb__in=TOLD_TO_ALL)
    return list(User.objects.filter(pk__in=did.values("actor_id")).order_by("name").values_list("pk", "name"))


def timeline_page(case: Case, user: User, filters: Filters, *, before: tuple[datetime, str] | None = None) -> TimelinePage:
    """One disclosure, and a fixed number of queries whatever the case holds."""
    works = may(permissions.check_may_work_on, user, case)
    scope = scope_of(case)
    disclosed = disclose(scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what="timeline")
    found = [line for line in _things(case, disclosed, works=works) if filters.takes(line)]
    if where := _of_sorts(filters, story="story" in disclosed.allowed):
        found += [line for line in _done(case, filters, before, where, works=works) if filters.takes(line)]
    ordered = sorted((line for line in found if before is None or line.place < before), key=lambda line: line.place, reverse=True)
    shown, more = ordered[:PAGE], len(ordered) > PAGE
    following = f"{shown[-1].at.isoformat()}_{shown[-1].key}" if more else ""
    return TimelinePage(case, disclosed.text("name", scope.subjects[0]), shown, following, works, filters)


def key_of_line(text: str) -> str:
    """The second half of the key of a page. Raises `ValueError` for what no line is called."""
    kind, colon, pk = text.partition(":")
    if not colon or not kind.replace("-", "").isalpha():
        raise ValueError
    return f"{kind}:{UUID(pk)}"


def _things(case: Case, disclosed: Disclosure, *, works: bool) -> Iterator[Line]:
    did = _doers(case)
    spoken = told_by_contacts(disclosed)
    told = {item.ref for items in spoken.values() for item in items}
    for item in disclosed:
        if item.kind not in TELL or item.ref in told:
            continue
        if line := TELL[item.kind](case, item, works):
            parts = tuple(Part(f"{one.label}: {one.details['about']}", one) for one in spoken[item.ref] if one.details["about"])
            yield replace(line, who_ids=line.who_ids or tuple(did[item.ref]), parts=parts)
    yield from endings(case, disclosed)
    for review, line in readings(case, disclosed):
        yield replace(line, who_ids=tuple(did[review]))
    if works:
        # Neither tells anything of the resident, only that it was there; for who works on the case.
        yield from overleggen(case)
        yield from handovers(case)


def _doers(case: Case) -> dict[UUID, set[UUID]]:
    """Who ever did something with a thing that does not say so itself. One query."""
    did: dict[UUID, set[UUID]] = defaultdict(set)
    named = Q(verb__startswith="goal.") | Q(verb__startswith="step.") | Q(verb__startswith="review.")
    told = HistoryEntry.objects.filter(named, case_id=case.pk)
    for thing, actor in told.values_list("thing_id", "actor_id"):
        if actor:
            did[thing].add(actor)
    return did


def _of_sorts(filters: Filters, *, story: bool) -> Q | None:
    """What of the history is asked for; None when nothing of it is."""
    where = Q()
    for told in TOLD_BY_THINGS:
        where &= ~Q(verb__startswith=told)
    if story:
        where &= ~Q(verb__in=TOLD_BY_STORY)
    if not filters.sorts:
        return where
    verbs = [verb for verb, sort in SORT_OF_VERB.items() if sort in filters.sorts]
    wanted = Q(verb__in=verbs)
    if Sort.DONE in filters.sorts:
        wanted |= ~Q(verb__in=SORT_OF_VERB)
    return where & wanted if verbs or Sort.DONE in filters.sorts else None


def _done(case: Case, filters: Filters, before: tuple[datetime, str] | None, where: Q, *, works: bool) -> Iterator[Line]:
    """What was done, from the history: at most one more than a page."""
    if filters.who:
        where &= Q(actor_id=filters.who)
    if filters.since:
        where &= Q(at__gte=_beginning_of(filters.since))
    if filters.until:
        where &= Q(at__lt=_beginning_of(filters.until + timedelta(days=1)))
    if before is not None:
        where &= Q(at__lte=before[0])
    entries = case_history(case, works=works, where=where)
    for entry, moment in zip(entries, moments(entries), strict=True):
        actors = (entry.actor_id,) if entry.actor_id else ()
        sort = SORT_OF_VERB.get(entry.verb, Sort.DONE)
        yield Line(entry.at, f"done:{entry.pk}", sort, moment.icon, moment.text, who_ids=actors)


def _beginning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
