"""A case goes to another unit with everything that is of it, and a contract is settled only when nothing is left (decision 0023).

The functions run as the owner, since no one person may read both sides of a move. Each judges itself whether it may.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, JOBS, OF_MY_CASE, OF_MY_DESK, OF_MY_UNIT

DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
# Tables with a case and a unit of which the rows do not move; tests/architecture/test_moving.py gives the reasons.
STAY = ["platform_historyentry", "convenant_accesslogentry", "platform_draft", "wijkbegroting_maatwerkgrant"]

CAN_ACT = f"""
-- Whether someone works on cases today: in this unit, or without one anywhere.
CREATE FUNCTION can_keep_cases(p_user uuid, p_unit uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT EXISTS (
    SELECT FROM people_user u JOIN people_appointment a ON a.user_id = u.id,
      (SELECT (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date AS today) AS moment
    WHERE u.id = p_user AND u.is_active AND a.role IN ('wijkwerker', 'coordinator') AND (p_unit IS NULL OR a.unit_id = p_unit)
      AND a.since <= today AND (a.until IS NULL OR a.until >= today)) $$;
REVOKE EXECUTE ON FUNCTION can_keep_cases(uuid, uuid) FROM PUBLIC;
"""

# The tables are found in the catalog: one that is added later moves along by having both columns.
MOVE = f"""
CREATE FUNCTION tables_of_a_case() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT c.relname::text FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ('{{{",".join(STAY)}}}'::text[])
    AND 2 = (SELECT count(*) FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attname IN ('case_id', 'unit_id') AND NOT a.attisdropped)
  ORDER BY c.relname $$;

CREATE FUNCTION move_case(p_handover uuid) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE h casework_handover%ROWTYPE; moves text; goes_to uuid; residents uuid[];
BEGIN
  SELECT * INTO h FROM casework_handover WHERE id = p_handover;
  IF h.id IS NULL OR h.status <> 'done' OR h.ended_by_id IS DISTINCT FROM acting_user() OR h.to_user_id IS DISTINCT FROM acting_user()
     OR h.unit_id = h.to_unit_id OR NOT can_keep_cases(acting_user(), h.to_unit_id) THEN
    RAISE EXCEPTION 'this case may not be moved' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM FROM casework_case WHERE id = h.case_id AND owner_id = h.to_user_id AND unit_id = h.from_unit_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'the case is not there any more' USING ERRCODE = 'check_violation'; END IF;
  residents := ARRAY(SELECT resident_id FROM casework_casemember WHERE case_id = h.case_id);
  SELECT organisation_id INTO goes_to FROM people_unit WHERE id = h.to_unit_id;
  FOR moves IN SELECT * FROM tables_of_a_case() LOOP
    EXECUTE format('UPDATE %I SET unit_id = $1 WHERE case_id = $2 AND unit_id <> $1', moves) USING h.to_unit_id, h.case_id;
  END LOOP;
  UPDATE casework_case SET unit_id = h.to_unit_id WHERE id = h.case_id;
  UPDATE casework_historicalcase SET unit_id = h.to_unit_id WHERE id = h.case_id;
  UPDATE casework_resident SET unit_id = h.to_unit_id WHERE id = ANY (residents);
  UPDATE casework_historicalresident SET unit_id = h.to_unit_id WHERE id = ANY (residents);
  UPDATE casework_searchkey SET unit_id = h.to_unit_id WHERE resident_id = ANY (residents);
  UPDATE casework_intakewriter SET unit_id = h.to_unit_id
    WHERE intake_id IN (SELECT i.id FROM casework_intake i WHERE i.case_id = h.case_id);
  -- An identity number goes to an organisation that may use it, or nowhere (decision 0016).
  IF EXISTS (SELECT FROM convenant_identitynumberuse u WHERE u.organisation_id = goes_to AND u.switched_off_at IS NULL) THEN
    UPDATE casework_identitynumber SET organisation_id = goes_to WHERE case_id = h.case_id;
    UPDATE casework_historicalidentitynumber SET organisation_id = goes_to WHERE case_id = h.case_id;
  ELSE
    DELETE FROM casework_identitynumber WHERE case_id = h.case_id;
    DELETE FROM casework_historicalidentitynumber WHERE case_id = h.case_id;
    DELETE FROM casework_searchkey WHERE resident_id = ANY (residents) AND kind = 'bsn';
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION move_case(uuid), tables_of_a_case() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION move_case(uuid), tables_of_a_case() TO {APP};
"""

# History and maatwerk keep their unit: who reads them follows the case.
FOLLOWS = f"""
CREATE FUNCTION cases_that_came() RETURNS uuid[] LANGUAGE plpgsql STABLE {DEFINER} AS $$
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT h.case_id), '{{}}') FROM casework_handover h JOIN casework_case c ON c.id = h.case_id
  WHERE h.status = 'done' AND h.from_unit_id <> h.to_unit_id AND c.unit_id = ANY (acting_units())
    AND c.id <> ALL (closed_cases(acting_user()))); END $$;
CREATE FUNCTION cases_that_left() RETURNS uuid[] LANGUAGE plpgsql STABLE {DEFINER} AS $$
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT h.case_id), '{{}}') FROM casework_handover h JOIN casework_case c ON c.id = h.case_id
  WHERE h.status = 'done' AND h.from_unit_id <> h.to_unit_id AND h.from_unit_id = ANY (acting_units())
    AND c.unit_id <> ALL (acting_units()) AND (c.id = ANY (acting_cases())) IS NOT TRUE); END $$;
REVOKE EXECUTE ON FUNCTION cases_that_came(), cases_that_left() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_that_came(), cases_that_left() TO {APP};
CREATE POLICY came_with_the_case ON platform_historyentry FOR SELECT TO {APP}
  USING (case_id = ANY ((SELECT cases_that_came())::uuid[]));
CREATE POLICY left_with_the_case ON platform_historyentry AS RESTRICTIVE FOR SELECT TO {APP}
  USING ((case_id <> ALL ((SELECT cases_that_left())::uuid[])) IS NOT FALSE OR actor_id = {ACTOR} OR {OF_MY_DESK}
         OR ({OF_MY_UNIT}) IS NOT TRUE);
CREATE POLICY came_with_the_case ON wijkbegroting_maatwerkgrant FOR SELECT TO {APP}
  USING (case_id = ANY ((SELECT cases_that_came())::uuid[]));
CREATE POLICY left_with_the_case ON wijkbegroting_maatwerkgrant AS RESTRICTIVE TO {APP}
  USING ((case_id <> ALL ((SELECT cases_that_left())::uuid[])) IS NOT FALSE OR ({OF_MY_UNIT}) IS NOT TRUE);
"""
FOLLOWS_NOT = """
DROP POLICY left_with_the_case ON wijkbegroting_maatwerkgrant; DROP POLICY came_with_the_case ON wijkbegroting_maatwerkgrant;
DROP POLICY left_with_the_case ON platform_historyentry; DROP POLICY came_with_the_case ON platform_historyentry;
DROP FUNCTION cases_that_left(); DROP FUNCTION cases_that_came();
"""

# How far it is, as numbers; and what keeps it from being settled.
PROGRESS = f"""
CREATE FUNCTION ending_left(p_ending uuid) RETURNS TABLE (unit_id uuid, still_there bigint, without_owner bigint, unfinished bigint)
  LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT e.unit_id,
    (SELECT count(*) FROM casework_case c WHERE c.unit_id = e.unit_id),
    (SELECT count(DISTINCT c.id) FROM casework_handover h JOIN casework_case c ON c.id = h.case_id
     WHERE h.part_of_id = e.ending_id AND h.status = 'done' AND h.from_unit_id = e.unit_id AND c.unit_id = e.successor_id
       AND NOT can_keep_cases(c.owner_id, e.successor_id)),
    (SELECT count(*) FROM casework_intake i WHERE i.unit_id = e.unit_id AND i.status = 'listening')
  FROM casework_endingunit e WHERE e.ending_id = p_ending $$;
CREATE FUNCTION ending_progress(p_ending uuid) RETURNS TABLE (unit_id uuid, status text, cases bigint, late bigint)
  LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT h.from_unit_id, CASE WHEN h.status = 'planned' AND h.to_user_id IS NULL THEN 'nobody' ELSE h.status END, count(*),
    count(*) FILTER (WHERE h.status IN ('planned', 'introduced')
                     AND h.due_on < (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date)
  FROM casework_handover h WHERE h.part_of_id = p_ending AND h.status <> 'called_off' GROUP BY 1, 2 $$;
CREATE FUNCTION settled_when_nothing_is_left() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
  IF EXISTS (SELECT FROM ending_left(NEW.id) l WHERE l.still_there + l.without_owner + l.unfinished > 0) THEN
    RAISE EXCEPTION 'cases are left without an owner at the successor' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nothing_is_left BEFORE UPDATE OF status ON casework_contractending FOR EACH ROW
  WHEN (NEW.status = 'settled' AND OLD.status <> 'settled') EXECUTE FUNCTION settled_when_nothing_is_left();
REVOKE EXECUTE ON FUNCTION ending_left(uuid), ending_progress(uuid), settled_when_nothing_is_left() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ending_left(uuid), ending_progress(uuid) TO {APP}, {JOBS};
"""
PROGRESS_NOT = """
DROP TRIGGER nothing_is_left ON casework_contractending; DROP FUNCTION settled_when_nothing_is_left();
DROP FUNCTION ending_progress(uuid); DROP FUNCTION ending_left(uuid);
"""

# The posts of the old organisation end, and never before it is settled or over. What is left is reached by the coordinators of the
# successor. Money and mandate of the unit stay with who plays them: they are of the wijk, not of this organisation.
CLOSE = f"""
CREATE FUNCTION close_ending(p_ending uuid) RETURNS TABLE (act text, appointment uuid, person uuid, unit uuid)
  LANGUAGE plpgsql {DEFINER} AS $$
DECLARE e casework_contractending%ROWTYPE; today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date; last date;
BEGIN
  SELECT * INTO e FROM casework_contractending WHERE id = p_ending FOR NO KEY UPDATE;
  IF e.status = 'settled' THEN last := least(e.ends_on, today);
  ELSIF e.status = 'under_way' AND e.ends_on < today THEN last := e.ends_on;
  ELSE RETURN;
  END IF;
  RETURN QUERY
    UPDATE people_appointment a SET until = greatest(a.since, last)
    FROM casework_endingunit x JOIN people_unit u ON u.id = x.unit_id
    WHERE x.ending_id = p_ending AND a.unit_id = x.unit_id AND a.role IN ('wijkwerker', 'coordinator', 'buddy')
      AND (a.until IS NULL OR a.until > greatest(a.since, last))
      AND (e.status = 'settled' OR coalesce(a.on_behalf_of_id, u.organisation_id) = e.organisation_id)
    RETURNING 'ended', a.id, a.user_id, a.unit_id;
  IF e.status = 'settled' THEN RETURN; END IF;
  RETURN QUERY
    INSERT INTO people_appointment (id, user_id, unit_id, role, since, until, on_behalf_of_id)
    SELECT gen_random_uuid(), a.user_id, x.unit_id, 'coordinator', today, NULL, u.organisation_id
    FROM casework_endingunit x JOIN people_unit u ON u.id = x.successor_id JOIN people_appointment a ON a.unit_id = x.successor_id
    JOIN people_user p ON p.id = a.user_id AND p.is_active
    WHERE x.ending_id = p_ending AND a.role = 'coordinator' AND a.since <= today AND (a.until IS NULL OR a.until >= today)
      AND EXISTS (SELECT FROM casework_case c WHERE c.unit_id = x.unit_id)
      AND NOT EXISTS (SELECT FROM people_appointment there WHERE there.user_id = a.user_id AND there.unit_id = x.unit_id
                      AND there.role = 'coordinator' AND (there.until IS NULL OR there.until >= today))
    ON CONFLICT DO NOTHING
    RETURNING 'made', people_appointment.id, people_appointment.user_id, people_appointment.unit_id;
END $$;
REVOKE EXECUTE ON FUNCTION close_ending(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_ending(uuid) TO {APP}, {JOBS};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0041_handovers_walls"),
        ("backoffice", "0005_protection_walls"),
        ("wijkbegroting", "0004_protection_walls"),
    ]

    operations = [
        RunSQL(CAN_ACT, "DROP FUNCTION can_keep_cases(uuid, uuid)"),
        RunSQL(MOVE, "DROP FUNCTION move_case(uuid); DROP FUNCTION tables_of_a_case()"),
        RunSQL(FOLLOWS, FOLLOWS_NOT),
        RunSQL(PROGRESS, PROGRESS_NOT),
        RunSQL(CLOSE, "DROP FUNCTION close_ending(uuid)"),
    ]
