"""Changes to who works where."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from luisterloket.platform.commands import command
from luisterloket.platform.history import record
from luisterloket.wijken.models import Wijk

from .models import Appointment, Organisation, Unit, User


@command
def open_unit(*, actor: Any, kind: str, name: str, organisation: Organisation, wijk: Wijk | None = None) -> Unit:
    """Give a wijk team, desk or office its place in the house."""
    unit = Unit(kind=kind, name=name, organisation=organisation, wijk=wijk)
    unit.group = Group.objects.create(name=f"unit {unit.pk}")
    unit.put()
    record(actor, "unit.opened", unit, kind=kind)
    return unit


@command
def appoint(
    *,
    actor: Any,
    user: User,
    unit: Unit,
    role: str,
    since: date | None = None,
    until: date | None = None,
    on_behalf_of: Organisation | None = None,
) -> Appointment:
    """Let someone play a role in a unit, for the organisation of that unit or `on_behalf_of` another."""
    appointment = Appointment(
        user=user, unit=unit, role=role, since=since or timezone.localdate(), until=until, on_behalf_of=on_behalf_of
    )
    appointment.put()
    record(actor, "appointment.made", appointment, user=str(user.pk), role=role)
    return appointment
