"""A system of a partner is let in, and out."""

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.connections import permissions, scopes
from luisterloket.connections.models import ApiToken, Connection, Webhook
from luisterloket.people.actions import appoint
from luisterloket.people.models import Appointment, Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record


@command
def open_connection(*, actor: Any, name: str, unit: Unit, contact: str, for_what: list[str]) -> Connection:
    """Let a system in at a desk, for these scopes. It opens nothing until who leads the desk makes a token.

    For the account administrator. Raises `Refused` without a scope, for one that this kind of unit has not, and for a name that is
    in use there.
    """
    permissions.check_may_manage_accounts(actor)
    name = name.strip()
    if not name:
        raise Refused(_("Write down the name."), code="no_name")
    known = [code for code in for_what if code in scopes.SCOPES]
    if not known or len(known) != len(for_what):
        raise Refused(_("Choose what it is for."), code="scopes")
    if any(unit.kind not in scopes.SCOPES[code].roles for code in known):
        raise Refused(_("This is not possible at this team, desk or office. Choose another one."), code="unit")
    if Connection.objects.filter(unit=unit, name=name, ended_at=None).exists():
        raise Refused(_("There is a system with this name already. Choose another name."), code="taken")
    # No mail goes to it, and it signs in on no page.
    user = User(email=f"{uuid4()}@systeem.invalid", name=name, is_machine=True)
    user.set_unusable_password()
    user.save(force_insert=True)
    connection = Connection(name=name, user=user, unit=unit, contact=contact, scopes=sorted(known), opened_by=actor).put()
    record(actor, "connection.opened", connection, user=str(user.pk), scopes=connection.scopes)
    for role in scopes.roles_of(known, unit.kind):
        appoint(actor=actor, user=user, unit=unit, role=role)
    return connection


@command
def end_connection(*, actor: Any, connection: Connection) -> Connection:
    """It is out at once: no token works any more, nothing is told to it, and its account is closed. What it did stays."""
    permissions.check_may_revoke(actor, connection)
    connection = Connection.objects.select_for_update(no_key=True, of=("self",)).get(pk=connection.pk)
    if connection.ended_at:
        raise Refused(_("This connection was ended already."), code="ended")
    connection.ended_at, connection.ended_by = timezone.now(), actor
    connection.save(update_fields=["ended_at", "ended_by"])
    ApiToken.objects.filter(connection=connection, revoked_at=None).update(revoked_at=connection.ended_at, revoked_by=actor)
    Webhook.objects.filter(connection=connection, switched_off_at=None).update(
        switched_off_at=connection.ended_at, switched_off_why=Webhook.Off.ENDED
    )
    User.objects.filter(pk=connection.user_id).update(is_active=False)
    # So that the unit can be closed; what it had in hand, any colleague at the desk goes on with.
    Appointment.objects.in_force().filter(user=connection.user_id).update(until=timezone.localdate())
    record(actor, "connection.ended", connection, user=str(connection.user_id))
    return connection
