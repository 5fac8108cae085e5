"""Every change to who works here, where, and as what, and how they are told of things."""

from .accounts import block_account, change_account, open_account, reset_second_factor, send_link_again, unblock_account
from .appointments import answer_proposal, appoint, end_appointment, propose_appointment
from .jobs import run_job_now
from .notifications import choose_notifications, retry_deliveries
from .reviews import decide_review
from .units import close_organisation, close_unit, open_organisation, open_unit, rename_organisation, rename_unit

__all__ = [
    "answer_proposal",
    "appoint",
    "block_account",
    "change_account",
    "choose_notifications",
    "close_organisation",
    "close_unit",
    "decide_review",
    "end_appointment",
    "open_account",
    "open_organisation",
    "open_unit",
    "propose_appointment",
    "rename_organisation",
    "rename_unit",
    "reset_second_factor",
    "retry_deliveries",
    "run_job_now",
    "send_link_again",
    "unblock_account",
]
