"""What the convenant lets someone read of the exceptions in a case: each is in the category that its rule is about."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import Item, Scope, source

from .domains import CATEGORY_OF
from .models import RuleException

CAREFUL = gettext_lazy("An exception to a rule. Let it go along only when this desk cannot do without.")


@source(*set(CATEGORY_OF.values()))
def exceptions(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """The newest first."""
    if scope.case_id is None:
        return
    for one in RuleException.objects.filter(case_id=scope.case_id).select_related("asked_by", "answered_by", "ended_by"):
        if one.category not in categories:
            continue
        details = {
            "kind_name": one.get_kind_display(),
            "why": one.why,
            "status": one.status,
            "status_name": one.get_status_display(),
            "since": one.since,
            "review_on": one.review_on,
            "asked_by": one.asked_by.name,
            "asked_at": one.asked_at,
            "answered_by": one.answered_by.name if one.answered_by else "",
            "answered_at": one.answered_at,
            "answer": one.answer,
            "ended_by": one.ended_by.name if one.ended_by else "",
            "who_ids": tuple(filter(None, [one.asked_by_id, one.answered_by_id, one.ended_by_id])),
        }
        yield Item(one.category, "exception", scope.subjects[0], one.pk, _("Exception"), one.rule, details, careful=CAREFUL)
