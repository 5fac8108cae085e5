"""Notes and second opinions pass the wall for the desk alone, until what went along closes; filters and divisions for their owner."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, CASE_IS_OPEN, OF_MY_DESK, grant_jobs, narrow, protect

WORDS = ("desknote", "secondopinion")
# Who has a request of the resident in hand reads them for the copy. A second reader from the wijk does not (decision 0037).
UNDER_RIGHT = (
    f"case_id = ANY ((SELECT rights_cases({ACTOR}))::uuid[]) AND cardinality((SELECT rights_units({ACTOR}))::uuid[]) > 0"
)

# Who closes a request mostly sits at the loket and may not touch these rows, so the database does it: when the request ends,
# when a part of its ground does, and when it goes to another desk.
CLOSE = """
CREATE FUNCTION close_words_of_desk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE backoffice_desknote SET open_to_desk = false WHERE request_id = NEW.id AND open_to_desk;
  UPDATE backoffice_secondopinion SET open_to_desk = false WHERE request_id = NEW.id AND open_to_desk;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION close_words_of_desk() FROM PUBLIC;
CREATE TRIGGER words_of_desk_close AFTER UPDATE ON backoffice_specialistrequest FOR EACH ROW
  WHEN (NEW.desk_unit_id <> OLD.desk_unit_id
        OR (NEW.status <> OLD.status AND NEW.status NOT IN ('sent', 'taken_up', 'asked_back', 'answered', 'contested', 'escalated'))
        OR (NEW.words_closed_at IS NOT NULL AND NEW.words_closed_at IS DISTINCT FROM OLD.words_closed_at))
  EXECUTE FUNCTION close_words_of_desk();
"""
STAY_OPEN = "DROP TRIGGER words_of_desk_close ON backoffice_specialistrequest; DROP FUNCTION close_words_of_desk();"


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0025_queue"), ("casework", "0061_rights_walls")]

    operations = [
        *[
            operation
            for table in WORDS
            for operation in (
                *protect(f"backoffice_{table}", rows=f"open_to_desk AND {OF_MY_DESK}", new_rows=OF_MY_DESK),
                *narrow(f"backoffice_{table}", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK}"),
                RunSQL(
                    f"CREATE POLICY under_right ON backoffice_{table} FOR SELECT TO luisterloket_app USING ({UNDER_RIGHT})",
                    f"DROP POLICY under_right ON backoffice_{table}",
                ),
                RunSQL(
                    f"REVOKE DELETE, TRUNCATE ON backoffice_{table} FROM luisterloket_app",
                    f"GRANT DELETE ON backoffice_{table} TO luisterloket_app",
                ),
            )
        ],
        *grant_jobs("backoffice_secondopinion", "SELECT (id, request_id, asked_id, asked_by_id, answered_at, open_to_desk)"),
        RunSQL(CLOSE, STAY_OPEN),
        *protect("backoffice_savedfilter", rows=f"owner_id = {ACTOR}"),
        *protect("backoffice_queuedivision", rows=f"by_id = {ACTOR}"),
    ]
