"""The whole story of a case in one order: what was noted, added, written, planned and done, as far as it is for who looks.

What happened is told by the history; what is in it comes out of one disclosure, so nobody finds more here than elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, disclose
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.platform.models import HistoryEntry

from . import permissions
from .disclosures import scope_of
from .models import Case, ContactMoment, Letter
from .timeline import TOLD_TO_ALL, case_history, moments

PAGE = 30
# Of these the things themselves are told, so that each stands here once, and only for who may see it.
TOLD_BY_THINGS = ("contact.", "document.", "letter.", "meeting.", "short_contact.")
# Roughly when, in a part of the day.
HOUR = {
    ContactMoment.PartOfDay.MORNING: time(10),
    ContactMoment.PartOfDay.AFTERNOON: time(15),
    ContactMoment.PartOfDay.EVENING: time(20),
}


class Sort(models.TextChoices):
    """What kind of thing a line is about; the value stands in the address."""

    CONTACT = "contact", _("Contact")
    MEETING = "afspraak", _("Appointments")
    DOCUMENT = "document", _("Documents")
    LETTER = "brief", _("Letters")
    DONE = "gedaan", _("What was done")


@dataclass(frozen=True)
class Line:
    """Something that happened. `text` is what it was, `more` what was said of it; `key` stands in the address of the next page."""

    at: datetime
    key: str
    sort: str
    icon: str
    text: Any
    who: str = ""
    who_ids: tuple[UUID, ...] = ()
    more: str = ""
    url: str = ""
    item: Item | None = None
    day_only: bool = False

    @property
    def moment(self) -> datetime | date:
        """As it is told: of some things only the day is known."""
        return timezone.localdate(self.at) if self.day_only else self.at

    @property
    def place(self) -> tuple[datetime, str]:
        return self.at, self.key


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
    if not filters.sorts or Sort.DONE in filters.sorts:
        found += [line for line in _done(case, filters, before, works=works) if filters.takes(line)]
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
    for item in disclosed:
        if item.kind in TELL and (line := TELL[item.kind](case, item, works)):
            yield line


def _done(case: Case, filters: Filters, before: tuple[datetime, str] | None, *, works: bool) -> Iterator[Line]:
    """What was done, from the history: at most one more than a page."""
    where = Q()
    for told in TOLD_BY_THINGS:
        where &= ~Q(verb__startswith=told)
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
        yield Line(entry.at, f"done:{entry.pk}", Sort.DONE, moment.icon, moment.text, who_ids=actors)


def _contact(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    at = timezone.make_aware(datetime.combine(details["on"], HOUR[details["part_of_day"]]))
    url = reverse("casework:case-contact-amend", args=[case.pk, item.ref]) if works else ""
    text = f"{details['kind_name']}: {details['result_name']}"
    return Line(at, _key(item), Sort.CONTACT, "chat", text, details["by"], (details["by_id"],), details["words"], url, item, True)


def _short(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    url = reverse("casework:case-contact", args=[case.pk]) + "#short" if works else ""
    return Line(
        details["at"], _key(item), Sort.CONTACT, "hand", details["done"], details["by"], (details["by_id"],), item.text, url, item
    )


def _meeting(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    more = ". ".join(filter(None, [details["people"], details["place"], details["purpose"], str(details["ended"])]))
    url = reverse("casework:case-meetings", args=[case.pk]) if works else ""
    text = _("Appointment: %(kind)s") % {"kind": str(details["kind_name"]).lower()}
    return Line(details["starts_at"], _key(item), Sort.MEETING, "calendar", text, "", details["who_ids"], more, url, item)


def _document(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    url = reverse("casework:case-document", args=[case.pk, item.ref]) if works else ""
    at, on_day = details["at"], details["received_on"]
    if on_day:
        # It happened when it came in, not when somebody found the time to add it.
        at = timezone.make_aware(datetime.combine(on_day, time(12)))
    text = f"{details['kind_name']}: {details['title']}"
    return Line(at, _key(item), Sort.DOCUMENT, "page", text, details["by"], (details["by_id"],), "", url, item, bool(on_day))


def _letter(case: Case, item: Item, works: bool) -> Line | None:
    details = item.details
    if details["status"] not in {Letter.Status.FIXED, Letter.Status.SENT}:
        return None
    at = timezone.make_aware(datetime.combine(details["sent_on"], time(12))) if details["sent_on"] else details["at"]
    url = reverse("casework:case-letter", args=[case.pk, item.ref]) if works else ""
    text = _("Letter to %(to)s: %(subject)s") % {"to": details["to"], "subject": details["subject"]}
    more = str(details["status_name"])
    return Line(
        at, _key(item), Sort.LETTER, "mail", text, details["by"], (details["by_id"],), more, url, item, bool(details["sent_on"])
    )


def _key(item: Item) -> str:
    return item.key.replace("_", "-")


def _beginning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


TELL: dict[str, Any] = {
    "contact_moment": _contact,
    "short_contact": _short,
    "meeting": _meeting,
    "document": _document,
    "letter": _letter,
}
