"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from .absences import Absence, IsAbsent, StandInOf
from .desk_questions import DeskQuestion, IntakeAnswer
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
from .stalls import Stall

__all__ = [
    "GROUND_ENDED",
    "PAUSED",
    "Absence",
    "Clock",
    "Desk",
    "DeskQuestion",
    "IntakeAnswer",
    "IsAbsent",
    "Message",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SpecialistRequest",
    "Stall",
    "StandInOf",
    "Term",
    "Urgency",
]
