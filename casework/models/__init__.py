"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from .cases import Case, CaseMember, CaseQuerySet, Involvement, cases_elsewhere, closed_to
from .households import ParentalTie, Representative
from .intakes import Concern, Heard, HeardThing, Intake, Strength, SupportPerson
from .residents import Resident, SearchKey, who_acts
from .safety import CaseGuard, Protection

__all__ = [
    "Case",
    "CaseGuard",
    "CaseMember",
    "CaseQuerySet",
    "Concern",
    "Heard",
    "HeardThing",
    "Intake",
    "Involvement",
    "ParentalTie",
    "Protection",
    "Representative",
    "Resident",
    "SearchKey",
    "Strength",
    "SupportPerson",
    "cases_elsewhere",
    "closed_to",
    "who_acts",
]
