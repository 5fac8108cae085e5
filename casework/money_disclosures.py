"""What the convenant lets someone read of the money of a case: one item for each line, in the category of finances.

What was paid or has ended is not among them, so that it does not go along to a desk.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Item, Scope, source

from .models import CostLine, Debt, IncomeLine
from .money import amount, debt_in_words, in_words, line_in_words, pause_ends, per_month, periodic_amount, talk_by
from .threats import marked_terms


@source("finances")
def money(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    if scope.case_id is None:
        return
    still = Q(ended_on=None) | Q(ended_on__gt=timezone.localdate())
    for one in IncomeLine.objects.filter(still, case_id=scope.case_id):
        yield _periodic("income", _("Income"), one, scope)
    for cost in CostLine.objects.filter(still, case_id=scope.case_id):
        yield _periodic("cost", _("Fixed cost"), cost, scope)
    marked = marked_terms(scope.case_id)
    for debt in Debt.objects.owed().filter(case_id=scope.case_id):
        details = _of_debt(debt)
        # What was marked in a conversation as well is one thing, with one date.
        if details["talk_by"] and debt.threat in marked:
            details["talk_by"] = min(details["talk_by"], marked[debt.threat])
        yield Item("finances", "debt", _subject(debt, scope), debt.pk, _("Debt"), debt_in_words(debt), details)


def _periodic(kind: str, label: str, line: IncomeLine | CostLine, scope: Scope) -> Item:
    details = _of_line(line) | {
        "kind_name": line.get_kind_display(),
        "period": line.period,
        "amount": periodic_amount(line),
        "ended_on": line.ended_on,
        "total": per_month(amount(line.sureness, line.least, line.most), line.period),
    }
    return Item("finances", kind, _subject(line, scope), line.pk, label, line_in_words(line), details)


def _of_debt(debt: Debt) -> dict[str, Any]:
    return _of_line(debt) | {
        "creditor": debt.creditor,
        "amount": in_words(debt.sureness, debt.least, debt.most),
        "kind_name": debt.get_kind_display(),
        "since": debt.since,
        "status": debt.status,
        "status_name": debt.get_status_display(),
        "paused_by": debt.paused_by,
        "paused_until": debt.paused_until,
        "pause_ends": pause_ends(debt),
        "threat": debt.threat,
        "threat_name": debt.get_threat_display() if debt.threat else "",
        "threat_on": debt.threat_on,
        "talk_by": talk_by(debt),
        "talked_on": debt.talked_on,
        "total": amount(debt.sureness, debt.least, debt.most),
    }


def _of_line(line: Any) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "sureness": line.sureness,
        "least": line.least,
        "most": line.most,
        "words": line.text,
        "whose": line.whose_id,
    }


def _subject(line: Any, scope: Scope) -> Any:
    """Whose it is; who the case is about when that was not said."""
    return line.whose_id if line.whose_id in scope.subjects else scope.subjects[0]
