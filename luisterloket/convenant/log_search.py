"""Searching the access log, for who supervises: by who looked, whom it was about, why, what, where, when and how it ended."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from luisterloket.people.models import Organisation, User

from .access_log import REFERENCE
from .models import AccessLogEntry, ProcessingLogEntry

# An id as it stands in the address of a case, or the beginning of it that pages show.
CASE = re.compile(r"[0-9a-f]{8,32}")
RESIDENT = re.compile(rf"[0-9a-f]{{{REFERENCE},64}}")
WHO_AT_MOST = 20


@dataclass(frozen=True)
class LogQuery:
    """What is searched for; what is empty is not asked."""

    people: tuple[UUID, ...] | None = None
    resident: str = ""
    case: str = ""
    purpose: str = ""
    category: str = ""
    organisation: UUID | None = None
    result: str = ""
    break_glass: bool = False
    since: date | None = None
    until: date | None = None

    @property
    def told(self) -> dict[str, Any]:
        """For the log itself: ids, codes and days, never a name."""
        said = {name: value for name, value in vars(self).items() if value or value == ()}
        return {name: _plain(value) for name, value in said.items()}


def people_named(text: str) -> tuple[UUID, ...]:
    """Whose name or e-mail address has this in it."""
    found = User.objects.filter(name__icontains=text) | User.objects.filter(email__iexact=text)
    return tuple(found.order_by("name").values_list("pk", flat=True)[:WHO_AT_MOST])


def case_in(text: str) -> str:
    """The id of a case, or its beginning, out of what was typed or pasted: a whole address will do. Empty when there is none."""
    found = CASE.findall(text.casefold().replace("-", ""))
    return max(found, key=len)[:32] if found else ""


def resident_in(text: str) -> str:
    return text.strip().casefold() if RESIDENT.fullmatch(text.strip().casefold()) else ""


def entries(query: LogQuery) -> QuerySet[AccessLogEntry]:
    """Every comparison is one that row-level security lets use an index."""
    found = AccessLogEntry.objects.all()
    if query.people is not None:
        found = found.filter(actor_id__in=query.people)
    if query.resident:
        lines = ProcessingLogEntry.objects.filter(data_subject_id__gte=query.resident, data_subject_id__lt=query.resident + "g")
        found = found.filter(span_id__in=lines.values("parent_span_id"))
    if query.case:
        low, high = (UUID(query.case.ljust(32, pad)) for pad in "0f")
        found = found.filter(case_id__gte=low, case_id__lte=high)
    if query.category:
        found = found.filter(categories__contains=[query.category])
    if query.break_glass:
        found = found.filter(break_glass=True)
    exact = {"purpose": query.purpose, "organisation_id": query.organisation, "result": query.result}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return within(found, query.since, query.until)


def within(found: QuerySet[Any], since: date | None, until: date | None) -> QuerySet[Any]:
    """Of these days, both included."""
    if since:
        found = found.filter(at__gte=start_of(since))
    return found.filter(at__lt=start_of(until + timedelta(days=1))) if until else found


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def organisations() -> Iterable[tuple[UUID, str]]:
    return Organisation.objects.order_by("name").values_list("pk", "name")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value if isinstance(value, bool) else str(value)
