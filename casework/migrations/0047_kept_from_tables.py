"""What is kept from someone at home leaves the tables at which the resident sits, also when who keeps it back has no seat there."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

# It runs as the owner, since what lies on a table is read by who sits there only. It takes off and shows nothing.
OFF = """
CREATE FUNCTION take_off_tables(p_case uuid, p_keys text[]) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE casework_conferenceitem i SET taken_off_at = now() FROM casework_caseconference c
  WHERE c.id = i.conference_id AND c.case_id = p_case AND c.status = 'planned' AND c.resident_part = 'comes'
    AND (c.unit_id = ANY (acting_units()) OR p_case = ANY (acting_cases())) AND p_case <> ALL (closed_cases(acting_user()))
    AND i.taken_off_at IS NULL AND i.kind || ':' || i.ref = ANY (p_keys) $$;
REVOKE EXECUTE ON FUNCTION take_off_tables(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_off_tables(uuid, text[]) TO luisterloket_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0046_ended_cases_move")]

    operations = [RunSQL(OFF, "DROP FUNCTION take_off_tables(uuid, text[])")]
