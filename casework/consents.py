"""Which consent is there, and what it opens: without a yes nothing of that category goes to that party (decision 28)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Asked, Closed, ClosedPairs, narrowing
from luisterloket.convenant.uses import Use

from .groups import kept_of
from .models import Case, ConsentStep, Informing

NO_CONSENT = Closed("consent", _("Only with the resident’s consent, and that is not there."))
# A category of one purpose to one party, as a resident says yes or no to it.
Subject = tuple[str, str, UUID]


@narrowing
def without_consent(asked: Asked) -> ClosedPairs:
    """What needs a yes and has none. Where nothing needs one this asks the database nothing."""
    asks = {category: cell.consent_for for category, cell in asked.allowed.items() if cell.consent_for}
    if not asks:
        return {}
    given = in_force(asked.case_id, asked.purpose, asked.subjects) if asked.case_id else set()
    return {
        (resident, category): NO_CONSENT
        for resident in asked.subjects
        for category, parties in asks.items()
        if not any((resident, category, party) in given for party in parties)
    }


def in_force(case_id: UUID, purpose: str, residents: Iterable[UUID]) -> set[tuple[UUID, str, UUID]]:
    """Of these residents the categories and parties to which they said yes in this case. One query.

    The database answers for who cannot read the steps, such as a desk, and only about residents that they name.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM consents_in_force(%s, %s, %s::uuid[])", [case_id, purpose, list(residents)])
        return set(cursor.fetchall())


def hold_ground(case_id: UUID) -> None:
    """Whoever sends under a ground and whoever ends it come one after the other. Taken before any row, so that none waits in a
    circle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ground:{case_id}"])


def last_steps(case_id: UUID, rows: Iterable[UUID]) -> dict[Subject, ConsentStep]:
    """The step that counts, by what it is about, for one person known by these rows."""
    found = ConsentStep.objects.filter(case=case_id, resident__in=rows).select_related("recorded_by").order_by("number")
    return {(one.purpose_id, one.category_id, one.organisation_id): one for one in found}


def last_informings(case_id: UUID, rows: Iterable[UUID]) -> dict[str, Informing]:
    """When someone was last told, by purpose."""
    found = Informing.objects.filter(case=case_id, resident__in=rows).select_related("by").order_by("at", "pk")
    return {one.purpose_id: one for one in found}


def rows_of(case: Case, resident_id: UUID) -> frozenset[UUID]:
    """Every row by which this person is known: what they say holds for all of them."""
    members = case.members.values_list("resident_id", flat=True)
    kept = kept_of({*members, resident_id})
    return frozenset(one for one, top in kept.items() if top == kept[resident_id])


def words_for(use: Use) -> str:
    """What is put to the resident: who, what, for what."""
    words = _("%(organisation)s may know what you told about: %(category)s. That is for: %(purpose)s.")
    return str(words) % {"organisation": use.organisation, "category": use.category_name, "purpose": use.purpose_name}
