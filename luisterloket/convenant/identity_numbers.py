"""The identity number (BSN) per organisation: switched on under a law, or not there at all (UAVG article 46, decision 16).

Higher floors keep the numbers. They say here how many they keep for an organisation, and how those are erased.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from luisterloket.people.models import Organisation
from luisterloket.people.roles import ROLES
from luisterloket.platform.registries import Registry

from .models import Authorisation, DataCategory, IdentityNumberUse, day_that_counts, is_party_today, of_today

# The category of the convenant.
CATEGORY = "bsn"

kept: Registry[Callable[[UUID], int]] = Registry("of how many residents a number is kept: organisation -> count")
erasers: Registry[Callable[[UUID], int]] = Registry("erase what is kept of an organisation: organisation -> count")


@dataclass(frozen=True)
class Line:
    """One organisation: whether it is on and under what, who may then use it by the convenant in force, and what was before."""

    organisation: Organisation
    use: IdentityNumberUse | None
    roles: list[str]
    earlier: list[IdentityNumberUse]


def in_force(organisation_id: UUID) -> QuerySet[IdentityNumberUse]:
    """The register entry under which this organisation may use the number; none when it is off."""
    return IdentityNumberUse.objects.filter(organisation=organisation_id, switched_off_at=None)


def hold(organisation_id: UUID) -> bool:
    """Keep it from being switched off until this transaction ends; False when it is off."""
    return in_force(organisation_id).select_for_update(no_key=True).first() is not None


def count_kept(organisation_id: UUID) -> int:
    """Of how many residents a number is kept for this organisation, of today or of before."""
    return sum(count(organisation_id) for count in kept)


def lines() -> list[Line]:
    """All organisations by name. Three queries."""
    uses: dict[UUID, list[IdentityNumberUse]] = {}
    for use in IdentityNumberUse.objects.select_related("switched_on_by", "switched_off_by").order_by("-switched_on_at"):
        uses.setdefault(use.organisation_id, []).append(use)
    roles = _roles()
    return [
        Line(
            organisation,
            next((use for use in uses.get(organisation.pk, []) if use.switched_off_at is None), None),
            roles.get(organisation.pk, []),
            [use for use in uses.get(organisation.pk, []) if use.switched_off_at is not None],
        )
        for organisation in Organisation.objects.order_by("name")
    ]


def _roles() -> dict[UUID, list[str]]:
    """Per organisation the roles to which the convenant in force gives the number."""
    cells = Authorisation.objects.filter(
        of_today("version__"),
        is_party_today("party__"),
        category__sensitivity=DataCategory.Sensitivity.BSN,
        ground__law__in_force_since__lte=day_that_counts(),
    )
    found: dict[UUID, list[str]] = {}
    for organisation, role in cells.order_by("role").values_list("party__organisation_id", "role").distinct():
        found.setdefault(organisation, []).append(str(ROLES[role].name))
    return found
