"""Whether someone works here still is asked of the day it is in the Netherlands, not of the clock of the database.

Between midnight here and midnight there a colleague whose last day was yesterday still counted as present.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

ALONE = """
CREATE OR REPLACE FUNCTION guarded_without_people() RETURNS TABLE (case_id uuid, unit_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT g.case_id, g.unit_id FROM casework_caseguard g
        WHERE g.kind = 'named' AND g.unit_id = ANY (acting_units())
          AND NOT EXISTS (
            SELECT FROM casework_caseguard named
            JOIN people_user u ON u.id = named.user_id AND u.is_active
            JOIN people_appointment a ON a.user_id = u.id AND a.role IN ('wijkwerker', 'coordinator')
              AND a.since <= %(today)s AND (a.until IS NULL OR a.until >= %(today)s)
            WHERE named.case_id = g.case_id AND named.kind = 'named')
          AND NOT EXISTS (
            SELECT FROM casework_caseguard kept
            WHERE kept.case_id = g.case_id AND kept.kind = 'excluded' AND kept.user_id = acting_user()) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0028_meetings_walls")]

    operations = [
        RunSQL(
            ALONE % {"today": "(now() AT TIME ZONE 'Europe/Amsterdam')::date"},
            ALONE % {"today": "current_date"},
        )
    ]
