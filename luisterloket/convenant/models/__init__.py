"""The data-sharing agreement as data: who may see what of whom, for what purpose, on what ground, and who looked."""

from .access_log import AccessLogEntry, DroppedSegment, LogMember, LogSegment, ProcessingLogEntry
from .agreement import Authorisation, ConvenantParty, ConvenantVersion, DataCategory, LegalGround, Purpose, RetentionTerm, of_today
from .identity_numbers import IdentityNumberUse
from .unusual import LogWatch, UnusualLook, WatchedHome

__all__ = [
    "AccessLogEntry", "Authorisation", "ConvenantParty", "ConvenantVersion", "DataCategory", "DroppedSegment", "IdentityNumberUse",
    "LegalGround", "LogMember", "LogSegment", "LogWatch", "ProcessingLogEntry", "Purpose", "RetentionTerm", "UnusualLook",
    "WatchedHome", "of_today",
]  # fmt: skip
