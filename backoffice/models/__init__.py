"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from .desks import Clock, Desk, Kind, Urgency
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
from .stalls import Stall
from .terms import Measure, Pause, Term

__all__ = [
    "GROUND_ENDED",
    "PAUSED",
    "Clock",
    "Desk",
    "Kind",
    "Measure",
    "Message",
    "Pause",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SpecialistRequest",
    "Stall",
    "Term",
    "Urgency",
]
