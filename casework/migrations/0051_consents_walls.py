"""What was told and agreed passes the wall with its case, and is never changed; for everyone else only a yes can be asked after."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, only_added_by_app, protect

TABLES = ["casework_consentstep", "casework_informing"]
# A desk or someone at a table cannot read the steps. It learns of residents that it names itself to what they said yes: never who
# said no, when, or why. Rows of one person, through as many links as there are, are one.
IN_FORCE = """
CREATE FUNCTION consents_in_force(p_case uuid, p_purpose text, p_residents uuid[])
  RETURNS TABLE (resident_id uuid, category_id text, organisation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT r.id AS of_row, r.id, r.merged_into_id FROM casework_resident r
    WHERE r.id = ANY (p_residents) OR r.id IN (SELECT s.resident_id FROM casework_consentstep s WHERE s.case_id = p_case)
    UNION SELECT up.of_row, r.id, r.merged_into_id FROM casework_resident r JOIN up ON r.id = up.merged_into_id
  ), person AS (
    SELECT of_row, id AS kept FROM up WHERE merged_into_id IS NULL
  ), last AS (
    SELECT DISTINCT ON (p.kept, s.category_id, s.organisation_id) p.kept, s.category_id, s.organisation_id, s.state
    FROM casework_consentstep s JOIN person p ON p.of_row = s.resident_id
    WHERE s.case_id = p_case AND s.purpose_id = p_purpose
    ORDER BY p.kept, s.category_id, s.organisation_id, s.number DESC
  )
  SELECT p.of_row, l.category_id::text, l.organisation_id FROM last l JOIN person p ON p.kept = l.kept
  WHERE l.state = 'given' AND p.of_row = ANY (p_residents) $$;
REVOKE EXECUTE ON FUNCTION consents_in_force(uuid, text, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consents_in_force(uuid, text, uuid[]) TO luisterloket_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0050_consents")]

    operations = [
        *[operation for table in TABLES for operation in protect(table, rows=f"{OF_MY_UNIT} OR {OF_MY_CASE}")],
        *[operation for table in TABLES for operation in narrow(table, rows=CASE_IS_OPEN)],
        *[operation for table in TABLES for operation in only_added_by_app(table)],
        RunSQL(IN_FORCE, "DROP FUNCTION consents_in_force(uuid, text, uuid[])"),
    ]
