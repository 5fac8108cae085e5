"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

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
    "Desk",
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
