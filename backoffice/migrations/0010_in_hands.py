"""How many requests wait at a desk: a number, and nothing else."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP

REQUESTS = f"""
CREATE FUNCTION requests_in_hands(at_unit uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM backoffice_specialistrequest
  WHERE desk_unit_id = at_unit AND status IN ('sent', 'taken_up', 'asked_back')
$$;
REVOKE ALL ON FUNCTION requests_in_hands(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION requests_in_hands(uuid) TO {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0006_ground_ended"), ("platform", "0003_walls")]

    operations = [RunSQL(REQUESTS, "DROP FUNCTION requests_in_hands(uuid)")]
