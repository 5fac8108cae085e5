"""The flag follows the clock, what the sweep may write, and what a wijkwethouder sees of what stands still: no case, no resident."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, JOBS, grant_jobs

# Who starts a clock plans its ladder (ladders.py). Whatever moves the due moment by itself takes the ladder along, and a clock that
# nobody planned has one in plain days: a request without a ladder could be forgotten.
FLAG_FOLLOWS = """
CREATE FUNCTION flag_follows_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.clock = '' OR NEW.due_at IS NULL THEN
    NEW.flag_at := NULL;
    NEW.rungs := '{}';
  ELSIF TG_OP = 'UPDATE' AND OLD.flag_at IS NOT NULL AND NEW.flag_at = OLD.flag_at AND NEW.due_at <> OLD.due_at THEN
    NEW.flag_at := OLD.flag_at + (NEW.due_at - OLD.due_at);
    NEW.rungs := ARRAY(SELECT one + (NEW.due_at - OLD.due_at) FROM unnest(OLD.rungs) WITH ORDINALITY AS u(one, n) ORDER BY n);
  ELSIF NEW.flag_at IS NULL THEN
    NEW.flag_at := NEW.due_at;
    NEW.rungs := ARRAY[NEW.due_at + interval '1 day', NEW.due_at + interval '4 days', NEW.due_at + interval '7 days'];
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER flag_follows_clock BEFORE INSERT OR UPDATE OF due_at, clock ON backoffice_specialistrequest
  FOR EACH ROW EXECUTE FUNCTION flag_follows_clock();
UPDATE backoffice_specialistrequest SET due_at = due_at WHERE clock <> '';
UPDATE backoffice_stall s SET next_at = r.rungs[1] FROM backoffice_specialistrequest r
  WHERE r.id = s.request_id AND s.ended_at IS NULL;
"""
# The units of the wijken of which who acts is the wijkwethouder today.
MY_WIJK = """
  SELECT other.id FROM people_appointment a JOIN people_unit mine ON mine.id = a.unit_id
    JOIN people_unit other ON other.wijk_id = mine.wijk_id
  WHERE a.user_id = acting_user() AND a.role = 'wijkwethouder' AND a.since <= today_here() AND (a.until IS NULL OR a.until >= today_here())
"""
FOR_THE_WETHOUDER = f"""
CREATE FUNCTION today_here() RETURNS date LANGUAGE sql STABLE AS $$ SELECT (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date $$;
CREATE FUNCTION stalls_of_my_wijk() RETURNS TABLE (
  id uuid, request_id uuid, unit_id uuid, desk_unit_id uuid, clock varchar, due_at timestamptz, level varchar, owner_kind varchar,
  snoozed_until timestamptz, snooze_reason varchar, asked varchar, asked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.request_id, s.unit_id, s.desk_unit_id, s.clock, s.due_at, s.level, s.owner_kind, s.snoozed_until, s.snooze_reason,
    s.asked, s.asked_at
  FROM backoffice_stall s WHERE s.ended_at IS NULL AND s.level = 'wethouder' AND s.unit_id IN ({MY_WIJK})
  ORDER BY s.due_at, s.id LIMIT 200
$$;
CREATE FUNCTION stalls_counted_of_my_wijk() RETURNS TABLE (desk_unit_id uuid, level varchar, many bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.desk_unit_id, s.level, count(*) FROM backoffice_specialistrequest r JOIN backoffice_stall s ON s.request_id = r.id
  WHERE s.ended_at IS NULL AND r.stalled_at IS NOT NULL AND r.unit_id IN ({MY_WIJK}) GROUP BY 1, 2
$$;
CREATE FUNCTION ask_about_stall(p_stall uuid, p_what text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one backoffice_stall;
BEGIN
  UPDATE backoffice_stall s SET asked = p_what, asked_at = clock_timestamp(), asked_by_id = acting_user()
    WHERE s.id = p_stall AND s.ended_at IS NULL AND s.level = 'wethouder' AND s.unit_id IN ({MY_WIJK}) RETURNING * INTO one;
  IF one.id IS NULL THEN RETURN NULL; END IF;
  INSERT INTO platform_historyentry
    (id, at, actor_id, actor_kind, verb, thing_label, thing_id, unit_id, desk_unit_id, case_id, details)
    VALUES (gen_random_uuid(), clock_timestamp(), acting_user(), 'person', 'request.stall_asked', 'backoffice.specialistrequest',
      one.request_id, one.unit_id, one.desk_unit_id, one.case_id, jsonb_build_object('what', p_what));
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
    VALUES (gen_random_uuid(), clock_timestamp(), 'request.stall_asked', 'backoffice.stall', one.id, one.unit_id, 0);
  RETURN one.unit_id;
END $$;
REVOKE ALL ON FUNCTION stalls_of_my_wijk(), stalls_counted_of_my_wijk(), ask_about_stall(uuid, text), today_here() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stalls_of_my_wijk(), stalls_counted_of_my_wijk(), ask_about_stall(uuid, text), today_here() TO {APP};
"""
NOT_FOR_THE_WETHOUDER = """
DROP FUNCTION ask_about_stall(uuid, text); DROP FUNCTION stalls_counted_of_my_wijk(); DROP FUNCTION stalls_of_my_wijk();
DROP FUNCTION today_here();
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0040_stall_rules"), ("casework", "0077_emergencies_sealed_anew")]

    operations = [
        RunSQL(
            FLAG_FOLLOWS,
            "DROP TRIGGER flag_follows_clock ON backoffice_specialistrequest; DROP FUNCTION flag_follows_clock()",
        ),
        RunSQL(
            f"GRANT SELECT (flag_at, rungs) ON backoffice_specialistrequest TO {JOBS};"
            f" GRANT UPDATE (rung, level, next_at, raised_at, snoozed_until) ON backoffice_stall TO {JOBS}",
            f"REVOKE SELECT (flag_at, rungs) ON backoffice_specialistrequest FROM {JOBS};"
            f" REVOKE UPDATE (rung, level, next_at, raised_at, snoozed_until) ON backoffice_stall FROM {JOBS}",
        ),
        # Ids only: a flag of a protected case is never of who may not open it.
        *grant_jobs("casework_caseguard", "SELECT (case_id, user_id, kind)"),
        RunSQL(FOR_THE_WETHOUDER, NOT_FOR_THE_WETHOUDER),
    ]
