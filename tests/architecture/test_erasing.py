"""Nothing of a resident is forgotten when their term has passed: every table, and every column with words, is declared (decision 32)."""

import pytest
from django.db import connection

from casework.erasure_rules import RULES, How
from luisterloket.platform.encryption import EncryptedTextField
from tests.casework.erasing import encrypted_fields, own_models, plain_fields

pytestmark = pytest.mark.django_db

# Tables with one of these columns, or that point at a table with a rule, hold something of a resident.
OF_A_RESIDENT = {"case_id", "resident_id", "whose_id", "intake_id", "subject_id"}
NOT_OF_RESIDENTS = {
    "casework_erasurebatch": "who decided on what is erased; why it was called back is of no case",
    "convenant_breach": "an incident at the organisation, told without names",
    "convenant_breachstep": "what was done about it",
    "convenant_unusuallook": "what stands out in how a colleague looked; residents are in it by id",
    "convenant_identitynumberuse": "why an organisation may use identity numbers",
}
# Columns with words in a table of which the rows stay, and that are kept.
KEPT_COLUMNS = {
    "platform_historyentry.verb": "a code",
    "platform_historyentry.thing_label": "the name of a table",
    "platform_outboxevent.event": "a code",
    "platform_outboxevent.thing_label": "the name of a table",
    "platform_draft.form": "removed by the function itself",
    "platform_draft.content": "removed by the function itself",
    "convenant_accesslogentry.purpose": "a code of the convenant",
    "convenant_accesslogentry.role": "a code",
    "convenant_accesslogentry.ground_kind": "a code",
    "convenant_accesslogentry.what": "a code of what was looked at",
    "convenant_accesslogentry.trace_id": "an id of a request to the server",
    "casework_rightsrequest.purpose": "a code of the convenant",
    "convenant_accesslogentry.span_id": "an id of a request to the server",
    "convenant_accesslogentry.address": "from where a colleague looked",
    "convenant_accesslogentry.client": "with what kind of program a colleague looked",
    "convenant_accesslogentry.session": "a keyed hash",
    "casework_erasureline.category": "a code of the convenant",
    "casework_erasureline.law": "a law",
    "casework_erasureline.to_wipe": "names of files that are gone",
    "backoffice_specialistrequest.next_step": "emptied",
    "backoffice_stall.clock": "which clock: a code of ours",
    "backoffice_handin.category": "a code of the convenant",
    "backoffice_handin.legal_ground": "a law and its article",
}


def is_past(model) -> bool:
    return model._meta.model_name.startswith("historical")


def of_residents() -> set[str]:
    declared = {rule.table for rule in RULES}
    found = set()
    for model in own_models():
        fields = model._meta.concrete_fields
        points = {field.related_model._meta.db_table for field in fields if field.related_model}
        sealed = any(isinstance(field, EncryptedTextField) for field in fields)
        if not is_past(model) and (sealed or points & declared or {field.column for field in fields} & OF_A_RESIDENT):
            found.add(model._meta.db_table)
    return found - set(NOT_OF_RESIDENTS)


def test_every_table_with_something_of_a_resident_is_declared():
    assert sorted(of_residents() - {rule.table for rule in RULES}) == []


def test_no_rule_is_about_a_table_or_a_column_that_is_not_there():
    columns = {model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in own_models()}
    assert [rule.table for rule in RULES if rule.table not in columns] == []
    assert [f"{rule.table}.{column}" for rule in RULES for column in rule.columns if column not in columns[rule.table]] == []


def test_what_is_kept_says_why():
    assert [rule.table for rule in RULES if rule.how == How.KEPT and not rule.why] == []


def test_of_a_table_whose_rows_stay_every_column_with_words_is_emptied_or_named():
    erased = {rule.table for rule in RULES if rule.how == How.ERASED}
    emptied = {f"{rule.table}.{column}" for rule in RULES for column in rule.columns}
    left = []
    for model in own_models():
        table = model._meta.db_table
        if table not in {rule.table for rule in RULES} - erased:
            continue
        names = {f"{table}.{field.column}" for field in [*encrypted_fields(model), *plain_fields(model)]}
        left += sorted(names - emptied - set(KEPT_COLUMNS))
    assert left == []


def test_the_past_of_a_table_goes_with_it():
    """The database finds it by its name: `app_thing` has its past in `app_historicalthing`."""
    there = {model._meta.db_table for model in own_models()}
    strange = []
    for model in own_models():
        if is_past(model):
            app, _, name = model._meta.db_table.partition("_")
            if f"{app}_{name.removeprefix('historical')}" not in there:
                strange.append(model._meta.db_table)
    assert strange == []


def test_the_database_has_these_rules(city):
    """When this fails: a migration with `as_operation()` of casework.erasure_rules puts them there."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT * FROM erasure_rules()")
        there = [tuple(row) for row in cursor.fetchall()]
        cursor.execute("SET ROLE luisterloket_app")
    assert there == [
        (rule.table, rule.part, str(rule.how), rule.sort.value, rule.category, list(rule.columns), rule.rows) for rule in RULES
    ]


@pytest.mark.parametrize("role", ["luisterloket_app", "luisterloket_jobs"])
def test_nobody_runs_what_erases_but_through_the_one_door(city, role):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname <> 'erase_identity_numbers'"
            " AND (starts_with(p.proname, 'eras') OR starts_with(p.proname, 'propose_'))"
            " AND has_function_privilege(%s, p.oid, 'EXECUTE')",
            [role],
        )
        may = {name for (name,) in cursor.fetchall()}
    assert (
        may
        == {
            "luisterloket_app": {"erasure_open_cases", "propose_on_request"},
            "luisterloket_jobs": {"erase_line", "erasure_is_held", "propose_erasures"},
        }[role]
    )


def test_the_list_of_tables_finds_what_it_should():
    assert {"casework_resident", "backoffice_message", "wijkbegroting_maatwerkgrant", "casework_signattempt"} <= of_residents()
