"""Of a case whose last term has passed nothing is left in the whole database or on disk, and money and counts stay as they were."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from casework.models import Case, CaseMember, Document, ErasureLine, Resident
from tests.security.world import World

from .erasing import all_gone, as_owner, encrypted_fields, ended_long_ago, mark, own_models, said_anywhere

pytestmark = pytest.mark.django_db

GONE, STAYS = "Waterlelie-weg", "Korenbloem-blijft"
# What a case of the world has no row of, so that nothing of it could be planted.
NOT_IN_THE_WORLD = set()
COUNTS = {
    "concerns": "SELECT unit_id, domain, severity, extract(year FROM heard_at), count(*) FROM casework_concern GROUP BY 1,2,3,4",
    "readings": "SELECT g.unit_id, g.domain, g.severity, r.kind, extract(year FROM r.on), count(*)"
    " FROM casework_reading g JOIN casework_review r ON r.id = g.review_id GROUP BY 1,2,3,4,5",
    "cases": "SELECT unit_id, extract(year FROM opened_at), count(*) FROM casework_case GROUP BY 1,2",
    "requests": "SELECT desk_unit_id, status, urgency, result, count(*) FROM backoffice_specialistrequest GROUP BY 1,2,3,4",
    "balances": "SELECT id, balance, version FROM wijkbegroting_ledgeraccount",
    "postings": "SELECT count(*), sum(amount) FROM wijkbegroting_posting",
    "grants": "SELECT id, line_id, amount, status, decided_by_id, paid_at FROM wijkbegroting_maatwerkgrant",
    "log": "SELECT count(*) FROM convenant_accesslogentry",
}


def counted() -> dict[str, Any]:
    with as_owner(), connection.cursor() as cursor:
        found = {}
        for name, question in COUNTS.items():
            cursor.execute(question)
            found[name] = sorted(map(str, cursor.fetchall()))
        return found


def plant(cases: set[Any], residents: set[Any], marker: str) -> set[str]:
    """The marker in every sealed column of every row of these cases, and of what has no case of its own; in which tables."""
    planted = set()
    for model in own_models():
        columns = {field.column for field in model._meta.concrete_fields}
        if not encrypted_fields(model):
            continue
        name = model._meta.model_name
        if "case_id" in columns:
            rows = model._base_manager.filter(case_id__in=cases)
        elif name in {"resident", "historicalresident"}:
            rows = model._base_manager.filter(id__in=residents)
        elif name == "signattempt":
            rows = model._base_manager.filter(sign__case_id__in=cases)
        else:
            continue
        if mark(model, rows, marker):
            planted.add(model._meta.db_table)
    return planted


def test_nothing_is_left_of_a_case_but_ids_and_numbers(city):
    world = World(city)
    mine = world.things["case"]["mine"]["pk"]
    again = world.things["two people"]["mine"]["other"]
    with as_owner():
        merged = Case.objects.get(members__resident__merged_into__memberships__case=mine) if False else None
        of_one = {mine, *Case.objects.filter(owner__email="marit@oefenstad.example", unit__name__contains="Schilderswijk").values_list("pk", flat=True)}
        others = set(Case.objects.exclude(pk__in=of_one).values_list("pk", flat=True))
        people = set(CaseMember.objects.filter(case__in=of_one).values_list("resident_id", flat=True))
        planted = plant(of_one, people, GONE)
        plant(others, set(Resident.objects.exclude(pk__in=people).values_list("pk", flat=True)), STAYS)
        files = list(Document.objects.filter(case__in=of_one, wiped_at=None).values_list("storage_name", flat=True))
    assert merged is None and again
    stays_before = said_anywhere(STAYS)
    print(sorted(planted))
    for pk in of_one:
        with as_owner():
            case = Case.objects.get(pk=pk)
        ended_long_ago(case)
    before = counted()

    all_gone(city)

    with as_owner():
        assert set(ErasureLine.objects.values_list("status", flat=True)) == {"erased"}
    left = said_anywhere(GONE)
    assert set(left) <= {
        f"wijkbegroting_maatwerkgrant.{column}"
        for column in ("purpose", "why_not_regular", "expected_return", "payee_name", "iban", "reason")
    }, left
    assert said_anywhere(STAYS) == stays_before
    after = counted()
    assert {name for name in COUNTS if before[name] != after[name]} == set()
    assert files and not [name for name in files if (Path(settings.DOCUMENTS_DIR) / name[:2] / name).exists()]
