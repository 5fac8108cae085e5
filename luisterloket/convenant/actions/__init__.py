"""Every change of state of the convenant and of what is kept under it."""

from .access_log import read_access_log
from .breaches import (
    assess_breach,
    close_breach,
    note_measure,
    report_breach,
    spare_authority,
    spare_residents,
    tell_authority,
    tell_residents,
)
from .identity_numbers import switch_off_identity_numbers, switch_on_identity_numbers
from .versions import sign_convenant

__all__ = [
    "assess_breach",
    "close_breach",
    "note_measure",
    "read_access_log",
    "report_breach",
    "sign_convenant",
    "spare_authority",
    "spare_residents",
    "switch_off_identity_numbers",
    "switch_on_identity_numbers",
    "tell_authority",
    "tell_residents",
]
