"""Who takes part in a draft: organisations, as core or incidental partner."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.models import Authorisation, ConvenantParty, ConvenantVersion, LegalGround
from luisterloket.convenant.refusals import RefusedAt, filled_in
from luisterloket.people.models import Organisation
from luisterloket.platform.commands import command
from luisterloket.platform.history import record

from .drafts import draft_of

Kind = ConvenantParty.Kind


@command
def register_organisation(*, actor: Any, name: str, kvk_number: str = "") -> Organisation:
    """Write down an organisation that is not known here yet, so that it can be a party."""
    permissions.check_may_configure(actor)
    name = filled_in("name", name, _("Write the name of the organisation."))
    if Organisation.objects.filter(name__iexact=name).exists():
        raise RefusedAt(_("An organisation with this name is known here already."), code="known", field="name")
    number = kvk_number.replace(" ", "")
    if number and not (number.isascii() and number.isdigit() and len(number) == 8):
        raise RefusedAt(_("A KvK number has 8 digits."), code="kvk", field="kvk_number")
    organisation = Organisation(name=name, kvk_number=number).put()
    record(actor, "organisation.registered", organisation)
    return organisation


@command
def add_party(
    *, actor: Any, version: ConvenantVersion, organisation: Organisation, kind: str = Kind.CORE, task: str = "", contact: str = "",
    ends_on: date | None = None,
) -> ConvenantParty:  # fmt: skip
    """Take an organisation into the draft. An incidental partner takes part until a day."""
    version = draft_of(actor, version)
    if ConvenantParty.objects.filter(version=version, organisation=organisation).exists():
        raise RefusedAt(_("This organisation is a party already."), code="party", field="organisation")
    party = ConvenantParty(
        version=version, organisation=organisation, kind=kind, task=task.strip(), contact=contact.strip(),
        ends_on=_last_day(version, kind, ends_on),
    ).put()  # fmt: skip
    record(actor, "convenant.party_added", party, version=str(version.pk))
    return party


@command
def change_party(
    *, actor: Any, party: ConvenantParty, organisation: Organisation, kind: str, task: str = "", contact: str = "",
    ends_on: date | None = None,
) -> ConvenantParty:  # fmt: skip
    """Another kind, task, contact or last day; or another organisation in its place, with what it may see."""
    version = draft_of(actor, party.version)
    if ConvenantParty.objects.filter(version=version, organisation=organisation).exclude(pk=party.pk).exists():
        raise RefusedAt(_("This organisation is a party already."), code="party", field="organisation")
    party.organisation, party.kind, party.task, party.contact = organisation, kind, task.strip(), contact.strip()
    party.ends_on = _last_day(version, kind, ends_on)
    party.save(update_fields=["organisation", "kind", "task", "contact", "ends_on"])
    record(actor, "convenant.party_changed", party, version=str(version.pk))
    return party


@command
def remove_party(*, actor: Any, party: ConvenantParty) -> ConvenantVersion:
    """Take a party out of the draft, with its grounds and its part of the matrix."""
    version = draft_of(actor, party.version)
    Authorisation.objects.filter(party=party).delete()
    LegalGround.objects.filter(party=party).delete()
    ConvenantParty.objects.filter(pk=party.pk).delete()
    record(actor, "convenant.party_removed", version, organisation=str(party.organisation_id))
    return version


def _last_day(version: ConvenantVersion, kind: str, ends_on: date | None) -> date | None:
    """Only an incidental partner has one of its own. Raises `RefusedAt` without, and before the version begins."""
    if kind != Kind.INCIDENTAL:
        return None
    if ends_on is None:
        raise RefusedAt(_("An incidental partner takes part until a day. Choose that day."), code="end", field="ends_on")
    if ends_on < version.starts_on:
        raise RefusedAt(_("This day is before the version begins."), code="order", field="ends_on")
    return ends_on
