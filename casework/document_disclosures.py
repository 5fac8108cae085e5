"""What the convenant lets someone see of the documents of a case, and the one door to a file."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Ground, Item, Scope, disclose, source
from luisterloket.people.models import User
from luisterloket.platform.templatetags.ui import when

from .disclosures import scope_of
from .domains import CATEGORY_OF
from .file_types import TYPES
from .models import Case, Document
from .signs import SAFETY

CAREFUL = _("Only what it is called goes along, and the file does not.")
CATEGORIES = sorted({*CATEGORY_OF.values(), "identity", "contact", "household", "story", "strengths", SAFETY})


@source(*CATEGORIES)
def documents(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """What is on file, the newest first, each in the category that it tells of."""
    if scope.case_id is None:
        return
    found = Document.objects.on_file().filter(case_id=scope.case_id, category__in=categories).select_related("added_by")
    for one in found:
        about = one.resident_id if one.resident_id in scope.subjects else None
        text = ", ".join(filter(None, [one.title, str(one.get_kind_display()), when(one.received_on) if one.received_on else ""]))
        yield Item(
            one.category, "document", about or scope.subjects[0], one.pk, _("Document"), text, _details(one), careful=CAREFUL
        )


def _details(one: Document) -> dict[str, Any]:
    kind = TYPES[one.content_type]
    return {
        "title": one.title,
        "file_name": one.file_name,
        "kind": one.kind,
        "kind_name": one.get_kind_display(),
        "type": kind.name,
        "is_picture": kind.is_picture,
        "size": filesizeformat(one.size),
        "resident": one.resident_id,
        "received_on": one.received_on,
        "at": one.added_at,
        "by": one.added_by.name,
        "by_id": one.added_by_id,
    }


def document_to_read(case: Case, user: User, pk: UUID, *, what: str) -> Item | None:
    """One document, when this person may see it; the look is kept. The same None for what is not there and what is not for them."""
    category = Document.objects.on_file().filter(case=case, pk=pk).values_list("category", flat=True).first()
    ground = Ground("involvement", case.pk)
    only = [category] if category else []
    disclosed = disclose(scope_of(case), to=user, purpose="listening", ground=ground, what=what, only=only)
    return next((item for item in disclosed.of("document") if item.ref == pk), None)
