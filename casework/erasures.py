"""What the pages of erasing show: which batches there are, what is in one, what it comes to, and what is held."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Q, Sum

from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.convenant.models import DataCategory
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import erasure_permissions as permissions
from .disclosures import scope_of
from .erasure_rules import Sort
from .models import Case, CaseMember, ErasureBatch, ErasureLine, LegalHold

PAGE = 50
Line = ErasureLine.Status


@dataclass(frozen=True)
class BatchInShort:
    batch: ErasureBatch
    lines: int
    waits_for_me: bool


def batches_for(user: User) -> list[BatchInShort]:
    """The newest first; what waits for two people on top."""
    found = ErasureBatch.objects.visible_to(user).select_related("unit", "handler", "coordinator")
    counted = found.annotate(number=Count("lines", filter=Q(lines__status__in=[Line.PROPOSED, Line.ERASED])))
    rows = [BatchInShort(one, one.number, waits_for(user, one)) for one in counted.order_by("-proposed_at")[:PAGE]]
    return sorted(rows, key=lambda row: not row.batch.is_open)


def waits_for(user: User, batch: ErasureBatch) -> bool:
    """Whether this person is one of the two who must still agree."""
    if batch.status != ErasureBatch.Status.PROPOSED or user.pk in (batch.handler_id, batch.coordinator_id):
        return False
    if not may(permissions.check_may_decide, user, batch):
        return False
    handles = permissions.handles_in(user, batch.unit_id)
    divides = user.has(Permission.DIVIDE_WORK, unit_id=batch.unit_id)
    return (handles and batch.handler_id is None) or (divides and batch.coordinator_id is None)


@dataclass(frozen=True)
class Report:
    """What a batch comes to, in numbers: before it is erased as it was counted, after it as it was."""

    # (what, how many) rows per sort, lines per kind and per category.
    sorts: list[tuple[Any, int]]
    kinds: list[tuple[Any, int]]
    categories: list[tuple[str, int]]
    # (law, months, from the first until the last day from which it counts, lines)
    terms: list[tuple[str, int | None, date | None, date | None, int]]
    rows: int
    files: int
    bytes: int
    struck: int
    held: int
    # Holds in force in the wijk: what they keep back is not in the batch at all.
    holds: int
    # What stays of these cases.
    payments: int
    cents: int
    readings: int


def report_of(batch: ErasureBatch) -> Report:
    lines = batch.lines.filter(status__in=[Line.PROPOSED, Line.ERASED])
    counts: Counter[str] = Counter()
    for one in lines.values_list("counts", flat=True):
        counts.update(one)
    totals = lines.aggregate(files=Sum("files"), bytes=Sum("bytes"))
    names = dict(DataCategory.objects.values_list("code", "name"))
    left_out = dict(batch.lines.order_by().values_list("status").annotate(number=Count("pk")))
    sorts = [(sort.label, counts[sort.value]) for sort in Sort if counts[sort.value]]
    per_kind = lines.order_by("kind").values_list("kind").annotate(number=Count("pk"))
    per_category = lines.order_by("category").values_list("category").annotate(number=Count("pk"))
    terms = lines.order_by("law", "months").values_list("law", "months")
    return Report(
        sorts=sorts,
        kinds=[(ErasureLine.Kind(kind).label, number) for kind, number in per_kind],
        categories=[(names.get(code, code), number) for code, number in per_category],
        terms=list(terms.annotate(first=Min("counts_from"), last=Max("counts_from"), number=Count("pk"))),
        rows=sum(number for _sort, number in sorts),
        files=totals["files"] or 0,
        bytes=totals["bytes"] or 0,
        struck=left_out.get(Line.STRUCK, 0) + left_out.get(Line.CALLED_BACK, 0),
        held=left_out.get(Line.HELD, 0),
        holds=LegalHold.objects.in_force().filter(unit_id=batch.unit_id).count(),
        payments=counts["stays_payments"],
        cents=counts["stays_cents"],
        readings=counts["stays_readings"],
    )


@dataclass(frozen=True)
class LineShown:
    """One line, without whose it is: a reference, and the way to the case for who may open it."""

    line: ErasureLine
    category: str
    rows: int
    may_open: bool
    held: bool

    @property
    def reference(self) -> str:
        return str(self.line.thing)[:8]


@dataclass(frozen=True)
class BatchPage:
    batch: ErasureBatch
    report: Report
    # Only for who decides; who supervises sees numbers.
    lines: list[LineShown]
    page: Page | None
    may_agree: bool
    may_decide: bool
    may_call_back: bool


def batch_page(batch: ErasureBatch, user: User, number: str = "1") -> BatchPage:
    decides = may(permissions.check_may_decide, user, batch)
    page = None
    if decides:
        page = Paginator(batch.lines.select_related("decided_by").order_by("kind", "thing", "category", "pk"), PAGE).get_page(
            number
        )
    return BatchPage(
        batch=batch,
        report=report_of(batch),
        lines=shown(page.object_list, user) if page else [],
        page=page,
        may_agree=waits_for(user, batch),
        may_decide=decides and batch.is_open,
        may_call_back=batch.is_open and may(permissions.check_may_call_back, user, batch),
    )


def shown(lines: Iterable[ErasureLine], user: User) -> list[LineShown]:
    lines = list(lines)
    cases = {line.case_id for line in lines if line.case_id}
    opens = set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    held = set(LegalHold.objects.in_force().filter(case__in=cases).values_list("case_id", flat=True))
    names = dict(DataCategory.objects.values_list("code", "name"))
    sorts = set(Sort.values)
    return [
        LineShown(
            line=line,
            category=names.get(line.category, line.category),
            rows=sum(number for sort, number in line.counts.items() if sort in sorts),
            may_open=line.case_id in opens,
            held=line.case_id in held,
        )
        for line in lines
    ]


# A case, and what is held ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Coming:
    """What is going to be erased of a case: from which day, once two people agreed, and what."""

    on: date | None
    categories: list[str]


def coming_for(case_id: UUID) -> Coming | None:
    found = list(
        ErasureLine.objects.filter(case=case_id, status=Line.PROPOSED)
        .exclude(kind=ErasureLine.Kind.GRANT)
        .values_list("category", "batch_id")
    )
    if not found:
        return None
    days = [one.erased_from for one in ErasureBatch.objects.filter(pk__in={batch for _category, batch in found})]
    known = [day for day in days if day is not None]
    codes = {category for category, _batch in found}
    names = [] if "" in codes else list(DataCategory.objects.filter(code__in=codes).values_list("name", flat=True))
    return Coming(min(known) if known else None, names)


def holds_for(user: User) -> list[LegalHold]:
    """Those of one’s wijken that are in force; the first to be looked at again on top."""
    found = LegalHold.objects.in_force().filter(unit__in=permissions.decides_in(user))
    return list(found.select_related("unit", "set_by"))


def household_names(case: Case, user: User) -> list[tuple[UUID, str]]:
    """The people of a case to choose from: by name, or by what they are in it when the convenant does not give the name."""
    scope = scope_of(case)
    ground = Ground("involvement", case.pk)
    disclosed = disclose(scope, to=user, purpose="listening", ground=ground, what="holds", only={"identity"})
    parts = {member.resident_id: member.get_part_display() for member in CaseMember.objects.filter(case=case)}
    return [(one, disclosed.text("name", one) or str(parts[one])) for one in scope.subjects]
