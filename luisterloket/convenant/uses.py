"""Who may have what of a resident, for which purpose and on what ground: the convenant as a resident asks about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from .disclosure import cells_that_hold
from .models import asks_consent

# Being known somewhere and being paid are told in words of their own; they share nothing with anyone else.
NOT_TOLD = ("finding", "payment", "deciding")


@dataclass(frozen=True)
class Use:
    """One party that may have one category for one purpose today."""

    purpose: str
    purpose_name: str
    organisation_id: UUID
    organisation: str
    category: str
    category_name: str
    ground: str
    needs_consent: bool
    version_id: UUID


def uses_of_today() -> list[Use]:
    """Every use that the convenant in force has a ground for, by purpose and party. One query; empty without a convenant."""
    return list(dict.fromkeys(_uses()))


def _uses() -> Iterator[Use]:
    cells = cells_that_hold().exclude(purpose__in=NOT_TOLD)
    ordered = cells.order_by("purpose__name", "party__organisation__name", "category__order")
    named = ("purpose_id", "purpose__name", "party__organisation_id", "party__organisation__name", "category_id", "category__name")
    grounds = ("ground__law__name", "ground__article", "ground__avg_basis", "ground__exception")
    for row in ordered.values_list(*named, *grounds, "version_id"):
        purpose, purpose_name, party, party_name, category, category_name, law, article, basis, exception, version = row
        ground, asks = " ".join(filter(None, [law, article])), asks_consent(basis, exception)
        yield Use(purpose, purpose_name, party, party_name, category, category_name, ground, asks, version)
