"""What the page of documents shows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .document_categories import names_of
from .models import Case, CaseMember, Document


@dataclass(frozen=True)
class DocumentLine:
    """One document, about whom it is, and what kind of data it tells of."""

    item: Item
    about: str
    category: str


@dataclass(frozen=True)
class DocumentsPage:
    case: Case
    name: str
    lines: list[DocumentLine]
    # Taken off, of the categories that this person may see; what was wiped is not among them.
    taken_off: list[Document]
    household: list[tuple[UUID, str]]


def documents_page(case: Case, user: User, *, what: str = "documents") -> DocumentsPage:
    """The documents of a case. One disclosure, in a fixed number of queries."""
    scope = scope_of(case)
    disclosed = disclose(scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what=what)
    parts = {member.resident_id: member.get_part_display() for member in CaseMember.objects.filter(case=case)}
    named: dict[Any, str] = {subject: disclosed.text("name", subject) or str(parts[subject]) for subject in scope.subjects}
    found = disclosed.of("document")
    categories = names_of({item.category for item in found})
    off = Document.objects.filter(case=case, category__in=disclosed.allowed, wiped_at=None).exclude(removed_at=None)
    return DocumentsPage(
        case=case,
        name=named[scope.subjects[0]],
        lines=[DocumentLine(item, named.get(item.details["resident"], ""), categories[item.category]) for item in found],
        taken_off=list(off.select_related("removed_by").order_by("-removed_at")),
        household=list(named.items()) if "household" in disclosed.allowed else [],
    )
