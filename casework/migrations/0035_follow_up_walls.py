"""A case that was not ended has exactly one follow-up to come, whoever writes; and what of all this passes the wall for whom."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
# At the end of the transaction, so that an action may end one and give the next in any order. The row of the case is shared: who
# ends the case at the same moment waits, and is judged by what is there then.
PROMISE = """
CREATE FUNCTION hold_the_next_contact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  cases uuid[];
  one uuid;
  wanted integer;
  found_now integer;
BEGIN
  IF TG_TABLE_NAME = 'casework_case' THEN
    cases := ARRAY[NEW.id];
  ELSIF TG_OP = 'DELETE' THEN
    cases := ARRAY[OLD.case_id];
  ELSIF TG_OP = 'UPDATE' THEN
    cases := ARRAY[NEW.case_id, OLD.case_id];
  ELSE
    cases := ARRAY[NEW.case_id];
  END IF;
  FOREACH one IN ARRAY cases LOOP
    SELECT (c.status <> 'ended')::integer INTO wanted FROM casework_case c WHERE c.id = one FOR SHARE;
    CONTINUE WHEN NOT FOUND;
    SELECT count(*) INTO found_now FROM casework_followup f WHERE f.case_id = one AND f.done_at IS NULL;
    IF found_now <> wanted THEN
      RAISE EXCEPTION 'case % has % follow-ups to come, and must have %', one, found_now, wanted
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_has_its_next_contact';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER case_has_its_next_contact AFTER INSERT OR UPDATE OF status ON casework_case
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_the_next_contact();
CREATE CONSTRAINT TRIGGER case_has_its_next_contact AFTER INSERT OR DELETE OR UPDATE OF case_id, done_at ON casework_followup
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_the_next_contact();
"""
NO_PROMISE = """
DROP TRIGGER case_has_its_next_contact ON casework_followup;
DROP TRIGGER case_has_its_next_contact ON casework_case;
DROP FUNCTION hold_the_next_contact();
"""
# What belongs to someone who left, who has no part in the case any more, or who is kept out of it. For the sweep, which may
# not read who stands at the door of a case.
NOBODYS = """
CREATE FUNCTION follow_ups_of_nobody(p_today date) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT f.id FROM casework_followup f
        WHERE f.done_at IS NULL AND f.flagged_at IS NULL AND (
          NOT EXISTS (
            SELECT FROM people_appointment a JOIN people_user u ON u.id = a.user_id AND u.is_active
            WHERE a.user_id = f.who_id AND a.role IN ('wijkwerker', 'coordinator')
              AND a.since <= p_today AND (a.until IS NULL OR a.until >= p_today)
              AND (EXISTS (
                     SELECT FROM casework_involvement i
                     WHERE i.case_id = f.case_id AND i.user_id = f.who_id AND i.until IS NULL AND i.kind <> 'buddy')
                   OR (a.unit_id = f.unit_id AND (
                     SELECT w.team_is_involved FROM wijken_wayofworking w JOIN people_unit n ON n.wijk_id = w.wijk_id
                     WHERE n.id = f.unit_id ORDER BY w.version DESC LIMIT 1))))
          OR EXISTS (
            SELECT FROM casework_caseguard g
            WHERE g.case_id = f.case_id AND g.kind = 'excluded' AND g.user_id = f.who_id)
          OR (EXISTS (SELECT FROM casework_caseguard g WHERE g.case_id = f.case_id AND g.kind = 'named')
              AND NOT EXISTS (
                SELECT FROM casework_caseguard g
                WHERE g.case_id = f.case_id AND g.kind = 'named' AND g.user_id = f.who_id))) $$;
REVOKE EXECUTE ON FUNCTION follow_ups_of_nobody(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION follow_ups_of_nobody(date) TO luisterloket_jobs;
"""
CLOCKS = "id, unit_id, case_id, who_id, due_on, late_on, done_at, flagged_at, flagged_because"
SIGN_CLOCKS = "id, unit_id, case_id, owner_id, status, late_on, flagged_at, flagged_because, settled_at, wiped_at"
# Jobs wipe words that they cannot read.
SIGN_WORDS = "about, place, seen, told_by"


class Migration(migrations.Migration):
    dependencies = [("casework", "0034_follow_up_first")]

    operations = [
        *protect("casework_followup", rows=MINE, jobs=f"SELECT ({CLOCKS}), UPDATE (flagged_at, flagged_because)"),
        *narrow("casework_followup", rows=CASE_IS_OPEN),
        RunSQL(f"REVOKE DELETE, TRUNCATE ON casework_followup FROM {APP}", f"GRANT DELETE ON casework_followup TO {APP}"),
        *protect("casework_historicalfollowup", rows=MINE),
        *narrow("casework_historicalfollowup", rows=CASE_IS_OPEN),
        *only_added_by_app("casework_historicalfollowup"),
        *(
            operation
            for table in ("casework_caseending", "casework_looseenddecision")
            for operation in [*protect(table, rows=MINE), *narrow(table, rows=CASE_IS_OPEN), *only_added_by_app(table)]
        ),
        *protect(
            "casework_earlysign",
            rows=OF_MY_UNIT,
            jobs=f"SELECT ({SIGN_CLOCKS}), UPDATE (flagged_at, flagged_because, {SIGN_WORDS}, wiped_at)",
        ),
        *narrow("casework_earlysign", rows=CASE_IS_OPEN),
        # An attempt is there for who sees its sign.
        *protect(
            "casework_signattempt",
            rows=f"{OF_MY_UNIT} AND EXISTS (SELECT FROM casework_earlysign s WHERE s.id = sign_id)",
            jobs="SELECT (id, sign_id, unit_id), UPDATE (text)",
        ),
        RunSQL(PROMISE, NO_PROMISE),
        RunSQL(NOBODYS, "DROP FUNCTION follow_ups_of_nobody(date)"),
    ]
