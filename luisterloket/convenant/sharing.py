"""Whether something new of a resident may be shared for a purpose, or an objection or a restriction of theirs stops it.

The floor that knows requests of residents says so (`stops_sharing`); whoever sends asks here, before anything leaves.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from luisterloket.platform.exceptions import Refused

Stop = Callable[[tuple[UUID, ...], str], Any]
_stops: list[Stop] = []


def stops_sharing(function: Stop) -> Stop:
    """Register what may stop sharing: it gets residents and a purpose, and gives the sentence for the worker, or nothing."""
    _stops.append(function)
    return function


def sharing_stopped(subjects: Iterable[UUID], purpose: str) -> Any:
    """Why nothing new of these residents may be shared for this purpose, as a sentence for the worker; empty when it may."""
    who = tuple(dict.fromkeys(subjects))
    return next((said for stop in _stops if who and (said := stop(who, purpose))), "")


def check_may_be_shared(subjects: Iterable[UUID], purpose: str) -> None:
    """Raises `Refused` with that sentence when it is stopped."""
    said = sharing_stopped(subjects, purpose)
    if said:
        raise Refused(said, code="sharing_stopped")
