"""The data-sharing agreement as data: who may see what of whom, for what purpose, on what ground, and who looked."""

from .access_log import AccessLogEntry, DroppedSegment, LogMember, LogSegment, ProcessingLogEntry
from .agreement import ConvenantParty, ConvenantVersion, day_that_counts, deciding, is_party_today, of_today
from .breaches import Breach, BreachStep
from .clauses import Clause, PurposeOfVersion, RetentionTerm
from .identity_numbers import IdentityNumberUse
from .matrix import Authorisation, LegalGround, asks_consent
from .unusual import LogWatch, UnusualLook, WatchedHome
from .vocabulary import AvgBasis, DataCategory, Law, Phase, Purpose

__all__ = [
    "AccessLogEntry", "Authorisation", "AvgBasis", "Breach", "BreachStep", "Clause", "ConvenantParty", "ConvenantVersion",
    "DataCategory", "DroppedSegment", "IdentityNumberUse", "Law", "LegalGround", "LogMember", "LogSegment", "LogWatch", "Phase",
    "ProcessingLogEntry", "Purpose", "PurposeOfVersion", "RetentionTerm", "UnusualLook", "WatchedHome", "asks_consent",
    "day_that_counts", "deciding", "is_party_today", "of_today",
]  # fmt: skip
