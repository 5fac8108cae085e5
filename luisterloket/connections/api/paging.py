"""Long lists in pages that go on where the last one ended: what comes in between shifts nothing."""

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from .problems import InvalidInput, error

Key = tuple[datetime, UUID]


def cursor_of(at: datetime, pk: UUID) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}~{pk}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> Key:
    """Raises `InvalidInput` for one that no page ever gave."""
    try:
        moment, pk = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode().split("~")
        at = datetime.fromisoformat(moment)
        if timezone.is_naive(at):
            raise ValueError
        return at, UUID(pk)
    except (ValueError, OverflowError, binascii.Error):
        raise InvalidInput([error("query", "cursor", "invalid", "Deze cursor is niet van een van onze pagina's.")]) from None


def page_of(found: Any, moment: str, cursor: str, count: int) -> tuple[list[Any], str]:
    """A page of rows, oldest first by `moment` and id, and the cursor of the next; empty when there is none."""
    if cursor:
        at, pk = read_cursor(cursor)
        found = found.filter(Q(**{f"{moment}__gt": at}) | Q(**{moment: at, "pk__gt": pk}))
    rows = list(found.order_by(moment, "pk")[: count + 1])
    return rows[:count], cursor_of(getattr(rows[count - 1], moment), rows[count - 1].pk) if len(rows) > count else ""
