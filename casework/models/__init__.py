"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from .cases import Case, CaseMember, CaseQuerySet, Involvement, cases_elsewhere, closed_residents, closed_to
from .conference_records import ConferenceAddition, ConferenceAgreement, ConferenceRecord
from .conferences import AgendaItem, CaseConference, ConferenceItem, ConferenceParticipant
from .contacts import ContactMoment, ShortContact
from .conversations import Answer, Check, Conversation
from .exceptions import RuleException, category_of_exception
from .households import ParentalTie, Representative
from .identity_numbers import IdentityNumber
from .intakes import Concern, Heard, HeardThing, Intake, IntakeWriter, Strength, SupportPerson
from .meetings import Meeting
from .meldcode import MeldcodeStep, MeldcodeTrack, StepName, next_step
from .merges import ResidentMerge
from .money import OWED, CostLine, Debt, IncomeLine, MoneyLine, Period, PeriodicLine, Sureness
from .plans import Goal, PlanStep, Reading, Review
from .residents import Resident, SearchKey, who_acts
from .safety import CaseGuard, Protection
from .summaries import CaseSummary, SummaryTemplate
from .withheld import CopyCheck, Withheld

__all__ = [
    "AgendaItem",
    "Answer",
    "Case",
    "CaseConference",
    "CaseGuard",
    "CaseMember",
    "CaseQuerySet",
    "CaseSummary",
    "Check",
    "Concern",
    "ConferenceAddition",
    "ConferenceAgreement",
    "ConferenceItem",
    "ConferenceParticipant",
    "ConferenceRecord",
    "ContactMoment",
    "Conversation",
    "CopyCheck",
    "CostLine",
    "Debt",
    "Goal",
    "Heard",
    "HeardThing",
    "IdentityNumber",
    "IncomeLine",
    "Intake",
    "IntakeWriter",
    "Involvement",
    "MeldcodeStep",
    "Meeting",
    "MeldcodeTrack",
    "MoneyLine",
    "OWED",
    "ParentalTie",
    "Period",
    "PeriodicLine",
    "PlanStep",
    "Protection",
    "Reading",
    "Representative",
    "Resident",
    "ResidentMerge",
    "RuleException",
    "Review",
    "SearchKey",
    "ShortContact",
    "StepName",
    "Strength",
    "SummaryTemplate",
    "SupportPerson",
    "Sureness",
    "Withheld",
    "cases_elsewhere",
    "category_of_exception",
    "closed_residents",
    "closed_to",
    "next_step",
    "who_acts",
]
