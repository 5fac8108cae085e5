"""A right that a resident uses opens their request, not the work on their case: what is shut for someone stays shut on every other page."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, JOBS

# As `closed_cases`, without what an emergency or a request of the resident opens at this moment (decisions 0029 and 0031).
SHUT = f"""
CREATE FUNCTION shut_cases(p_user uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT closed_cases(p_user) || coalesce(array_agg(DISTINCT g.case_id), '{{}}') FROM casework_caseguard g
  WHERE g.kind = 'named' AND NOT EXISTS (
    SELECT FROM casework_caseguard mine WHERE mine.case_id = g.case_id AND mine.user_id = p_user AND mine.kind = 'named') $$;
REVOKE EXECUTE ON FUNCTION shut_cases(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shut_cases(uuid) TO {APP}, {JOBS};
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0075_roles_in_an_emergency")]

    operations = [RunSQL(SHUT, "DROP FUNCTION shut_cases(uuid)")]
