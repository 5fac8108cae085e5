"""A request passes the wall for its case and for its desk; what went along closes for the desk when the request does."""

from django.db import migrations

from luisterloket.platform.walls import OF_MY_CASE, OF_MY_DESK, OF_MY_UNIT, grant_jobs, protect

OF_THE_CASE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
WHILE_OPEN = f"{OF_THE_CASE} OR (open_to_desk AND {OF_MY_DESK})"
CLOCKS = "id, unit_id, desk_unit_id, case_id, asked_by_id, assigned_to_id, status, urgency, clock, due_at, stalled_at, answered_by_id"

# A desk may know that another desk is also at work for the same people (capability C27), not which one, nor at what.
OTHER_DESKS = """
CREATE FUNCTION other_desks_at_work(request uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT count(DISTINCT other.desk_unit_id)
        FROM backoffice_specialistrequest mine
        JOIN backoffice_specialistrequest other ON other.case_id = mine.case_id AND other.desk_unit_id <> mine.desk_unit_id
        WHERE mine.id = request AND mine.desk_unit_id = ANY (acting_units())
          AND mine.status IN ('sent', 'taken_up', 'asked_back') AND other.status IN ('sent', 'taken_up', 'asked_back') $$;
GRANT EXECUTE ON FUNCTION other_desks_at_work(uuid) TO luisterloket_app;
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0003_initial"), ("casework", "0003_walls")]

    operations = [
        *protect(
            "backoffice_specialistrequest",
            rows=f"{OF_THE_CASE} OR {OF_MY_DESK}",
            jobs=f"SELECT ({CLOCKS}), UPDATE (stalled_at)",
        ),
        *protect("backoffice_requestitem", rows=WHILE_OPEN),
        *protect("backoffice_message", rows=WHILE_OPEN, new_rows=f"{OF_THE_CASE} OR {OF_MY_DESK}"),
        *protect("backoffice_stall", rows=f"{OF_THE_CASE} OR {OF_MY_DESK}", jobs="SELECT, INSERT, UPDATE (ended_at)"),
        *grant_jobs("backoffice_desk", "SELECT (id, unit_id)"),
        migrations.RunSQL(OTHER_DESKS, "DROP FUNCTION other_desks_at_work(uuid)"),
    ]
