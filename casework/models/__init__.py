"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from .cases import Case, CaseMember, CaseQuerySet, Involvement, cases_elsewhere, closed_residents, closed_to
from .contacts import ContactMoment, ShortContact
from .conversations import Answer, Check, Conversation
from .contract_endings import ContractEnding, EndingUnit, HandoverReminder, months_before
from .handovers import Handover, HandoverCheck, HandoverNote
from .households import ParentalTie, Representative
from .identity_numbers import IdentityNumber
from .intakes import Concern, Heard, HeardThing, Intake, IntakeWriter, Strength, SupportPerson
from .meetings import Meeting
from .meldcode import MeldcodeStep, MeldcodeTrack, StepName, next_step
from .merges import ResidentMerge
from .money import OWED, CostLine, Debt, IncomeLine, MoneyLine, Period, PeriodicLine, Sureness
from .residents import Resident, SearchKey, who_acts
from .safety import CaseGuard, Protection
from .summaries import CaseSummary, SummaryTemplate
from .withheld import CopyCheck, Withheld

__all__ = [
    "Answer",
    "Case",
    "CaseGuard",
    "CaseMember",
    "CaseQuerySet",
    "CaseSummary",
    "Check",
    "Concern",
    "ContactMoment",
    "Conversation",
    "CopyCheck",
    "CostLine",
    "Debt",
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
    "Protection",
    "Representative",
    "Resident",
    "ResidentMerge",
    "SearchKey",
    "ShortContact",
    "StepName",
    "Strength",
    "SummaryTemplate",
    "SupportPerson",
    "Sureness",
    "Withheld",
    "cases_elsewhere",
    "closed_residents",
    "closed_to",
    "months_before",
    "next_step",
    "who_acts",
]
