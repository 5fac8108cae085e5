"""What was handed in, as part of the case that it came into: in the kind of data that it tells of."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from casework.document_disclosures import CATEGORIES
from luisterloket.convenant.disclosure import Item, Scope, source

from .models import Reception

CAREFUL = _("Someone else wrote this. Let it go along only when the resident knows what it says.")


@source(*CATEGORIES)
def handed_in(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """The newest first, with who sent it."""
    if scope.case_id is None or not scope.subjects:
        return
    found = Reception.objects.filter(case_id=scope.case_id, category__in=categories).select_related("hand_in__desk_unit")
    for one in found.order_by("-at", "pk"):
        sender = one.hand_in.desk_unit.name
        details = {"from": sender, "at": one.hand_in.sent_at, "hand_in": one.hand_in_id}
        label = _("Handed in by %(sender)s") % {"sender": sender}
        yield Item(one.category, "handed_in", scope.subjects[0], one.pk, label, one.text, details, careful=CAREFUL)
