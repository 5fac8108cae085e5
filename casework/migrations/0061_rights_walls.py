"""Who handles a request of a resident gets through to every case of that person, as long as it is in hand and no longer (decision 0031).

The functions run as the owner, since they follow a person across wijken. A closed case opens to the handler too, else the copy would
not be whole; never to who is kept out of it.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, CASE_IS_OPEN, JOBS, OF_MY_CASE, OF_MY_UNIT, grant_jobs, narrow, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
DEFINER = "STABLE SECURITY DEFINER SET search_path = public, pg_temp"
TODAY = "(clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date"

WHO = f"""
-- The units for which someone handles what residents ask about their data: where they were appointed for it, and from an office of
-- an organisation its own teams.
CREATE FUNCTION rights_units(p_user uuid) RETURNS uuid[] LANGUAGE sql {DEFINER} AS $$
  SELECT coalesce(array_agg(DISTINCT u.id), '{{}}')
  FROM people_appointment a
  JOIN people_user p ON p.id = a.user_id AND p.is_active
  JOIN people_unit own ON own.id = a.unit_id
  JOIN people_unit u ON u.id = own.id OR (own.kind = 'office' AND u.kind = 'wijkteam' AND u.organisation_id = own.organisation_id)
  WHERE a.user_id = p_user AND a.role = 'rights_handler' AND a.since <= {TODAY} AND (a.until IS NULL OR a.until >= {TODAY}) $$;
-- All rows of these people, whatever wijk they are of.
CREATE FUNCTION rows_of_people(p_residents uuid[]) RETURNS uuid[] LANGUAGE sql {DEFINER} AS $$
  WITH RECURSIVE person AS (
    SELECT id, merged_into_id FROM casework_resident WHERE id = ANY (p_residents)
    UNION SELECT r.id, r.merged_into_id FROM casework_resident r JOIN person ON r.id = person.merged_into_id OR r.merged_into_id = person.id
  ) SELECT coalesce(array_agg(id), '{{}}') FROM person $$;
CREATE FUNCTION kept_out_of(p_user uuid) RETURNS uuid[] LANGUAGE sql {DEFINER} AS $$
  SELECT coalesce(array_agg(case_id), '{{}}') FROM casework_caseguard WHERE kind = 'excluded' AND user_id = p_user $$;
-- All rows of the people whose request someone has in hand, or whose copy they were asked to read.
CREATE FUNCTION rights_rows(p_user uuid) RETURNS uuid[] LANGUAGE plpgsql {DEFINER} AS $$
DECLARE people uuid[];
BEGIN
  SELECT array_agg(q.resident_id) INTO people FROM casework_rightsrequest q
  WHERE q.status IN ('in_hand', 'decided') AND q.identity_at IS NOT NULL AND q.case_id <> ALL (kept_out_of(p_user)) AND (
    (q.handler_id = p_user AND q.unit_id = ANY (rights_units(p_user)))
    OR q.id IN (SELECT c.request_id FROM casework_rightscopy c WHERE c.reader_id = p_user AND c.read_at IS NULL));
  RETURN CASE WHEN people IS NULL THEN '{{}}' ELSE rows_of_people(people) END;
END $$;
CREATE FUNCTION rights_cases(p_user uuid) RETURNS uuid[] LANGUAGE plpgsql {DEFINER} AS $$
DECLARE people uuid[] := rights_rows(p_user);
BEGIN
  IF people = '{{}}' THEN RETURN people; END IF;
  RETURN (SELECT coalesce(array_agg(DISTINCT m.case_id), '{{}}') FROM casework_casemember m
          WHERE m.resident_id = ANY (people) AND m.case_id <> ALL (kept_out_of(p_user)));
END $$;
REVOKE EXECUTE ON FUNCTION rights_units(uuid), rows_of_people(uuid[]), kept_out_of(uuid), rights_rows(uuid), rights_cases(uuid)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rights_units(uuid), kept_out_of(uuid), rights_rows(uuid), rights_cases(uuid) TO {APP}, {JOBS};
-- A person by their rows, for who has a request of theirs in hand.
CREATE FUNCTION rows_under_right(p_request uuid) RETURNS uuid[] LANGUAGE sql {DEFINER} AS $$
  SELECT CASE WHEN q.resident_id = ANY (rights_rows({ACTOR})) THEN rows_of_people(ARRAY[q.resident_id]) ELSE '{{}}' END
  FROM casework_rightsrequest q WHERE q.id = p_request $$;
REVOKE EXECUTE ON FUNCTION rows_under_right(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rows_under_right(uuid) TO {APP};
"""
WHO_NOT = """
DROP FUNCTION rows_under_right(uuid); DROP FUNCTION rights_cases(uuid); DROP FUNCTION rights_rows(uuid); DROP FUNCTION kept_out_of(uuid);
DROP FUNCTION rows_of_people(uuid[]); DROP FUNCTION rights_units(uuid);
"""
NAMED = """
  SELECT coalesce(array_agg(DISTINCT g.case_id), '{{}}') FROM casework_caseguard g
  WHERE (g.kind = 'excluded' AND g.user_id = p_user)
     OR (g.kind = 'named'{unless} AND NOT EXISTS (
           SELECT FROM casework_caseguard mine
           WHERE mine.case_id = g.case_id AND mine.user_id = p_user AND mine.kind = 'named'))
"""
# As it was for an emergency and a preview (0056), with in it the cases of which someone carries out what the resident asked.
CLOSED = """
CREATE OR REPLACE FUNCTION closed_cases(p_user uuid) RETURNS uuid[] LANGUAGE plpgsql {definer} AS $$
DECLARE
  opened uuid; used uuid := nullif(current_setting('luisterloket.emergency', true), '')::uuid;
  behind uuid := nullif(current_setting('luisterloket.behind', true), '')::uuid;{declare}
BEGIN
  IF used IS NOT NULL AND p_user = acting_user() THEN
    SELECT e.case_id INTO opened FROM casework_breakglass e
      WHERE e.id = used AND e.who_id = p_user AND e.ended_at IS NULL AND e.until > clock_timestamp();
  END IF;
  IF behind IS NOT NULL AND p_user = acting_user() AND p_user <> behind THEN
    RETURN closed_cases(behind) || ({named});
  END IF;
  RETURN ({opened});
END $$;
"""


def _closed(declare: str, unless: str) -> str:
    still = f" AND g.case_id IS DISTINCT FROM opened{unless}"
    return CLOSED.format(definer=DEFINER, declare=declare, named=NAMED.format(unless=""), opened=NAMED.format(unless=still))


OPENED = _closed("\n  in_hand uuid[] := rights_cases(p_user);", " AND g.case_id <> ALL (in_hand)")
AS_BEFORE = _closed("", "")

HOLDS_BACK = f"""
-- Why nothing new of these people may be shared for a purpose: 'restricted', 'upheld', 'undecided', or nothing.
CREATE FUNCTION sharing_stopped(p_residents uuid[], p_purpose text) RETURNS text LANGUAGE sql {DEFINER} AS $$
  SELECT CASE WHEN bool_or(q.kind = 'restriction') THEN 'restricted'
              WHEN bool_or(q.decision IN ('granted', 'partly')) THEN 'upheld'
              WHEN count(*) > 0 THEN 'undecided' ELSE '' END
  FROM casework_rightsrequest q
  WHERE q.resident_id = ANY (rows_of_people(p_residents)) AND q.lifted_at IS NULL AND (
    (q.kind = 'objection' AND q.purpose IN ('', p_purpose)
     AND (q.status IN ('received', 'identified', 'in_hand') OR q.decision IN ('granted', 'partly')))
    OR (q.kind = 'restriction' AND q.decision IN ('granted', 'partly'))) $$;
-- Whether the person a case is about asked that their data are only kept.
CREATE FUNCTION is_restricted(p_case uuid) RETURNS boolean LANGUAGE sql {DEFINER} AS $$
  SELECT EXISTS (
    SELECT FROM casework_casemember m JOIN casework_rightsrequest q ON q.resident_id = ANY (rows_of_people(ARRAY[m.resident_id]))
    WHERE m.case_id = p_case AND m.part = 'main' AND q.kind = 'restriction' AND q.decision IN ('granted', 'partly')
      AND q.lifted_at IS NULL) $$;
REVOKE EXECUTE ON FUNCTION sharing_stopped(uuid[], text), is_restricted(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing_stopped(uuid[], text), is_restricted(uuid) TO {APP};
-- At which tables a thing of this case lies or lay, for who works on it: what lies there is read by who has a seat only.
CREATE FUNCTION tables_with(p_case uuid, p_kind text, p_thing uuid) RETURNS uuid[] LANGUAGE sql {DEFINER} AS $$
  SELECT coalesce(array_agg(DISTINCT i.conference_id), '{{}}') FROM casework_conferenceitem i JOIN casework_case c ON c.id = i.case_id
  WHERE i.case_id = p_case AND i.kind = p_kind AND i.ref = p_thing AND p_case <> ALL (closed_cases(acting_user()))
    AND (c.unit_id = ANY (acting_units()) OR p_case = ANY (acting_cases())) $$;
REVOKE EXECUTE ON FUNCTION tables_with(uuid, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tables_with(uuid, text, uuid) TO {APP};
-- For who supervises: which requests there are and when they are due, and no word of them, nor of whom.
CREATE FUNCTION rights_terms() RETURNS TABLE (id uuid, unit_id uuid, kind text, status text, received_on date, due_on date,
    extended_at timestamptz, handler_id uuid, decision text, late_flagged_at timestamptz)
  LANGUAGE sql {DEFINER} AS $$
  SELECT q.id, q.unit_id, q.kind, q.status, q.received_on, q.due_on, q.extended_at, q.handler_id, q.decision, q.late_flagged_at
  FROM casework_rightsrequest q WHERE acting_reads_log() $$;
REVOKE EXECUTE ON FUNCTION rights_terms() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rights_terms() TO {APP};
"""
HOLDS_BACK_NOT = """
DROP FUNCTION rights_terms(); DROP FUNCTION tables_with(uuid, text, uuid); DROP FUNCTION is_restricted(uuid); DROP FUNCTION sharing_stopped(uuid[], text);
"""

HANDLED = f"unit_id = ANY ((SELECT rights_units({ACTOR}))::uuid[])"
NOT_KEPT_OUT = f"case_id <> ALL ((SELECT kept_out_of({ACTOR}))::uuid[])"
ASKED_TO_READ = f"reader_id = {ACTOR}"
OF_WHO_ACTS = {
    "rightsrequest": f"{MINE} OR {HANDLED}",
    "rightscorrection": f"{MINE} OR {HANDLED}",
    "copychoice": f"{MINE} OR {HANDLED}",
    "rightscopy": f"{MINE} OR {HANDLED} OR {ASKED_TO_READ}",
}
# What lies on a table or was written there passes by a seat alone; a copy of everything holds it too.
BY_A_SEAT = ["agendaitem", "conferenceitem", "conferencerecord", "conferenceaddition", "conferenceagreement"]
UNDER_RIGHT = f"case_id = ANY ((SELECT rights_cases({ACTOR}))::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("casework", "0060_rights")]

    operations = [
        RunSQL(WHO, WHO_NOT),
        RunSQL(OPENED, AS_BEFORE),
        RunSQL(HOLDS_BACK, HOLDS_BACK_NOT),
        *[operation for table, rows in OF_WHO_ACTS.items() for operation in protect(f"casework_{table}", rows=rows)],
        *[
            operation
            for table in OF_WHO_ACTS
            # Of a closed case who handles requests sees that one was made, to be able to take it in hand.
            for operation in narrow(f"casework_{table}", rows=f"({CASE_IS_OPEN}) OR ({HANDLED} AND {NOT_KEPT_OUT})")
        ],
        *[
            RunSQL(f"REVOKE DELETE, TRUNCATE ON casework_{table} FROM {APP}", f"GRANT DELETE ON casework_{table} TO {APP}")
            for table in OF_WHO_ACTS
            if table != "copychoice"
        ],
        *[
            RunSQL(
                f"CREATE POLICY under_right ON casework_{table} FOR SELECT TO {APP} USING ({UNDER_RIGHT})",
                f"DROP POLICY under_right ON casework_{table}",
            )
            for table in [*BY_A_SEAT, "earlysign"]
        ],
        # A look at a list is of no case; the resident is told of it all the same.
        RunSQL(
            f"CREATE POLICY under_right ON convenant_accesslogentry FOR SELECT TO {APP}"
            f" USING (case_id IS NULL AND subjects && (SELECT rights_rows({ACTOR}))::uuid[])",
            "DROP POLICY under_right ON convenant_accesslogentry",
        ),
        *grant_jobs(
            "casework_rightsrequest",
            "SELECT (id, unit_id, case_id, handler_id, kind, status, due_on, near_flagged_at, late_flagged_at),"
            " UPDATE (near_flagged_at, late_flagged_at)",
        ),
        *grant_jobs("casework_rightscopy", "SELECT (id, request_id, reader_id, read_at)"),
        *grant_jobs("casework_rightscorrection", "SELECT (id, case_id, unit_id, status)"),
    ]
