"""The register of processing activities (AVG article 30), made from the convenant in force: whatever is agreed stands in it.

One activity per party and purpose. The JSON has the field names of the register model that goes with Logboek Dataverwerkingen
(rvva-openapi.json, ProcessingActivityVersion and Entity), with words of the W3C Data Privacy Vocabulary.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Organisation
from luisterloket.people.roles import ROLES

from .models import Authorisation, ConvenantVersion, DataCategory, LegalGround, Purpose, RetentionTerm

# AVG article 6(1) in the words of the vocabulary.
LEGAL_BASIS = {
    "6(1)(a)": "Consent",
    "6(1)(b)": "Contract",
    "6(1)(c)": "LegalObligation",
    "6(1)(d)": "VitalInterest",
    "6(1)(e)": "PublicInterest",
    "6(1)(f)": "LegitimateInterest",
}
# Whose data these are besides the resident who asks for help, by the category that holds them.
ALSO_OF = {
    "household": (_("People of their household"), ["ParentOfHuman", "GuardianOfHuman"]),
    "family": (_("People of their household"), ["ParentOfHuman"]),
    "network": (_("People around them"), ["DataSubject"]),
}
RESIDENTS = _("Residents who ask for help")
MEASURES = [
    ("Technical", _("Every text about a person is encrypted in the database and on disk")),
    ("Technical", _("The database itself shows a person only the rows of their own units and cases")),
    ("Technical", _("Signing in with a second factor, a locked screen and an end to each session")),
    ("Organisational", _("Each look at personal data is kept, and the resident can be told who looked")),
    ("Organisational", _("Who sees what is decided by the signed convenant; without a cell nothing is shown")),
    ("Organisational", _("A copy for the resident is read by a second person before it is given")),
]


@dataclass(frozen=True)
class Held:
    """One category that a party uses for a purpose: why it may, who sees it, and how long it is kept."""

    category: DataCategory
    ground: LegalGround
    roles: tuple[str, ...]
    contributes: bool
    term: RetentionTerm | None

    @property
    def duration(self) -> str:
        """How long it is kept, as an ISO 8601 duration; empty while the convenant does not say."""
        return iso_duration(self.term.months) if self.term else ""


@dataclass(frozen=True)
class Activity:
    """What one party does with personal data for one purpose."""

    version: ConvenantVersion
    controller: Organisation
    purpose: Purpose
    held: tuple[Held, ...]
    # Who else gets data for this purpose: organisations and the roles in which they do.
    recipients: tuple[tuple[Organisation, tuple[str, ...]], ...]

    @property
    def id(self) -> UUID:
        return activity_id(self.controller.pk, self.purpose.pk)

    @property
    def uri(self) -> str:
        return activity_uri(self.controller.pk, self.purpose.pk)

    @property
    def people(self) -> list[Any]:
        also = [ALSO_OF[one.category.pk][0] for one in self.held if one.category.pk in ALSO_OF]
        return list(dict.fromkeys([RESIDENTS, *also]))


def activity_uri(organisation: UUID, purpose: str) -> str:
    """Where a processing activity stands: the same for as long as this party uses data for this purpose."""
    return f"{settings.BASE_URL}{reverse('processing-register')}#{organisation}-{purpose}"


def activity_id(organisation: UUID, purpose: str) -> UUID:
    """The id of a processing activity, which follows from its place and not from the version of the convenant."""
    return uuid5(NAMESPACE_URL, f"luisterloket:processing-activity:{organisation}:{purpose}")


def iso_duration(months: int) -> str:
    years, rest = divmod(months, 12)
    return "P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")


def register() -> tuple[ConvenantVersion | None, list[Activity]]:
    """The version that decides today and everything that is done under it. Four queries."""
    version = ConvenantVersion.in_force()
    if version is None:
        return None, []
    cells = (
        Authorisation.objects.filter(version=version, party__left_on=None)
        .exclude(party__signed_on=None)
        .select_related("party__organisation", "purpose", "category", "ground")
        .order_by("purpose__name", "party__organisation__name", "category__order", "role")
    )
    terms = {one.category_id: one for one in RetentionTerm.objects.filter(version=version)}
    together: dict[tuple[UUID, str], list[Authorisation]] = {}
    for cell in cells:
        together.setdefault((cell.party_id, cell.purpose_id), []).append(cell)
    return version, [_activity(version, found, together, terms) for found in together.values()]


def _activity(
    version: ConvenantVersion,
    cells: list[Authorisation],
    together: dict[tuple[UUID, str], list[Authorisation]],
    terms: dict[str, RetentionTerm],
) -> Activity:
    first = cells[0]
    others = [found for (party, purpose), found in together.items() if purpose == first.purpose_id and party != first.party_id]
    by_category: dict[str, list[Authorisation]] = {}
    for cell in cells:
        by_category.setdefault(cell.category_id, []).append(cell)
    return Activity(
        version=version,
        controller=first.party.organisation,
        purpose=first.purpose,
        held=tuple(_held(found, terms) for found in by_category.values()),
        recipients=tuple((found[0].party.organisation, _roles(found)) for found in others),
    )


def _held(cells: list[Authorisation], terms: dict[str, RetentionTerm]) -> Held:
    first = cells[0]
    contributes = any(cell.level == Authorisation.Level.CONTRIBUTE for cell in cells)
    return Held(first.category, first.ground, _roles(cells), contributes, terms.get(first.category_id))


def _roles(cells: Iterable[Authorisation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(ROLES[cell.role].name) for cell in cells))


# To take along ---------------------------------------------------------------------------------------------------


def as_json(version: ConvenantVersion | None, activities: list[Activity]) -> dict[str, Any]:
    """The register for another system. `processingActivities` are ProcessingActivityVersions, `entities` who they point at."""
    parties = {one.controller.pk: one.controller for one in activities}
    return {
        "processingActivities": [_activity_json(one) for one in activities],
        "entities": [
            {"id": str(one.pk), "type": "Organisation", "name": one.name, "kvkNumber": one.kvk_number} for one in parties.values()
        ],
        "convenant": {
            "name": version.name,
            "version": version.number,
            "endsOn": version.ends_on.isoformat(),
            "reviewOn": version.review_on.isoformat(),
        }
        if version
        else None,
    }


def _activity_json(one: Activity) -> dict[str, Any]:
    subjects = ["VulnerableHuman", "Citizen"]
    for held in one.held:
        subjects += ALSO_OF[held.category.pk][1] if held.category.pk in ALSO_OF else []
    months = [held.term.months for held in one.held if held.term]
    starts = timezone.make_aware(datetime.combine(one.version.starts_on, time()))
    return {
        "id": str(one.id),
        "uri": one.uri,
        "name": f"{one.purpose.name}: {one.controller.name}",
        "version": one.version.number,
        "validFrom": starts.isoformat(),
        "controller": {"legalRole": "JointDataControllers", "entityId": str(one.controller.pk)},
        "purpose": one.purpose.name,
        "legalBasis": sorted({LEGAL_BASIS[held.ground.avg_basis] for held in one.held if held.ground.avg_basis in LEGAL_BASIS}),
        "dataSubjects": list(dict.fromkeys(subjects)),
        "personalData": {
            "categories": [held.category.pk for held in one.held],
            # When the last of it goes; of each category by itself it stands below.
            "retentionPeriod": iso_duration(max(months)) if months else None,
            "details": [_held_json(held) for held in one.held],
        },
        "processingOptions": ["Obtain", "Organise", "Store", "Use", "Disclose"]
        if any(held.contributes for held in one.held)
        else ["Obtain", "Store", "Use"],
        "recipients": [
            {"legalRole": "JointDataControllers", "entityId": str(party.pk), "roles": list(roles)}
            for party, roles in one.recipients
        ],
        "measures": [{"measureType": kind, "measure": str(text)} for kind, text in MEASURES],
        "reviewOn": one.version.review_on.isoformat(),
    }


def _held_json(held: Held) -> dict[str, Any]:
    return {
        "category": held.category.pk,
        "name": held.category.name,
        "sensitivity": held.category.sensitivity,
        "law": held.ground.law.name,
        "article": held.ground.article,
        "avgBasis": held.ground.avg_basis,
        "exception": held.ground.exception,
        "roles": list(held.roles),
        "retentionPeriod": held.duration or None,
        "retentionStarts": held.term.starts if held.term else None,
        "retentionLaw": " ".join(filter(None, [held.term.law, held.term.article])) if held.term else None,
    }


COLUMNS = [
    "controller", "purpose", "category", "name", "sensitivity", "roles", "law", "article", "avgBasis", "exception",
    "retentionPeriod", "retentionStarts", "retentionLaw", "recipients", "convenantVersion", "reviewOn",
]  # fmt: skip


def as_rows(activities: list[Activity]) -> list[dict[str, Any]]:
    """One row per party, purpose and category, under the names of `COLUMNS`."""
    return [
        {
            **{name: value or "" for name, value in _held_json(held).items()},
            "controller": one.controller.name,
            "purpose": one.purpose.name,
            "roles": "; ".join(held.roles),
            "recipients": "; ".join(f"{party.name} ({', '.join(roles)})" for party, roles in one.recipients),
            "convenantVersion": one.version.number,
            "reviewOn": one.version.review_on.isoformat(),
        }
        for one in activities
        for held in one.held
    ]
