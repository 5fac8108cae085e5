"""Desks, the requests routed to them, and the terms that keep a request from being forgotten."""

from backoffice.transitions import Clock

from .absences import Absence, IsAbsent, StandInOf
from .contests import Contest, Escalation
from .desk_questions import DeskQuestion, IntakeAnswer
from .desk_work import AnswerTemplate, DeskNote, QueueDivision, SavedFilter, SecondOpinion
from .desks import Desk, Kind, Urgency
from .hand_ins import HandIn, Reception
from .pauses import CollectionPause
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
from .stalls import Stall, StallRule, reference_of
from .terms import Measure, Pause, Term

__all__ = [
    "Absence",
    "AnswerTemplate",
    "Clock",
    "CollectionPause",
    "Contest",
    "Desk",
    "DeskNote",
    "DeskQuestion",
    "Escalation",
    "GROUND_ENDED",
    "HandIn",
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
    "Reception",
    "RequestGroupPermission",
    "RequestItem",
    "RequestQuerySet",
    "RequestUserPermission",
    "SavedFilter",
    "SecondOpinion",
    "SpecialistRequest",
    "Stall",
    "StallRule",
    "StandInOf",
    "Term",
    "Urgency",
    "reference_of",
]
