"""Every change of state of the convenant and of what is kept under it."""

from .access_log import read_access_log
from .identity_numbers import switch_off_identity_numbers, switch_on_identity_numbers
from .previews import note_preview, set_stage
from .versions import sign_convenant

__all__ = [
    "note_preview",
    "read_access_log",
    "set_stage",
    "sign_convenant",
    "switch_off_identity_numbers",
    "switch_on_identity_numbers",
]
