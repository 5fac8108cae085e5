"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from .contests import Contest, Escalation
from .desks import Clock, Desk, Term, Urgency
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

__all__ = [
    "GROUND_ENDED",
    "PAUSED",
    "Clock",
    "Contest",
    "Desk",
    "Escalation",
    "Message",
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
