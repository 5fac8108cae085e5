"""Who may do what with the systems of partners. Who lets one in does not get its token, and who gets the token does not let in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.people.permissions import check_may_manage_accounts
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import Connection, units_kept_by

__all__ = ["check_may_keep_connections", "check_may_manage_accounts", "check_may_revoke", "check_may_see_connections"]


def check_may_see_connections(actor: Any) -> None:
    if not (actor.has(Permission.MANAGE_ACCOUNTS) or units_kept_by(actor)):
        raise NotAllowed(_("The account administrator and who leads a desk may do this."))


def check_may_keep_connections(actor: Any, connection: Connection) -> None:
    """Tokens and webhooks: who leads the desk (or hands in for the office), and so may read what they open. An account
    administrator opens no file, and would with a token in hand.
    """
    if connection.unit_id not in units_kept_by(actor):
        raise NotAllowed(_("Who leads this desk may do this."))


def check_may_revoke(actor: Any, connection: Connection) -> None:
    """Taking something away is for both: it opens nothing, and sometimes it must be quick."""
    if not actor.has(Permission.MANAGE_ACCOUNTS):
        check_may_keep_connections(actor, connection)
