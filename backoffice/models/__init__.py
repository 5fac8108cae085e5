"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from .desks import Clock, Desk, Term, Urgency
from .hand_ins import HandIn, Reception
from .pauses import CollectionPause
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

__all__ = [
    "GROUND_ENDED",
    "PAUSED",
    "Clock",
    "CollectionPause",
    "Desk",
    "HandIn",
    "Message",
    "Reception",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SpecialistRequest",
    "Stall",
    "Term",
    "Urgency",
]
