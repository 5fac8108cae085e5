"""The key of the next page of a list: a moment and an id."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone


def key_of(text: str) -> tuple[datetime, UUID] | None:
    """None for the first page. Raises `Http404` for a key that no list ever gave."""
    if not text:
        return None
    try:
        moment, pk = text.split("_")
        # A plus sign in an address reads as a space.
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        if timezone.is_naive(at):
            raise ValueError
        return at, UUID(pk)
    except ValueError:
        raise Http404 from None
