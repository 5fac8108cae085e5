"""The doors of closed cases are asked by every statement: in PL/pgSQL their plan is kept for the session, in SQL it is made anew.

What they answer is the same as before (decision 0011).
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

DEFINER = "STABLE SECURITY DEFINER SET search_path = public, pg_temp"
CASES = """
  SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM casework_caseguard g
  WHERE (g.kind = 'excluded' AND g.user_id = p_user)
     OR (g.kind = 'named' AND NOT EXISTS (
           SELECT FROM casework_caseguard mine
           WHERE mine.case_id = g.case_id AND mine.user_id = p_user AND mine.kind = 'named'))
"""
# Of nobody when nothing is closed, which is so for most people.
RESIDENTS = """
  SELECT coalesce(array_agg(DISTINCT m.resident_id), '{}') FROM casework_casemember m
  WHERE m.case_id = ANY (closed)
    AND (EXISTS (SELECT FROM casework_protection p
                 WHERE p.case_id = m.case_id AND p.resident_id = m.resident_id AND p.lifted_at IS NULL)
         OR (m.part = 'main' AND EXISTS (
               SELECT FROM casework_caseguard g WHERE g.case_id = m.case_id AND g.kind = 'excluded' AND g.user_id = p_user))
         OR NOT EXISTS (
               SELECT FROM casework_casemember o WHERE o.resident_id = m.resident_id AND o.case_id <> ALL (closed)))
"""
QUICK = f"""
CREATE OR REPLACE FUNCTION closed_cases(p_user uuid) RETURNS uuid[] LANGUAGE plpgsql {DEFINER} AS $$
BEGIN RETURN ({CASES}); END $$;
CREATE OR REPLACE FUNCTION closed_residents(p_user uuid) RETURNS uuid[] LANGUAGE plpgsql {DEFINER} AS $$
DECLARE closed uuid[] := closed_cases(p_user);
BEGIN
  IF closed = '{{}}' THEN RETURN closed; END IF;
  RETURN ({RESIDENTS});
END $$;
"""
AS_BEFORE = f"""
CREATE OR REPLACE FUNCTION closed_cases(p_user uuid) RETURNS uuid[] LANGUAGE sql {DEFINER} AS $$ {CASES} $$;
CREATE OR REPLACE FUNCTION closed_residents(p_user uuid) RETURNS uuid[] LANGUAGE sql {DEFINER}
  AS $$ {RESIDENTS.replace("(closed)", "(closed_cases(p_user))")} $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0025_merging")]

    operations = [RunSQL(QUICK, AS_BEFORE)]
