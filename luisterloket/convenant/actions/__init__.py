"""Every change of state of the convenant and of what is kept under it."""

from .access_log import export_access_log, read_access_log
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
from .content import (
    add_clause,
    add_purpose,
    change_clause,
    explain_purpose,
    remove_clause,
    remove_purpose,
    remove_retention,
    set_retention,
)
from .drafts import discard_draft, edit_details, start_draft
from .exchange import import_convenant
from .identity_numbers import switch_off_identity_numbers, switch_on_identity_numbers
from .laws import add_law, switch_off_law, switch_on_law
from .matrix import save_matrix
from .parties import add_party, change_party, register_organisation, remove_party
from .previews import note_preview, set_stage
from .signing import leave, sign_for_party
from .unusual import answer_unusual_look, note_home
from .versions import bring_into_force, end_convenant, offer_convenant, run_out, take_back

__all__ = [
    "add_clause", "add_law", "add_party", "add_purpose", "answer_unusual_look", "assess_breach", "bring_into_force",
    "change_clause", "change_party", "close_breach", "discard_draft", "edit_details", "end_convenant", "explain_purpose",
    "export_access_log", "import_convenant", "leave", "note_home", "note_measure", "note_preview", "offer_convenant",
    "read_access_log", "register_organisation", "remove_clause", "remove_party", "remove_purpose", "remove_retention",
    "report_breach", "run_out", "save_matrix", "set_retention", "set_stage", "sign_for_party", "spare_authority",
    "spare_residents", "start_draft", "switch_off_identity_numbers", "switch_off_law", "switch_on_identity_numbers",
    "switch_on_law", "take_back", "tell_authority", "tell_residents",
]  # fmt: skip
