"""Organisations, and the teams, desks and offices in which people work."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.people import permissions
from luisterloket.people.hands import left_in_hands
from luisterloket.people.models import Appointment, Organisation, Unit
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.wijken.models import Wijk


@command
def open_organisation(*, actor: Any, name: str, kvk_number: str = "", is_municipality: bool = False) -> Organisation:
    """A body that takes part. That it takes part says nothing yet of what it may see: that is the convenant's."""
    permissions.check_may_manage_accounts(actor)
    organisation = Organisation(name=_free(_named(name)), kvk_number=kvk_number.strip(), is_municipality=is_municipality).put()
    record(actor, "organisation.opened", organisation)
    return organisation


@command
def rename_organisation(*, actor: Any, organisation: Organisation, name: str, kvk_number: str = "") -> Organisation:
    """It goes on under another name; who works there and what it signed stay."""
    permissions.check_may_manage_accounts(actor)
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    organisation.name, organisation.kvk_number = _free(_named(name), organisation), kvk_number.strip()
    organisation.full_clean()
    organisation.save(update_fields=["name", "kvk_number"])
    record(actor, "organisation.renamed", organisation)
    return organisation


@command
def close_organisation(*, actor: Any, organisation: Organisation) -> Organisation:
    """Raises `Refused` as long as one of its units is open."""
    permissions.check_may_manage_accounts(actor)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.units.filter(closed_on=None).exists():
        raise Refused(_("A team, desk or office of this organisation is open. Close those first."), code="open_units")
    organisation.closed_on = timezone.localdate()
    organisation.save(update_fields=["closed_on"])
    record(actor, "organisation.closed", organisation)
    return organisation


@command
def open_unit(*, actor: Any, kind: str, name: str, organisation: Organisation, wijk: Wijk | None = None) -> Unit:
    """Give a wijk team, desk or office its place in the house."""
    permissions.check_may_manage_accounts(actor)
    # Closing the organisation waits for this, or this for that.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if organisation.closed_on:
        raise Refused(_("%(organisation)s is closed.") % {"organisation": organisation.name}, code="closed")
    if kind == Unit.Kind.WIJKTEAM and wijk is None:
        raise Refused(_("Choose the wijk of this team."), code="no_wijk")
    unit = Unit(kind=kind, name=_named(name), organisation=organisation, wijk=wijk if kind == Unit.Kind.WIJKTEAM else None)
    unit.group = Group.objects.create(name=f"unit {unit.pk}")
    unit.put()
    record(actor, "unit.opened", unit, kind=kind)
    return unit


@command
def rename_unit(*, actor: Any, unit: Unit, name: str) -> Unit:
    permissions.check_may_manage_accounts(actor)
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    unit.name = _named(name)
    unit.full_clean()
    unit.save(update_fields=["name"])
    record(actor, "unit.renamed", unit)
    return unit


@command
def close_unit(*, actor: Any, unit: Unit) -> Unit:
    """Nobody works here any more and nothing waits here. Raises `Refused` with what is still here."""
    permissions.check_may_manage_accounts(actor)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.closed_on:
        raise Refused(_("This was closed already."), code="closed")
    left = left_in_hands(None, unit.pk)
    if left:
        raise Refused(" ".join(map(str, left)), code="in_hands")
    if Appointment.objects.in_force_or_later().filter(unit=unit).exists():
        raise Refused(_("People are appointed here. End their appointments first."), code="appointments")
    unit.closed_on = timezone.localdate()
    unit.save(update_fields=["closed_on"])
    record(actor, "unit.closed", unit)
    return unit


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(_("Write down the name."), code="no_name")
    return name.strip()


def _free(name: str, whose: Organisation | None = None) -> str:
    others = Organisation.objects.exclude(pk=whose.pk) if whose else Organisation.objects.all()
    if others.filter(name__iexact=name).exists():
        raise Refused(_("There is an organisation with this name already."), code="taken")
    return name
