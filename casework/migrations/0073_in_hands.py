"""How much somebody still has in hand, for who ends an appointment and may see none of it: numbers, and nothing else."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP

# Without a person: of everyone at that unit.
CASES = f"""
CREATE FUNCTION cases_in_hands(whose uuid, at_unit uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
  SELECT count(*) FROM casework_case WHERE unit_id = at_unit AND status <> 'ended' AND (whose IS NULL OR owner_id = whose)
$$;
REVOKE ALL ON FUNCTION cases_in_hands(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_in_hands(uuid, uuid) TO {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0072_account_admin_role"), ("platform", "0003_walls")]

    operations = [RunSQL(CASES, "DROP FUNCTION cases_in_hands(uuid, uuid)")]
