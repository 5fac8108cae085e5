"""The items of a person that a request can name, as they stand now: for the handler of every case, for a worker of their own."""

import json
from typing import Any
from uuid import UUID

from luisterloket.convenant.disclosure import Ground, Item, collect, disclose
from luisterloket.people.models import User
from luisterloket.platform.exceptions import NotAllowed

from .disclosures import scope_of
from .groups_under_right import cases_of, rows_of
from .models import Case, RightsCorrection, RightsRequest
from .rights_copy import CopyItem
from .rights_disclosures import GROUND
from .rights_permissions import PURPOSE

# Who someone is in a list, and what follows from something else.
NOT_NAMED = {"initials"}


def items_to_name(actor: User, request: RightsRequest) -> dict[str, tuple[Case, Item]]:
    """By key every item about this person that `actor` may read now. For the handler under the request; for who works on the case
    of the request as anything else of it. Each case is one look. Raises `NotAllowed` for anyone else.
    """
    if request.handler_id == actor.pk:
        rows = rows_of(request)
        return _items(actor, cases_of(rows), rows, Ground(GROUND, request.pk), PURPOSE)
    case = Case.objects.visible_to(actor).filter(pk=request.case_id).first()
    if case is None:
        raise NotAllowed()
    return _items(actor, [case], [request.resident_id], Ground("involvement", case.pk), "listening")


def _items(actor: User, cases: list[Case], rows: list[UUID], ground: Ground, purpose: str) -> dict[str, tuple[Case, Item]]:
    found: dict[str, tuple[Case, Item]] = {}
    for case in cases:
        for item in disclose(scope_of(case), to=actor, purpose=purpose, ground=ground, what="what is wrong"):
            if item.subject_id in rows and item.kind not in NOT_NAMED:
                found.setdefault(item.key, (case, item))
    return found


def as_it_says(item: Item) -> str:
    """What an item says, whole, to keep sealed and to hold a later text against."""
    more = CopyItem(item, item.ref, item.category).more
    return json.dumps({"text": item.text, "more": [[str(label), text] for label, text in more]}, ensure_ascii=False)


def said_before(correction: RightsCorrection) -> dict[str, Any]:
    """What it said when it was named: `text`, and `more` as pairs of a label and a text."""
    return dict(json.loads(correction.was))


def says_the_same(correction: RightsCorrection) -> bool:
    """Whether the item still says what it said when it was named. What is gone says nothing any more."""
    for item in collect(scope_of(Case(pk=correction.case_id)), frozenset({correction.category})):
        if item.key == correction.key:
            return as_it_says(item) == correction.was
    return False
