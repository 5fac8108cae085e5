"""An emergency opens one case to one person, by the clock, and only while its own page is read (decision 0029).

The database finds the case itself, and only for who wrote down why in the same breath; so the answer never comes before the notice.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, READS_LOG, grant_jobs, narrow, protect

DEFINER = "STABLE SECURITY DEFINER SET search_path = public, pg_temp"
NAMED = """
  SELECT coalesce(array_agg(DISTINCT g.case_id), '{{}}') FROM casework_caseguard g
  WHERE (g.kind = 'excluded' AND g.user_id = p_user)
     OR (g.kind = 'named'{unless} AND NOT EXISTS (
           SELECT FROM casework_caseguard mine
           WHERE mine.case_id = g.case_id AND mine.user_id = p_user AND mine.kind = 'named'))
"""
# The door stays shut in every other statement of this person, and for who is kept out by name it never opens.
CLOSED = f"""
CREATE OR REPLACE FUNCTION closed_cases(p_user uuid) RETURNS uuid[] LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
  opened uuid; used uuid := nullif(current_setting('luisterloket.emergency', true), '')::uuid;
  behind uuid := nullif(current_setting('luisterloket.behind', true), '')::uuid;
BEGIN
  IF used IS NOT NULL AND p_user = acting_user() THEN
    SELECT e.case_id INTO opened FROM casework_breakglass e
      WHERE e.id = used AND e.who_id = p_user AND e.ended_at IS NULL AND e.until > clock_timestamp();
  END IF;
  -- Who looks along in a preview sees through no door that is shut for them (decision 0030).
  IF behind IS NOT NULL AND p_user = acting_user() AND p_user <> behind THEN
    RETURN closed_cases(behind) || ({NAMED.format(unless="")});
  END IF;
  RETURN ({NAMED.format(unless=" AND g.case_id IS DISTINCT FROM opened")});
END $$;
"""
AS_BEFORE = f"""
CREATE OR REPLACE FUNCTION closed_cases(p_user uuid) RETURNS uuid[] LANGUAGE plpgsql {DEFINER} AS $$
BEGIN RETURN ({NAMED.format(unless="")}); END $$;
"""
# Only for an emergency that who acts wrote down just now and that found nothing yet.
FIND = f"""
CREATE FUNCTION cases_in_emergency(p_emergency uuid, p_case uuid, p_keys text[])
  RETURNS TABLE (case_id uuid, unit_id uuid, owner_id uuid) LANGUAGE sql {DEFINER} AS $$
  WITH people AS (
    SELECT k.resident_id FROM casework_searchkey k
    WHERE k.kind = 'identity' AND k.key = ANY (SELECT substr(one, 10) FROM unnest(p_keys) one WHERE starts_with(one, 'identity:'))
    UNION SELECT k.resident_id FROM casework_searchkey k
    WHERE k.kind IN ('hidden', 'ref') AND k.key = ANY (SELECT split_part(one, ':', 2) FROM unnest(p_keys) one)
      AND k.kind || ':' || k.key = ANY (p_keys)
  )
  SELECT c.id, c.unit_id, c.owner_id FROM casework_case c
  WHERE (c.id = p_case OR c.id IN (SELECT m.case_id FROM casework_casemember m JOIN people ON people.resident_id = m.resident_id))
    AND EXISTS (SELECT FROM casework_breakglass e WHERE e.id = p_emergency AND e.who_id = acting_user() AND e.case_id IS NULL
                AND e.ended_at IS NULL AND e.since > clock_timestamp() - interval '1 minute')
    AND NOT EXISTS (SELECT FROM casework_caseguard g
                    WHERE g.case_id = c.id AND g.kind = 'excluded' AND g.user_id = acting_user())
  ORDER BY c.last_activity_at DESC, c.id $$;
REVOKE EXECUTE ON FUNCTION cases_in_emergency(uuid, uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_in_emergency(uuid, uuid, text[]) TO {APP};
"""
AS_ASKED = """
CREATE FUNCTION emergency_as_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.who_id, NEW.role, NEW.who_unit_id, NEW.reason, NEW.categories, NEW.since, NEW.until)
     IS DISTINCT FROM (OLD.who_id, OLD.role, OLD.who_unit_id, OLD.reason, OLD.categories, OLD.since, OLD.until)
     OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id)
     OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
    RAISE EXCEPTION 'an emergency stays as it was asked' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER as_asked BEFORE UPDATE ON casework_breakglass FOR EACH ROW EXECUTE FUNCTION emergency_as_asked();
"""
# Who opened it, who works where the case is, and the privacy officer. What found nothing is of the first and the last only.
MINE = f"who_id = {ACTOR} OR {READS_LOG}"


def hide(apps: Any, schema_editor: Any) -> None:
    """Who is protected already is found in an emergency from now on."""
    from casework.search_keys import hidden_keys

    protected = apps.get_model("casework", "Protection").objects.filter(lifted_at=None).values("resident_id")
    key = apps.get_model("casework", "SearchKey")
    for resident in apps.get_model("casework", "Resident").objects.filter(pk__in=protected):
        for one in hidden_keys(resident):
            key.objects.get_or_create(resident=resident, unit_id=resident.unit_id, kind="hidden", key=one)


class Migration(migrations.Migration):
    dependencies = [("casework", "0055_emergencies")]

    operations = [
        *protect("casework_breakglass", rows=f"{MINE} OR {OF_MY_UNIT} OR {OF_MY_CASE}"),
        *narrow("casework_breakglass", rows=f"{MINE} OR (case_id IS NOT NULL AND {CASE_IS_OPEN})"),
        *protect(
            "casework_breakglassword",
            rows="EXISTS (SELECT FROM casework_breakglass e WHERE e.id = emergency_id)",
            new_rows=f"by_id = {ACTOR} AND EXISTS (SELECT FROM casework_breakglass e WHERE e.id = emergency_id)",
        ),
        *narrow(
            "casework_breakglassword",
            rows=f"{CASE_IS_OPEN} OR EXISTS (SELECT FROM casework_breakglass e WHERE e.id = emergency_id AND ({MINE}))",
        ),
        *grant_jobs(
            "casework_breakglass",
            "SELECT (id, unit_id, case_id, who_id, since, until, ended_at, status, review_by, flagged_at), UPDATE (flagged_at)",
        ),
        RunSQL(CLOSED, AS_BEFORE),
        RunSQL(FIND, "DROP FUNCTION cases_in_emergency(uuid, uuid, text[])"),
        RunSQL(AS_ASKED, "DROP TRIGGER as_asked ON casework_breakglass; DROP FUNCTION emergency_as_asked()"),
        migrations.RunPython(hide, migrations.RunPython.noop),
        RunSQL(
            f"REVOKE UPDATE, DELETE ON casework_breakglassword FROM {APP}; REVOKE DELETE ON casework_breakglass FROM {APP}",
            f"GRANT UPDATE, DELETE ON casework_breakglassword TO {APP}; GRANT DELETE ON casework_breakglass TO {APP}",
        ),
    ]
