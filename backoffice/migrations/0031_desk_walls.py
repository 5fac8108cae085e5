"""Who is away is for the unit itself; an intake answer is read where the question is read; and who stands in for whom."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, CASE_IS_OPEN, JOBS, OF_MY_CASE, OF_MY_DESK, OF_MY_UNIT, narrow, protect

OF_THE_CASE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
# As `words_are_open` of the request: nothing once it was taken back or its ground ended, nor while the loket reads it over.
READS_THE_QUESTION = f"""{OF_MY_DESK} AND replaced_at IS NULL AND EXISTS (
  SELECT FROM backoffice_specialistrequest r
  WHERE r.id = request_id AND r.words_closed_at IS NULL AND r.status NOT IN ('withdrawn', 'ground_ended'))"""
# Roles whose work this is; a test compares them with those that open files (luisterloket/people/roles.py).
ROLES = "('coordinator', 'desk_lead', 'specialist', 'wijkwerker')"
DAY = "(at_moment AT TIME ZONE 'Europe/Amsterdam')::date"

# They run as the owner, since whoever gives work out must know who is away, and see no more of it than that.
FUNCTIONS = f"""
CREATE FUNCTION absence_on(who uuid, at_unit uuid, on_day date) RETURNS SETOF backoffice_absence LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT * FROM backoffice_absence
  WHERE unit_id = at_unit AND user_id = who AND withdrawn_at IS NULL AND since <= on_day AND (until IS NULL OR until >= on_day)
  ORDER BY since DESC, id DESC LIMIT 1
$$;

CREATE FUNCTION works_at(who uuid, at_unit uuid, on_day date) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM people_appointment a JOIN people_user u ON u.id = a.user_id
    WHERE a.user_id = who AND a.unit_id = at_unit AND a.role IN {ROLES} AND u.is_active
      AND a.since <= on_day AND (a.until IS NULL OR a.until >= on_day))
$$;

CREATE FUNCTION is_absent(who uuid, at_unit uuid, at_moment timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$ SELECT EXISTS (SELECT FROM absence_on(who, at_unit, {DAY})) $$;

-- Along the stand-ins until someone is there. Nobody comes twice in a chain, so a circle ends, with nobody.
CREATE FUNCTION stand_in_of(who uuid, at_unit uuid, at_moment timestamptz) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  WITH RECURSIVE chain(person, passed) AS (
    SELECT who, ARRAY[who]
    UNION ALL
    SELECT away.stand_in_id, passed || away.stand_in_id
    FROM chain, LATERAL absence_on(person, at_unit, {DAY}) away
    WHERE away.stand_in_id <> ALL (passed)
  )
  SELECT person FROM chain
  WHERE NOT EXISTS (SELECT FROM absence_on(person, at_unit, {DAY})) AND works_at(person, at_unit, {DAY})
$$;

-- How much waits at some desks, counted no further than is told, and how many people are there. Numbers, and nothing else.
CREATE FUNCTION desk_loads(units uuid[], at_moment timestamptz, at_most integer)
  RETURNS TABLE (unit uuid, waiting bigint, people bigint) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT one.unit,
    (SELECT count(*) FROM (
      SELECT FROM backoffice_specialistrequest r
      WHERE r.desk_unit_id = one.unit AND r.status IN ('sent', 'taken_up', 'asked_back', 'contested') LIMIT at_most) counted),
    (SELECT count(DISTINCT a.user_id) FROM people_appointment a
      WHERE a.unit_id = one.unit AND works_at(a.user_id, one.unit, {DAY})
        AND NOT EXISTS (SELECT FROM absence_on(a.user_id, one.unit, {DAY})))
  FROM unnest(units) one(unit)
$$;

REVOKE ALL ON FUNCTION absence_on(uuid, uuid, date), works_at(uuid, uuid, date), is_absent(uuid, uuid, timestamptz),
  stand_in_of(uuid, uuid, timestamptz), desk_loads(uuid[], timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_absent(uuid, uuid, timestamptz), stand_in_of(uuid, uuid, timestamptz) TO {APP}, {JOBS};
GRANT EXECUTE ON FUNCTION desk_loads(uuid[], timestamptz, integer) TO {APP};
"""
GONE = """
DROP FUNCTION desk_loads(uuid[], timestamptz, integer), stand_in_of(uuid, uuid, timestamptz), is_absent(uuid, uuid, timestamptz),
  works_at(uuid, uuid, date), absence_on(uuid, uuid, date)
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0030_desk_page"), ("casework", "0014_protection_walls"), ("people", "0011_accounts_walls")]

    operations = [
        *protect("backoffice_absence", rows=OF_MY_UNIT, jobs="SELECT, DELETE"),
        RunSQL(FUNCTIONS, GONE),
        *protect("backoffice_intakeanswer", rows=f"{OF_THE_CASE} OR ({READS_THE_QUESTION})", new_rows=OF_THE_CASE),
        *narrow("backoffice_intakeanswer", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK}"),
        # What was asked stays as it was asked, and what was answered as it was answered.
        RunSQL(
            [
                f"REVOKE UPDATE, DELETE, TRUNCATE ON backoffice_deskquestion, backoffice_intakeanswer FROM {APP}",
                f'GRANT UPDATE (retired_at, "order") ON backoffice_deskquestion TO {APP}',
                f"GRANT UPDATE (replaced_at) ON backoffice_intakeanswer TO {APP}",
            ],
            f"GRANT UPDATE, DELETE ON backoffice_deskquestion, backoffice_intakeanswer TO {APP}",
        ),
    ]
