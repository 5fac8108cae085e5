"""On what ground who handles a request of a resident looks, and what the resident says of an item that stays as it is."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from luisterloket.convenant.disclosure import Ground, Item, Scope, Standing, ground, withholding

from .groups_under_right import rows_of
from .models import Case, CaseMember, RightsCorrection, RightsRequest
from .rights_permissions import copy_to_read, handled_by, posts_under_right

GROUND = "rights_request"


@ground(GROUND)
def under_right(actor: Any, look: Ground, scope: Scope) -> Standing | None:
    """A case of the person whose request this handler has in hand, or whose copy this person was asked to read; as long as that."""
    request = RightsRequest.objects.in_hand().filter(pk=look.ref).first() if look.ref else None
    if request is None or scope.case_id is None:
        return None
    handles = request.handler_id == actor.pk and handled_by(actor).filter(pk=request.pk).exists()
    if not handles and copy_to_read(actor, request.pk) is None:
        return None
    members = set(CaseMember.objects.filter(case=scope.case_id).values_list("resident_id", flat=True))
    if not members & set(rows_of(request)) or not set(scope.subjects) <= members:
        return None
    unit_id = Case.objects.values_list("unit_id", flat=True).get(pk=scope.case_id)
    return Standing(posts_under_right(actor, unit_id), scope.case_id)


@withholding
def statements(scope: Scope, items: list[Item], readers: frozenset[UUID]) -> list[Item]:
    """Beside an item that was not put right stands what the resident says of it, wherever the item goes (AVG article 16)."""
    if scope.case_id is None or not items:
        return items
    refused = RightsCorrection.objects.filter(case=scope.case_id, status=RightsCorrection.Status.REFUSED)
    said: dict[str, list[str]] = {}
    for one in refused.only("request_id", "kind", "thing", "statement"):
        if one.statement:
            said.setdefault(one.key, []).append(one.statement)
    return [replace(item, beside=(*item.beside, *said[item.key])) if item.key in said else item for item in items]
