"""What was contested passes the walls of its request; what was put before the wijkwethouder passes to them too, and nothing else does."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from casework.erasure_rules import as_operation
from luisterloket.platform.walls import APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_DESK, OF_MY_UNIT, grant_jobs, narrow, protect

DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
OF_THE_REQUEST = f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {OF_MY_DESK}"
DECIDES = "acting_decides(unit_id)"
# As `words_are_open` of the request: not while the loket reads its words over, and not after it ended.
READS_THE_QUESTION = f"""{OF_MY_DESK} AND EXISTS (
  SELECT FROM backoffice_specialistrequest r
  WHERE r.id = request_id AND r.words_closed_at IS NULL AND r.status NOT IN ('closed', 'withdrawn', 'ground_ended'))"""

# The wijkwethouder sees no row of the request: this moves the one on which they decided just now, and no other.
FUNCTIONS = f"""
CREATE FUNCTION acting_decides(p_unit uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT plays_today(acting_user(), ARRAY['wijkwethouder'], p_unit) $$;
REVOKE EXECUTE ON FUNCTION acting_decides(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_decides(uuid) TO {APP};
CREATE FUNCTION request_after_escalation(p_escalation uuid, p_tell_by timestamptz) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE put backoffice_escalation%ROWTYPE;
BEGIN
  SELECT * INTO put FROM backoffice_escalation WHERE id = p_escalation;
  IF put.decided_by_id IS DISTINCT FROM acting_user() OR NOT acting_decides(put.unit_id) THEN
    RAISE EXCEPTION 'only who decided moves the request' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE backoffice_specialistrequest SET status = 'answered', clock = 'tell', due_at = p_tell_by, stalled_at = NULL
  WHERE id = put.request_id AND status = 'escalated';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing waits for this decision' USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE backoffice_stall SET ended_at = now() WHERE request_id = put.request_id AND ended_at IS NULL;
END $$;
REVOKE EXECUTE ON FUNCTION request_after_escalation(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION request_after_escalation(uuid, timestamptz) TO {APP};
"""
# What was contested waits at a desk as well.
WAITS = """
CREATE OR REPLACE FUNCTION requests_in_hands(at_unit uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM backoffice_specialistrequest
  WHERE desk_unit_id = at_unit AND status IN ('sent', 'taken_up', 'asked_back', 'contested')
$$;
"""
# What was contested goes along when the contract of a team ends, as every request that runs does.
GOES_ALONG = """
DO $do$
DECLARE body text := pg_get_functiondef('carry_ended_case'::regproc);
BEGIN
  IF strpos(body, $$'asked_back', 'answered')$$) = 0 THEN RAISE EXCEPTION 'carry_ended_case reads otherwise'; END IF;
  EXECUTE replace(body, $$'asked_back', 'answered')$$, $$'asked_back', 'answered', 'contested', 'escalated')$$);
END $do$;
"""
# What was asked, of whom and by whom stays as it was; so does a decision.
AS_ASKED = """
CREATE FUNCTION contest_as_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.request_id, NEW.by_id, NEW.at) IS DISTINCT FROM (OLD.request_id, OLD.by_id, OLD.at)
     OR (OLD.decided_at IS NOT NULL AND (NEW.decided_by_id, NEW.decided_at, NEW.status)
                                        IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at, OLD.status)) THEN
    RAISE EXCEPTION 'what was contested stays as it was asked and decided' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER as_asked BEFORE UPDATE ON backoffice_contest FOR EACH ROW EXECUTE FUNCTION contest_as_asked();
CREATE TRIGGER as_asked BEFORE UPDATE ON backoffice_escalation FOR EACH ROW EXECUTE FUNCTION contest_as_asked();
"""
# Nobody agreed on terms for these clocks yet: a fortnight to look again, a week for the wijkwethouder, in working days.
TERMS = """
INSERT INTO backoffice_term
  (id, desk_id, kind, urgency, clock, amount, measure, valid_from, source, law, article, made_at)
SELECT gen_random_uuid(), d.id, k.kind, u.urgency, c.clock, CASE u.urgency WHEN 'today' THEN 1 ELSE c.days END, 'working_days',
  current_date, 'convenant', '', '', now()
FROM backoffice_desk d, jsonb_array_elements_text(d.kinds) AS k(kind), (VALUES ('today'), ('normal')) AS u(urgency), (VALUES ('reconsider', 10), ('escalate', 5)) AS c(clock, days)
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0055_contests"), ("casework", "0077_emergencies_sealed_anew")]

    operations = [
        RunSQL(FUNCTIONS, "DROP FUNCTION request_after_escalation(uuid, timestamptz); DROP FUNCTION acting_decides(uuid) CASCADE"),
        *protect("backoffice_contest", rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR ({READS_THE_QUESTION})", new_rows=OF_THE_REQUEST),
        *narrow("backoffice_contest", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK}"),
        *grant_jobs("backoffice_contest", "SELECT (id, request_id, answered_by_id, decided_by_id)"),
        *protect("backoffice_escalation", rows=f"{OF_THE_REQUEST} OR {DECIDES}", new_rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {DECIDES}"),
        *narrow("backoffice_escalation", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK} OR {DECIDES}"),
        *grant_jobs(
            "backoffice_escalation", "SELECT (id, unit_id, desk_unit_id, case_id, request_id, by_id, status, due_at)"
        ),
        RunSQL(
            AS_ASKED,
            "DROP TRIGGER as_asked ON backoffice_escalation; DROP TRIGGER as_asked ON backoffice_contest;"
            " DROP FUNCTION contest_as_asked()",
        ),
        RunSQL(WAITS, RunSQL.noop),
        RunSQL(GOES_ALONG, RunSQL.noop),
        RunSQL(TERMS, RunSQL.noop),
        as_operation(),
    ]
