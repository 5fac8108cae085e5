"""A case that goes to another unit takes everything along that is of it: a new table is moved, or named here with why not."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

STAYS = {
    "convenant_accesslogentry": "says who looked, then",
    "platform_historyentry": "never changes; who reads it follows the case",
    "platform_draft": "only ever of who typed it",
    "wijkbegroting_maatwerkgrant": "is of the budget that pays it, and what was asked stays",
}
# Without a case of its own, and moved by name.
BY_NAME = {
    "casework_case": "the case itself",
    "casework_historicalcase": "the case itself",
    "casework_resident": "through the household",
    "casework_historicalresident": "through the household",
    "casework_searchkey": "through the household",
    "casework_intakewriter": "through the conversation",
    "casework_signattempt": "through the early sign",
}
# With a unit and no case: not of a case.
OF_NO_CASE = {
    "backoffice_absence",
    "backoffice_desk",
    # What the sender keeps; what the loket does with it is moved by itself.
    "backoffice_handin",
    "backoffice_stallrule",
    "casework_endingunit",
    "casework_erasurebatch",
    "connections_connection",
    "convenant_breach",
    "people_accessreview",
    "people_appointment",
    "people_proposal",
    "platform_outboxevent",
    "wijkbegroting_budgetline",
    "wijkbegroting_historicalbudgetline",
    "wijkbegroting_journalentry",
    "wijkbegroting_ledgeraccount",
    "wijkbegroting_mandate",
    "wijkbegroting_source",
    "wijkbegroting_wijkbudget",
}


def tables_with(*columns: str) -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {one._meta.db_table for one in models if set(columns) <= {field.column for field in one._meta.concrete_fields}}


def test_every_table_with_a_unit_is_moved_or_named(city):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tables_of_a_case()")
        moved = {name for (name,) in cursor.fetchall()}
    assert moved == tables_with("unit_id", "case_id") - set(STAYS)
    assert tables_with("unit_id") - moved - set(STAYS) == set(BY_NAME) | OF_NO_CASE
