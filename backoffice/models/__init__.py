"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from .desks import Clock, Desk, Term, Urgency
from .requests import (
    GROUND_ENDED,
    PAUSED,
    Message,
    RequestGroupPermission,
    RequestItem,
    RequestQuerySet,
    RequestUserPermission,
    SpecialistRequest,
)
from .stalls import Stall, StallRule, reference_of

__all__ = [
    "GROUND_ENDED",
    "PAUSED",
    "Clock",
    "Desk",
    "Message",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SpecialistRequest",
    "Stall",
    "StallRule",
    "Term",
    "Urgency",
    "reference_of",
]
