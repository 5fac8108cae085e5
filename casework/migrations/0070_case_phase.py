"""In what phase of the work a case is: one word, and nothing of what is in it."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP

PHASE = f"""
CREATE FUNCTION case_phase(p_case uuid) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT CASE
          WHEN c.status = 'ended' THEN 'ended'
          WHEN EXISTS (SELECT FROM casework_planstep s WHERE s.case_id = c.id AND s.answer = 'agreed') THEN 'coordinating'
          WHEN EXISTS (SELECT FROM casework_planstep s WHERE s.case_id = c.id)
            OR EXISTS (SELECT FROM casework_goal g WHERE g.case_id = c.id) THEN 'investigating'
          ELSE 'exploring' END
        FROM casework_case c WHERE c.id = p_case $$;
REVOKE EXECUTE ON FUNCTION case_phase(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_phase(uuid) TO {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0069_old_traces")]

    operations = [RunSQL(PHASE, "DROP FUNCTION case_phase(uuid)")]
