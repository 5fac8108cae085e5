"""The data-sharing agreement as data: who may see what of whom, for what purpose, on what ground, and who looked."""

from .access_log import AccessLogEntry
from .agreement import Authorisation, ConvenantParty, ConvenantVersion, DataCategory, LegalGround, Purpose, RetentionTerm, of_today
from .breaches import Breach, BreachStep
from .identity_numbers import IdentityNumberUse

__all__ = [
    "AccessLogEntry", "Authorisation", "Breach", "BreachStep", "ConvenantParty", "ConvenantVersion", "DataCategory",
    "IdentityNumberUse", "LegalGround", "Purpose", "RetentionTerm", "of_today",
]  # fmt: skip
