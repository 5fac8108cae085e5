"""What the convenant lets someone see of the letters of a case: a letter is there for who may see all that it tells of."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Item, Scope, source
from luisterloket.platform.templatetags.ui import when

from .document_disclosures import CATEGORIES
from .models import CaseMember, Letter
from .plan_tells import somebody

CAREFUL = _("That a letter was written. The letter itself does not go along.")


@source(*CATEGORIES)
def letters(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """The newest first."""
    if scope.case_id is None:
        return
    of_case = Letter.objects.filter(case_id=scope.case_id, categories__contained_by=sorted(categories))
    found = list(of_case.select_related("made_by", "fixed_by", "sent_by"))
    members = dict(CaseMember.objects.filter(case=scope.case_id).values_list("resident_id", "pk")) if found else {}
    for one in found:
        about = one.resident_id if one.resident_id in scope.subjects else None
        day = one.sent_on or (one.fixed_at or one.made_at)
        text = ", ".join(filter(None, [one.subject, one.to_name, str(one.get_status_display()), when(day)]))
        details = {
            "subject": one.subject,
            "to": one.to_name,
            "body": one.body,
            "status": one.status,
            "status_name": one.get_status_display(),
            "way_name": one.get_way_display(),
            "sent_on": one.sent_on,
            "at": one.fixed_at or one.made_at,
            "by": (one.sent_by or one.fixed_by or one.made_by).name,
            "by_id": one.sent_by_id or one.fixed_by_id or one.made_by_id,
            "waits": one.waits_for_reader,
        }
        # Its subject and its words were filled with these, and it names whom it is for.
        tells = frozenset(one.things) | somebody(one.resident_id, members)
        category = next(category for category in one.categories if category in categories)
        yield Item(
            category, "letter", about or scope.subjects[0], one.pk, _("Letter"), text, details, careful=CAREFUL, tells=tells,
            also=frozenset(one.categories),
        )  # fmt: skip
