"""Tokens: made, used, taken away."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.connections import permissions
from luisterloket.connections.models import ApiToken, Connection
from luisterloket.connections.tokens import hash_of, hint_of
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

# That a token is in use is noted no more often than this.
NOTED_EACH = timedelta(minutes=5)


@command
def issue_token(*, actor: Any, connection: Connection, secret: str, for_what: list[str], until: date) -> ApiToken:
    """A token with this secret, which the page shows once and we never have again. For who leads the desk.

    Raises `Refused` for more than the connection is for, and for a last day that has passed or is too far away.
    """
    permissions.check_may_keep_connections(actor, connection)
    connection = Connection.objects.select_for_update(no_key=True, of=("self",)).get(pk=connection.pk)
    if connection.ended_at:
        raise Refused(_("This connection was ended already."), code="ended")
    if not for_what or not set(for_what) <= set(connection.scopes):
        raise Refused(_("Choose what it is for."), code="scopes")
    today = timezone.localdate()
    if not today <= until <= today + timedelta(days=settings.API_TOKEN_DAYS):
        raise Refused(
            _("Choose a last day from today, and no more than %(days)d days from now.") % {"days": settings.API_TOKEN_DAYS},
            code="until",
        )
    ends = datetime.combine(until + timedelta(days=1), time(), timezone.get_default_timezone())
    token = ApiToken(
        connection=connection, secret_hash=hash_of(secret), hint=hint_of(secret), scopes=sorted(set(for_what)), issued_by=actor,
        expires_at=ends,
    ).put()  # fmt: skip
    record(actor, "token.issued", connection, token=str(token.pk), scopes=token.scopes, until=str(until))
    return token


@command
def revoke_token(*, actor: Any, token: ApiToken) -> ApiToken:
    """From now on it opens nothing. Raises `Refused` when it was taken away already."""
    permissions.check_may_revoke(actor, token.connection)
    token = ApiToken.objects.select_for_update(no_key=True, of=("self",)).select_related("connection").get(pk=token.pk)
    if token.revoked_at:
        raise Refused(_("This token was taken away already."), code="revoked")
    token.revoked_at, token.revoked_by = timezone.now(), actor
    token.save(update_fields=["revoked_at", "revoked_by"])
    record(actor, "token.revoked", token.connection, token=str(token.pk))
    return token


@command
def note_use(*, actor: Any, token: ApiToken) -> None:
    """When it was used last, so that one that nobody uses is seen. By the system itself; noted once in a few minutes."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EACH:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
