"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from .cases import Case, CaseMember, CaseQuerySet, Involvement, cases_elsewhere, closed_residents, closed_to
from .conference_records import ConferenceAddition, ConferenceAgreement, ConferenceRecord
from .conferences import AgendaItem, CaseConference, ConferenceItem, ConferenceParticipant
from .consents import ConsentStep, Informing
from .contacts import ContactMoment, ShortContact
from .contract_endings import ContractEnding, EndingUnit, HandoverReminder, months_before
from .conversations import Answer, Check, Conversation
from .documents import Document
from .early_signs import WIPED_AFTER, EarlySign, SignAttempt
from .emergencies import BreakGlass, BreakGlassWord, emergencies_now
from .endings import CaseEnding, LooseEndDecision
from .erasures import ErasureBatch, ErasureLine, LegalHold, call_back_days
from .exceptions import RuleException, category_of_exception
from .follow_ups import FlaggedBecause, FollowUp, units_watched
from .handovers import Handover, HandoverCheck, HandoverNote
from .households import ParentalTie, Representative
from .identity_numbers import IdentityNumber
from .intakes import Concern, Heard, HeardThing, Intake, IntakeWriter, Strength, SupportPerson
from .letters import Letter, LetterTemplate
from .meetings import Meeting
from .meldcode import MeldcodeStep, MeldcodeTrack, StepName, next_step
from .merges import ResidentMerge
from .money import OWED, CostLine, Debt, IncomeLine, MoneyLine, Period, PeriodicLine, Sureness
from .plans import Goal, PlanStep, Reading, Review
from .residents import Resident, SearchKey, who_acts
from .rights import CopyChoice, RightsCopy, RightsCorrection, RightsRequest
from .safety import CaseGuard, Protection
from .summaries import CaseSummary, SummaryTemplate
from .withheld import CopyCheck, Withheld

__all__ = [
    "ErasureBatch",
    "ErasureLine",
    "LegalHold",
    "call_back_days",
    "AgendaItem",
    "Answer",
    "BreakGlass",
    "BreakGlassWord",
    "Case",
    "CaseEnding",
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
    "ConsentStep",
    "ContactMoment",
    "Conversation",
    "CopyCheck",
    "CopyChoice",
    "CostLine",
    "Debt",
    "EarlySign",
    "FlaggedBecause",
    "FollowUp",
    "Goal",
    "Document",
    "ContractEnding",
    "EndingUnit",
    "Handover",
    "HandoverCheck",
    "HandoverNote",
    "HandoverReminder",
    "Heard",
    "HeardThing",
    "IdentityNumber",
    "IncomeLine",
    "Informing",
    "Intake",
    "IntakeWriter",
    "Involvement",
    "LooseEndDecision",
    "Letter",
    "LetterTemplate",
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
    "RightsCopy",
    "RightsCorrection",
    "RightsRequest",
    "RuleException",
    "Review",
    "SearchKey",
    "ShortContact",
    "SignAttempt",
    "StepName",
    "Strength",
    "SummaryTemplate",
    "SupportPerson",
    "Sureness",
    "WIPED_AFTER",
    "Withheld",
    "cases_elsewhere",
    "category_of_exception",
    "emergencies_now",
    "closed_residents",
    "closed_to",
    "months_before",
    "next_step",
    "units_watched",
    "who_acts",
]
