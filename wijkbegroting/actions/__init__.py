"""Everything that changes the money of a wijk: its budget and lines, and what is granted from them."""

from .budget import (
    add_source,
    approve_line,
    open_budget,
    propose_line,
    receive_money,
    reject_line,
    resubmit_line,
    return_line,
    sign_mandate,
)
from .grants import (
    ask_maatwerk,
    cosign_grant,
    decide_grant,
    decline_cosign,
    pay_grant,
    refuse_grant,
    release_grant,
    withdraw_grant,
)

__all__ = [
    "add_source",
    "approve_line",
    "ask_maatwerk",
    "cosign_grant",
    "decide_grant",
    "decline_cosign",
    "open_budget",
    "pay_grant",
    "propose_line",
    "receive_money",
    "refuse_grant",
    "reject_line",
    "release_grant",
    "resubmit_line",
    "return_line",
    "sign_mandate",
    "withdraw_grant",
]
