"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from .desk_work import AnswerTemplate, DeskNote, QueueDivision, SavedFilter, SecondOpinion
from .desks import Clock, Desk, Term, Urgency
from .requests import (
    GROUND_ENDED,
    QUEUE_RANK,
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
    "QUEUE_RANK",
    "AnswerTemplate",
    "Clock",
    "Desk",
    "DeskNote",
    "Message",
    "QueueDivision",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SavedFilter",
    "SecondOpinion",
    "SpecialistRequest",
    "Stall",
    "Term",
    "Urgency",
]
