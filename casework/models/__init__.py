"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from .cases import Case, CaseMember, CaseQuerySet, Involvement, cases_elsewhere
from .contacts import ContactMoment, ShortContact
from .conversations import Answer, Check, Conversation
from .intakes import Concern, Heard, HeardThing, Intake, IntakeWriter, Strength, SupportPerson
from .merges import ResidentMerge
from .money import OWED, CostLine, Debt, IncomeLine, MoneyLine, Period, PeriodicLine, Sureness
from .residents import Resident, SearchKey, who_acts

__all__ = [
    "Answer",
    "Case",
    "CaseMember",
    "CaseQuerySet",
    "Check",
    "Concern",
    "ContactMoment",
    "Conversation",
    "CostLine",
    "Debt",
    "Heard",
    "HeardThing",
    "IncomeLine",
    "Intake",
    "IntakeWriter",
    "Involvement",
    "MoneyLine",
    "OWED",
    "Period",
    "PeriodicLine",
    "Resident",
    "ResidentMerge",
    "SearchKey",
    "ShortContact",
    "Strength",
    "SupportPerson",
    "Sureness",
    "cases_elsewhere",
    "who_acts",
]
