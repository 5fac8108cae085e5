"""Whether someone is known in a wijk beyond the wall: which unit, and nothing else, for who types the whole name and day of birth."""

from django.db import migrations

KNOWN_ELSEWHERE = """
CREATE FUNCTION known_elsewhere(p_key text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT DISTINCT unit_id FROM casework_searchkey
        WHERE kind = 'identity' AND key = p_key AND acting_units() IS NOT NULL AND unit_id <> ALL (acting_units()) $$;
REVOKE EXECUTE ON FUNCTION known_elsewhere(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION known_elsewhere(text) TO luisterloket_app
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_residents_keys")]

    operations = [migrations.RunSQL(KNOWN_ELSEWHERE, "DROP FUNCTION known_elsewhere(text)")]
