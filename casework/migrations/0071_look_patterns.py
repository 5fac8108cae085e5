"""What two functions of the database tell of looks: to a job who is alike, and to a worker every look at the people of their case."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

# A job knows no name: it brings keys, and hears ids. Only words and postcodes are compared, never a person with a person.
ALIKE = """
CREATE FUNCTION residents_alike(p_users uuid[], p_residents uuid[], p_surnames text[], p_homes text[], p_of_a_wijk boolean[])
  RETURNS TABLE (kind text, user_id uuid, resident_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    WITH asked AS (
      SELECT * FROM unnest(p_users, p_residents, p_surnames, p_homes, p_of_a_wijk) AS t (who, resident, surname, home, of_a_wijk)
    )
    SELECT 'own_name', a.who, a.resident FROM asked a
      JOIN casework_searchkey k ON k.resident_id = a.resident AND k.kind = 'word' AND k.key = a.surname
    UNION
    SELECT 'own_home', a.who, a.resident FROM asked a
      JOIN casework_searchkey k ON k.resident_id = a.resident AND k.kind = 'postcode' AND k.key = a.home
    UNION
    SELECT 'outside', a.who, a.resident FROM asked a
      JOIN casework_resident r ON r.id = a.resident
      JOIN people_unit u ON u.id = r.unit_id AND u.wijk_id IS NOT NULL
    WHERE a.of_a_wijk
      AND EXISTS (
        SELECT FROM people_appointment p JOIN people_unit mine ON mine.id = p.unit_id
        WHERE p.user_id = a.who AND mine.wijk_id IS NOT NULL AND p.since <= now()::date AND (p.until IS NULL OR p.until >= now()::date))
      AND NOT EXISTS (
        SELECT FROM people_appointment p JOIN people_unit mine ON mine.id = p.unit_id
        WHERE p.user_id = a.who AND mine.wijk_id = u.wijk_id AND p.since <= now()::date AND (p.until IS NULL OR p.until >= now()::date))
  $$;
REVOKE EXECUTE ON FUNCTION residents_alike(uuid[], uuid[], text[], text[], boolean[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION residents_alike(uuid[], uuid[], text[], text[], boolean[]) TO luisterloket_jobs;
"""
# For the paper of the resident: also the lists in which they stood with others, wherever those were read. Only of the people of a
# case that who acts may open, and nothing of another case of theirs. `p_keys` are those people in the processing log.
LOOKS = """
CREATE FUNCTION may_hear_of_looks(p_case uuid, p_residents uuid[]) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT EXISTS (
        SELECT FROM casework_case c
        WHERE c.id = p_case AND (c.unit_id = ANY (acting_units()) OR c.id = ANY (acting_cases()))
          AND c.id <> ALL (closed_cases(acting_user())))
      AND NOT EXISTS (
        SELECT FROM unnest(p_residents) AS one
        WHERE NOT EXISTS (SELECT FROM casework_casemember m WHERE m.case_id = p_case AND m.resident_id = one))
  $$;
CREATE FUNCTION looks_at_people(p_case uuid, p_residents uuid[], p_keys text[])
  RETURNS SETOF convenant_accesslogentry
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT e.* FROM convenant_accesslogentry e
    WHERE e.case_id = p_case AND e.subjects && p_residents AND e.result = 'given' AND may_hear_of_looks(p_case, p_residents)
    UNION ALL
    SELECT e.* FROM convenant_accesslogentry e
    WHERE e.case_id IS NULL AND e.subjects && p_residents AND e.result = 'given' AND may_hear_of_looks(p_case, p_residents)
      AND e.span_id IN (SELECT p.parent_span_id FROM convenant_processinglogentry p WHERE p.data_subject_id = ANY (p_keys))
  $$;
REVOKE EXECUTE ON FUNCTION looks_at_people(uuid, uuid[], text[]), may_hear_of_looks(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION looks_at_people(uuid, uuid[], text[]) TO luisterloket_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0070_case_phase"), ("convenant", "0016_access_log_walls")]

    operations = [
        RunSQL(ALIKE, "DROP FUNCTION residents_alike(uuid[], uuid[], text[], text[], boolean[])"),
        RunSQL(LOOKS, "DROP FUNCTION looks_at_people(uuid, uuid[], text[]); DROP FUNCTION may_hear_of_looks(uuid, uuid[])"),
    ]
