"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from backoffice.transitions import Clock

from .contests import Contest, Escalation
from .desk_work import AnswerTemplate, DeskNote, QueueDivision, SavedFilter, SecondOpinion
from .desks import Desk, Kind, Urgency
from .question_reviews import QuestionReview, QuestionReviewQuerySet
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
from .terms import Measure, Pause, Term

__all__ = [
    "GROUND_ENDED",
    "QUEUE_RANK",
    "AnswerTemplate",
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
