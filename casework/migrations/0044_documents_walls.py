"""Documents and letters pass the wall with their case. What was fixed keeps its words, and what was sent stays wholly as it was."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, append_only, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
# The owner's upkeep, such as a new key, may still seal the words anew.
KEEPS_ITS_WORDS = f"""
CREATE FUNCTION letter_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = '{APP}' AND OLD.status <> 'draft' AND (
    OLD.status IN ('sent', 'dropped') OR NEW.body IS DISTINCT FROM OLD.body OR NEW.subject IS DISTINCT FROM OLD.subject
    OR NEW.to_name IS DISTINCT FROM OLD.to_name OR NEW.to_address IS DISTINCT FROM OLD.to_address
    OR NEW.categories IS DISTINCT FROM OLD.categories OR NEW.letterhead IS DISTINCT FROM OLD.letterhead
    OR NEW.resident_id IS DISTINCT FROM OLD.resident_id OR NEW.fixed_at IS DISTINCT FROM OLD.fixed_at
  ) THEN
    RAISE EXCEPTION 'A letter that was fixed keeps its words' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0043_documents")]

    operations = [
        # The job that clears files without a row reads under which name each file is, and no word of what it is.
        *protect("casework_document", rows=MINE, jobs="SELECT (id, storage_name, wiped_at)"),
        *narrow("casework_document", rows=CASE_IS_OPEN),
        RunSQL(f"REVOKE DELETE, TRUNCATE ON casework_document FROM {APP}", f"GRANT DELETE ON casework_document TO {APP}"),
        *protect("casework_historicaldocument", rows=MINE),
        *narrow("casework_historicaldocument", rows=CASE_IS_OPEN),
        *only_added_by_app("casework_historicaldocument"),
        *protect("casework_letter", rows=MINE),
        *narrow("casework_letter", rows=CASE_IS_OPEN),
        RunSQL(f"REVOKE DELETE, TRUNCATE ON casework_letter FROM {APP}", f"GRANT DELETE ON casework_letter TO {APP}"),
        RunSQL(
            [
                KEEPS_ITS_WORDS,
                "CREATE TRIGGER keeps_its_words BEFORE UPDATE ON casework_letter"
                " FOR EACH ROW EXECUTE FUNCTION letter_keeps_its_words()",
            ],
            ["DROP TRIGGER keeps_its_words ON casework_letter", "DROP FUNCTION letter_keeps_its_words()"],
        ),
        *protect("casework_historicalletter", rows=MINE),
        *narrow("casework_historicalletter", rows=CASE_IS_OPEN),
        *only_added_by_app("casework_historicalletter"),
        *append_only("casework_lettertemplate"),
    ]
