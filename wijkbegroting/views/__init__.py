"""Pages about the money of a wijk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils import timezone

from luisterloket.people.requests import SignedIn


def key_of(text: str, kind: Any = UUID) -> tuple[datetime, Any] | None:
    """Where a page of a long list starts; what was made up is not there."""
    if not text:
        return None
    try:
        moment, pk = text.split("_")
        at = datetime.fromisoformat(moment)
        return (at if timezone.is_aware(at) else timezone.make_aware(at)), kind(pk)
    except (ValueError, OverflowError):
        raise Http404 from None


def sent(request: SignedIn) -> QueryDict | None:
    """What the form holds when it was sent, also when that is nothing."""
    return request.POST if request.method == "POST" else None
