"""The key of the next page of a long list: the moment and the id of the last row shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone


def key_of(text: str, kind: Callable[[str], Any] = UUID) -> tuple[datetime, Any] | None:
    """Where a page starts; None for the first. Raises `Http404` for a key that no list ever gave."""
    if not text:
        return None
    try:
        moment, pk = text.split("_")
        # A plus sign in an address reads as a space.
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        if timezone.is_naive(at):
            raise ValueError
        return at, kind(pk)
    except (ValueError, OverflowError):
        raise Http404 from None
