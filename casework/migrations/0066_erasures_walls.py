"""Who sees what is to be erased, who signs for it, and that the history is only ever cleared of its details (decision 0032)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, CASE_IS_OPEN, JOBS, OF_MY_CASE, OF_MY_UNIT, narrow, protect

DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
TODAY = "(clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date"
HANDLES = "(SELECT acting_handles_rights())"

WHO = f"""
CREATE FUNCTION plays_today(p_user uuid, p_roles text[], p_unit uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT EXISTS (
    SELECT FROM people_user u JOIN people_appointment a ON a.user_id = u.id
    WHERE u.id = p_user AND u.is_active AND a.role = ANY (p_roles) AND (p_unit IS NULL OR a.unit_id = p_unit)
      AND a.since <= {TODAY} AND (a.until IS NULL OR a.until >= {TODAY})) $$;
-- Who carries out rights of residents, and who supervises that: they see what is to be erased in every wijk, as ids and numbers.
CREATE FUNCTION acting_handles_rights() RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT plays_today(acting_user(), ARRAY['rights_handler', 'privacy_officer'], NULL) $$;
-- Who divides the work of a wijk decides on all that is erased there, also of a case that they may not open: a line tells no name.
CREATE FUNCTION acting_divides(p_unit uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT plays_today(acting_user(), ARRAY['coordinator'], p_unit) $$;
REVOKE EXECUTE ON FUNCTION plays_today(uuid, text[], uuid), acting_handles_rights(), acting_divides(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_handles_rights(), acting_divides(uuid) TO {APP};
"""

# Nobody agrees in the name of another, and no batch begins agreed. What was erased does not change any more.
SIGNED = f"""
CREATE FUNCTION erasure_is_signed() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE before casework_erasurebatch%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' THEN before := OLD; END IF;
  IF before.status = 'erased' THEN RAISE EXCEPTION 'this was erased' USING ERRCODE = 'restrict_violation'; END IF;
  IF NEW.handler_id IS NOT NULL AND (NEW.handler_id, NEW.handler_at) IS DISTINCT FROM (before.handler_id, before.handler_at)
     AND NOT (before.handler_id IS NULL AND NEW.handler_id = acting_user() AND abs(extract(epoch FROM clock_timestamp() - NEW.handler_at)) < 60
              AND plays_today(acting_user(), ARRAY['rights_handler'], NULL)
              AND NOT plays_today(acting_user(), ARRAY['privacy_officer'], NULL))
     OR NEW.coordinator_id IS NOT NULL
     AND (NEW.coordinator_id, NEW.coordinator_at) IS DISTINCT FROM (before.coordinator_id, before.coordinator_at)
     AND NOT (before.coordinator_id IS NULL AND NEW.coordinator_id = acting_user()
              AND abs(extract(epoch FROM clock_timestamp() - NEW.coordinator_at)) < 60
              AND plays_today(acting_user(), ARRAY['coordinator'], NEW.unit_id)
              AND NOT plays_today(acting_user(), ARRAY['privacy_officer'], NULL)) THEN
    RAISE EXCEPTION 'only who agrees may sign for it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.call_back_days, NEW.unit_id) IS DISTINCT FROM (before.call_back_days, before.unit_id) THEN
    RAISE EXCEPTION 'what was proposed stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION erasure_is_signed() FROM PUBLIC;
CREATE TRIGGER signed_by_oneself BEFORE INSERT OR UPDATE ON casework_erasurebatch FOR EACH ROW EXECUTE FUNCTION erasure_is_signed();
CREATE FUNCTION erasure_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.batch_id, NEW.kind, NEW.thing, NEW.category, NEW.counts_from) IS DISTINCT FROM
     (OLD.batch_id, OLD.kind, OLD.thing, OLD.category, OLD.counts_from) OR (OLD.status <> 'proposed' AND NEW.status <> OLD.status) THEN
    RAISE EXCEPTION 'what was proposed stays' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = 'erased' AND OLD.status <> 'erased' AND current_user IN ('{APP}', '{JOBS}') THEN
    RAISE EXCEPTION 'this was not erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION erasure_line_stays() FROM PUBLIC;
CREATE TRIGGER what_was_proposed_stays BEFORE UPDATE ON casework_erasureline FOR EACH ROW EXECUTE FUNCTION erasure_line_stays();
-- The application strikes out and calls back; lines are only added by the functions, and erased only by them.
REVOKE INSERT, DELETE, TRUNCATE ON casework_erasureline, casework_erasurebatch FROM {APP};
REVOKE UPDATE ON casework_erasureline FROM {APP};
GRANT UPDATE (status, decided_by_id, decided_at, because) ON casework_erasureline TO {APP};
REVOKE UPDATE, DELETE, TRUNCATE ON casework_legalhold FROM {APP};
GRANT UPDATE (lifted_by_id, lifted_at, review_on) ON casework_legalhold TO {APP};
"""

# The history never changes, and is cleared of its details only by the function below: a row may lose them, and nothing else.
HISTORY = """
CREATE FUNCTION history_is_only_cleared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.details = '{}'::jsonb
     AND (to_jsonb(NEW) - 'details') = (to_jsonb(OLD) - 'details') THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER never_changes ON platform_historyentry;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON platform_historyentry
  FOR EACH ROW EXECUTE FUNCTION history_is_only_cleared();
"""
HISTORY_BACK = """
DROP TRIGGER never_changes ON platform_historyentry;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON platform_historyentry FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP FUNCTION history_is_only_cleared();
"""

DROP_SIGNED = """
DROP TRIGGER what_was_proposed_stays ON casework_erasureline; DROP FUNCTION erasure_line_stays();
DROP TRIGGER signed_by_oneself ON casework_erasurebatch; DROP FUNCTION erasure_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0065_erasures"),
    ]

    operations = [
        RunSQL(WHO, "DROP FUNCTION acting_divides(uuid), acting_handles_rights(), plays_today(uuid, text[], uuid)"),
        *protect(
            "casework_erasurebatch",
            rows=f"{OF_MY_UNIT} OR {HANDLES}",
            jobs="SELECT (id, unit_id, status, handler_at, coordinator_at, call_back_days), UPDATE (status, ended_at)",
        ),
        *protect(
            "casework_erasureline",
            rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {HANDLES}",
            jobs="SELECT (id, batch_id, unit_id, case_id, kind, thing, status, to_wipe), UPDATE (status, decided_at, to_wipe)",
        ),
        *narrow("casework_erasureline", rows=f"{CASE_IS_OPEN} OR {HANDLES} OR acting_divides(unit_id)"),
        *protect("casework_legalhold", rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {HANDLES}"),
        *narrow("casework_legalhold", rows=f"{CASE_IS_OPEN} OR {HANDLES}"),
        RunSQL(SIGNED, DROP_SIGNED),
        # To who may hear of a case, jobs see whether there is still one.
        RunSQL(f"GRANT SELECT (erased_at) ON casework_case TO {JOBS}", f"REVOKE SELECT (erased_at) ON casework_case FROM {JOBS}"),
        RunSQL(HISTORY, HISTORY_BACK),
    ]
