"""An identity number passes the wall like its case, and only while it is switched on for its organisation (UAVG article 46).

Who switches it off works in no wijk and sees no resident: two functions of the owner count and erase for them.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, only_added_by_app, protect

SWITCHED_ON = "organisation_id IN (SELECT u.organisation_id FROM convenant_identitynumberuse u WHERE u.switched_off_at IS NULL)"
MINE = f"({OF_MY_UNIT} OR {OF_MY_CASE}) AND {SWITCHED_ON}"
TABLES = ["casework_identitynumber", "casework_historicalidentitynumber"]

# Tells a number of residents and nothing else. Erases only where it is switched off, whoever asks.
FUNCTIONS = """
CREATE FUNCTION count_identity_numbers(p_organisation uuid) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT count(*)::integer FROM (
          SELECT resident_id FROM casework_identitynumber WHERE organisation_id = p_organisation
          UNION SELECT resident_id FROM casework_historicalidentitynumber WHERE organisation_id = p_organisation) kept $$;
CREATE FUNCTION erase_identity_numbers(p_organisation uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  residents uuid[];
  count integer := count_identity_numbers(p_organisation);
BEGIN
  IF EXISTS (SELECT FROM convenant_identitynumberuse WHERE organisation_id = p_organisation AND switched_off_at IS NULL) THEN
    RAISE EXCEPTION 'switched on' USING ERRCODE = 'restrict_violation';
  END IF;
  WITH gone AS (DELETE FROM casework_identitynumber WHERE organisation_id = p_organisation RETURNING resident_id)
    SELECT coalesce(array_agg(resident_id), '{}') INTO residents FROM gone;
  DELETE FROM casework_historicalidentitynumber WHERE organisation_id = p_organisation;
  -- A statement of its own: it also sees a key that was made while we waited for the row of its number.
  DELETE FROM casework_searchkey WHERE kind = 'bsn' AND resident_id = ANY (residents);
  RETURN count;
END $$;
GRANT EXECUTE ON FUNCTION count_identity_numbers(uuid), erase_identity_numbers(uuid) TO luisterloket_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0023_identity_numbers"), ("convenant", "0005_identity_numbers_walls")]

    operations = [
        *[operation for table in TABLES for operation in protect(table, rows=MINE)],
        *[operation for table in TABLES for operation in narrow(table, rows=CASE_IS_OPEN)],
        *only_added_by_app("casework_historicalidentitynumber"),
        RunSQL(
            "REVOKE DELETE, TRUNCATE ON casework_identitynumber FROM luisterloket_app",
            "GRANT DELETE ON casework_identitynumber TO luisterloket_app",
        ),
        RunSQL(FUNCTIONS, "DROP FUNCTION erase_identity_numbers(uuid); DROP FUNCTION count_identity_numbers(uuid)"),
    ]
