"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from .cases import Case, CaseMember, CaseQuerySet, Involvement, cases_elsewhere
from .intakes import Concern, Heard, HeardThing, Intake, Strength, SupportPerson
from .merges import ResidentMerge
from .residents import Resident, SearchKey, who_acts

__all__ = [
    "Case",
    "CaseMember",
    "CaseQuerySet",
    "Concern",
    "Heard",
    "HeardThing",
    "Intake",
    "Involvement",
    "Resident",
    "ResidentMerge",
    "SearchKey",
    "Strength",
    "SupportPerson",
    "cases_elsewhere",
    "who_acts",
]
