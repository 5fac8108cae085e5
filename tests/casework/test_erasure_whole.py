"""Of a case whose last term has passed nothing is left in the whole database or on disk, and money and counts stay as they were."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from casework.models import Case, CaseMember, Document, ErasureLine, LegalHold, Resident
from tests.security.world import World

from .erasing import all_gone, as_owner, encrypted_fields, ended_long_ago, mark, own_models, said_anywhere
from .filled import filled

pytestmark = pytest.mark.django_db

GONE, STAYS = "Waterlelie-weg", "Korenbloem-blijft"
# The payment record, which has a term of its own.
PAYMENT = ("purpose", "why_not_regular", "expected_return", "payee_name", "iban", "reason")
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


def tables_of_a_case() -> set[str]:
    """Those in which something of a case stands sealed, apart from their past."""
    found = set()
    for model in own_models():
        columns = {field.column for field in model._meta.concrete_fields}
        past = model._meta.model_name.startswith("historical")
        if encrypted_fields(model) and "case_id" in columns and not past:
            found.add(model._meta.db_table)
    return found


def test_nothing_is_left_of_a_case_but_ids_and_numbers(city):
    world = World(city)
    with as_owner():
        of_one = set(Case.objects.filter(owner=city.marit).values_list("pk", flat=True))
        others = set(Case.objects.exclude(pk__in=of_one).values_list("pk", flat=True))
        people = set(CaseMember.objects.filter(case__in=of_one).values_list("resident_id", flat=True))
        filled(Case.objects.get(pk=world.things["case"]["mine"]["pk"]), city.bram)
        filled(Case.objects.get(pk=world.things["case"]["other"]["pk"]), city.sef)
        planted = plant(of_one, people, GONE)
        plant(others, set(Resident.objects.exclude(pk__in=people).values_list("pk", flat=True)), STAYS)
        files = list(Document.objects.filter(case__in=of_one, wiped_at=None).values_list("storage_name", flat=True))
        cases = list(Case.objects.filter(pk__in=of_one))
        LegalHold.objects.filter(lifted_at=None).update(lifted_by=city.bram, lifted_at=timezone.now())
    assert sorted(tables_of_a_case() - planted) == []
    for case in cases:
        ended_long_ago(case)
    stays, before = said_anywhere(STAYS), counted()

    all_gone(city)

    with as_owner():
        assert set(ErasureLine.objects.filter(case__in=of_one).exclude(category="health").values_list("status", flat=True)) == {
            "erased"
        }
        assert not Case.objects.filter(pk__in=of_one, erased_at=None).exists()
    left = said_anywhere(GONE)
    assert set(left) <= {f"wijkbegroting_maatwerkgrant.{column}" for column in PAYMENT}, left
    assert said_anywhere(STAYS) == stays
    after = counted()
    assert {name: after[name] for name in COUNTS if before[name] != after[name]} == {}
    assert files
    assert [name for name in files if (Path(settings.DOCUMENTS_DIR) / name[:2] / name).exists()] == []
