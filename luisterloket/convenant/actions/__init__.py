"""Every change of state of the convenant and of what is kept under it."""

from .access_log import export_access_log, read_access_log
from .identity_numbers import switch_off_identity_numbers, switch_on_identity_numbers
from .unusual import answer_unusual_look, note_home
from .versions import sign_convenant

__all__ = [
    "answer_unusual_look", "export_access_log", "note_home", "read_access_log", "sign_convenant", "switch_off_identity_numbers",
    "switch_on_identity_numbers",
]  # fmt: skip
