"""A version of the convenant in each of its states, made through the actions."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.convenant import actions
from luisterloket.convenant.grounds import Said
from luisterloket.convenant.models import Authorisation, ConvenantParty, ConvenantVersion, Law, LegalGround, PurposeOfVersion
from luisterloket.people.models import Organisation


def days(starts_in: int = 0) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "name": "Convenant Luisterloket",
        "starts_on": today + timedelta(days=starts_in),
        "ends_on": today + timedelta(days=700),
        "review_on": today + timedelta(days=365),
    }


def a_draft(city: Any, *, starts_in: int = 0) -> ConvenantVersion:
    """The version in force, copied."""
    return actions.start_draft(actor=city.petra, source=ConvenantVersion.in_force(), **days(starts_in))


def offered(city: Any, version: ConvenantVersion) -> ConvenantVersion:
    return actions.offer_convenant(actor=city.petra, version=version)


def sign(city: Any, party: ConvenantParty, **more: Any) -> ConvenantParty:
    return actions.sign_for_party(
        actor=city.petra, party=party, name="Joke Tielens", function="Bestuurder", signed_on=timezone.localdate(), **more
    )


def signed(city: Any, version: ConvenantVersion) -> ConvenantVersion:
    """Offered, and signed by all core parties."""
    offered(city, version)
    for party in ConvenantParty.objects.filter(version=version, kind=ConvenantParty.Kind.CORE):
        sign(city, party)
    return ConvenantVersion.objects.get(pk=version.pk)


def in_force(city: Any, version: ConvenantVersion) -> ConvenantVersion:
    return actions.bring_into_force(actor=city.petra, version=signed(city, version))


def party_of(version: ConvenantVersion, name: str) -> ConvenantParty:
    return ConvenantParty.objects.select_related("version", "organisation").get(version=version, organisation__name=name)


def purpose_of(version: ConvenantVersion, code: str) -> PurposeOfVersion:
    return PurposeOfVersion.objects.select_related("version").get(version=version, purpose=code)


def cells_of(version: ConvenantVersion, purpose: str, *, phase: str = "any") -> dict[Any, str]:
    """The cells of a purpose as the matrix page sends them."""
    found = Authorisation.objects.filter(version=version, purpose=purpose, phase=phase)
    return {(one.party_id, one.role, one.category_id): one.level for one in found}


def said(law: str, article: str = "art. 1", avg_basis: str = "6(1)(e)", exception: str = "") -> Said:
    return Said(str(Law.objects.get(code=law).pk), article, avg_basis, exception)


def save(
    city: Any, version: ConvenantVersion, purpose: str, change: dict[Any, str | None], grounds: Any = None, **more: Any
) -> Any:
    """Change some cells of a purpose; None takes one away."""
    cells = {**cells_of(version, purpose, phase=more.get("phase", "any")), **change}
    kept = {key: level for key, level in cells.items() if level}
    parties = set(version.parties.values_list("pk", flat=True))
    revision = ConvenantVersion.objects.get(pk=version.pk).revision
    details = {"phase": "any", "revision": revision, "parties": parties, **more}
    return actions.save_matrix(
        actor=city.petra, of_version=purpose_of(version, purpose), cells=kept, grounds=grounds or {}, **details
    )


def ground_of(version: ConvenantVersion, organisation: Organisation, purpose: str, category: str) -> LegalGround:
    return LegalGround.objects.get(party__version=version, party__organisation=organisation, purpose=purpose, category=category)
