"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from backoffice.transitions import Clock

from .absences import Absence, IsAbsent, StandInOf
from .contests import Contest, Escalation
from .desk_questions import DeskQuestion, IntakeAnswer
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
    "Absence",
    "AnswerTemplate",
    "Clock",
    "Contest",
    "Desk",
    "DeskNote",
    "DeskQuestion",
    "Escalation",
    "GROUND_ENDED",
    "IntakeAnswer",
    "IsAbsent",
    "Kind",
    "Measure",
    "Message",
    "Pause",
    "QUEUE_RANK",
    "QuestionReview",
    "QuestionReviewQuerySet",
    "QueueDivision",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SavedFilter",
    "SecondOpinion",
    "SpecialistRequest",
    "Stall",
    "StandInOf",
    "Term",
    "Urgency",
]
