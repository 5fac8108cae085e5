"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from backoffice.transitions import Clock

from .contests import Contest, Escalation
from .desks import Desk, Kind, Urgency
from .question_reviews import QuestionReview, QuestionReviewQuerySet
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
    "Contest",
    "Desk",
    "Escalation",
    "Kind",
    "Measure",
    "Message",
    "Pause",
    "QuestionReview",
    "QuestionReviewQuerySet",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SpecialistRequest",
    "Stall",
    "Term",
    "Urgency",
]
