"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from .cases import Case, CaseMember, CaseQuerySet, Involvement, cases_elsewhere
from .intakes import Concern, Heard, HeardThing, Intake, Strength, SupportPerson
from .residents import Resident, SearchKey, who_acts
from .summaries import CaseSummary, SummaryTemplate

__all__ = [
    "Case",
    "CaseMember",
    "CaseQuerySet",
    "CaseSummary",
    "Concern",
    "Heard",
    "HeardThing",
    "Intake",
    "Involvement",
    "Resident",
    "SearchKey",
    "Strength",
    "SummaryTemplate",
    "SupportPerson",
    "cases_elsewhere",
    "who_acts",
]
