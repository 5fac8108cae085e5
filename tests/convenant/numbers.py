"""An organisation that may use identity numbers, by the convenant and by the register."""

from typing import Any

from luisterloket.convenant import actions
from luisterloket.convenant.models import Authorisation, ConvenantParty, ConvenantVersion, IdentityNumberUse, Law, LegalGround
from luisterloket.people.models import Organisation
from tests import writes

# Of the range that the government keeps for tests; both pass the eleven-test.
NUMBER, OTHER = "999990019", "999990020"
LAW = {"law": "Een wet", "article": "art. 1", "reason": "Om de goede persoon te vinden"}


def organisation_of(unit: Any) -> Organisation:
    return Organisation.objects.get(units=unit)


def cell(organisation: Organisation, *roles: str, level: str = "contribute") -> None:
    """The convenant in force gives the number to these roles."""
    with writes.allowed():
        party = ConvenantParty.objects.get(version=ConvenantVersion.in_force(), organisation=organisation)
        what = {"party": party, "purpose_id": "listening", "category_id": "bsn"}
        ground, _made = LegalGround.objects.get_or_create(
            **what, defaults={"law": Law.objects.get(code="uavg"), "article": "art. 46", "avg_basis": "6(1)(c)"}
        )
        for role in roles:
            Authorisation.objects.create(**what, version=party.version, role=role, level=level, ground=ground)


def switch_on(city: Any, organisation: Organisation) -> IdentityNumberUse:
    return actions.switch_on_identity_numbers(actor=city.petra, organisation=organisation, **LAW)


def numbers_in_use(city: Any, unit: Any) -> Organisation:
    """The organisation of this unit, with its wijkwerkers and coordinator allowed to use identity numbers."""
    organisation = organisation_of(unit)
    cell(organisation, "wijkwerker", "coordinator")
    switch_on(city, organisation)
    return organisation
