"""Every change to the systems of partners, their tokens and what is told to them."""

from .connections import end_connection, open_connection
from .tokens import issue_token, note_use, revoke_token
from .webhooks import add_webhook, renew_secret, switch_off, try_webhook

__all__ = [
    "add_webhook",
    "end_connection",
    "issue_token",
    "note_use",
    "open_connection",
    "renew_secret",
    "revoke_token",
    "switch_off",
    "try_webhook",
]
