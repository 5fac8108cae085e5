"""Every table with resident data stands behind row-level security, and the roles can do no more than they should."""

import pytest
from django.apps import apps
from django.db import connection

from luisterloket.platform.encryption import EncryptedTextField

pytestmark = pytest.mark.django_db

# Tables with a unit or a case that hold no data about a resident, with the reason.
NO_RESIDENT_DATA = {
    "people_appointment": "who works where",
    "people_proposal": "who is to work where",
    "people_accessreview": "when it is looked at who works where",
    "backoffice_absence": "who is away from work, and who stands in",
    "backoffice_desk": "the desk itself",
    "backoffice_stallrule": "how patient a desk or team is",
    "connections_connection": "which system of a partner works where",
    "casework_endingunit": "which team comes after which",
    "wijkbegroting_ledgeraccount": "cents per line, no person",
    "wijkbegroting_journalentry": "ids and a kind, no person",
    "wijkbegroting_wijkbudget": "a year's budget",
    "wijkbegroting_source": "where money comes from",
    "wijkbegroting_budgetline": "a line and its intention",
    "wijkbegroting_historicalbudgetline": "earlier texts of a line",
    "wijkbegroting_mandate": "up to what amount a role decides",
}


def tables_with_resident_data() -> list[str]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        columns = {field.column for field in model._meta.concrete_fields}
        encrypted = any(isinstance(field, EncryptedTextField) for field in model._meta.concrete_fields)
        if encrypted or columns & {"unit_id", "case_id", "resident_id"}:
            found.append(model._meta.db_table)
    return sorted(set(found) - set(NO_RESIDENT_DATA))


def test_no_table_with_resident_data_lacks_a_policy(city):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
        )
        protected = {name for (name,) in cursor.fetchall()}
    assert [table for table in tables_with_resident_data() if table not in protected] == []


# Tables with a case that need not be narrowed to the cases that are open to who acts, with the reason.
NOT_NARROWED = {"platform_draft": "only ever of who wrote it"}


def test_no_table_with_a_case_shows_one_that_is_kept_for_others(city):
    """See decision 11: such a table needs `narrow(table, rows=CASE_IS_OPEN)`, with what must go on for a desk or for money."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE NOT p.polpermissive")
        narrowed = {name for (name,) in cursor.fetchall()}
    with_case = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if "case_id" in {field.column for field in model._meta.concrete_fields}
    }
    assert sorted(with_case - narrowed - set(NOT_NARROWED)) == []


def test_the_list_of_tables_finds_what_it_should():
    assert {"casework_resident", "casework_historicalconcern", "platform_draft", "backoffice_requestitem"} <= set(
        tables_with_resident_data()
    )


def test_nobody_sees_nothing(city):
    with connection.cursor() as cursor:
        for table in tables_with_resident_data():
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("role", ["luisterloket_app", "luisterloket_jobs"])
def test_the_roles_own_nothing_and_are_no_superuser(city, role):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", [role])
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s", [role])
        assert cursor.fetchone() == (0,)


def test_jobs_have_no_privilege_on_any_encrypted_column(city):
    readable = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.concrete_fields:
                if isinstance(field, EncryptedTextField):
                    cursor.execute(
                        "SELECT has_column_privilege('luisterloket_jobs', %s, %s, 'SELECT')", [model._meta.db_table, field.column]
                    )
                    if cursor.fetchone()[0]:
                        readable.append(f"{model._meta.db_table}.{field.column}")
    assert readable == []
