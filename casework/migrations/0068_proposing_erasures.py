"""What may be erased is found by the database, as ids and clocks: each night, and when a resident asks (decision 0032)."""

import importlib

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, JOBS

before = importlib.import_module("casework.migrations.0066_erasures_walls")
DEFINER, TODAY = before.DEFINER, before.TODAY

# What may go, as ids and clocks. Each night for what has passed its term; and when a resident asks for it.
PROPOSE = f"""
CREATE FUNCTION erasure_batch_of(p_unit uuid, p_why text, p_request uuid, p_due date, p_days int) RETURNS uuid
  LANGUAGE plpgsql {DEFINER} AS $$
DECLARE found uuid;
BEGIN
  SELECT id INTO found FROM casework_erasurebatch
    WHERE unit_id = p_unit AND status = 'proposed' AND why = p_why AND request_id IS NOT DISTINCT FROM p_request
      AND handler_id IS NULL AND coordinator_id IS NULL ORDER BY proposed_at LIMIT 1;
  IF found IS NOT NULL THEN RETURN found; END IF;
  found := gen_random_uuid();
  INSERT INTO casework_erasurebatch (id, unit_id, status, why, request_id, due_on, proposed_at, call_back_days, called_back_because)
    VALUES (found, p_unit, 'proposed', p_why, p_request, p_due, clock_timestamp(), p_days, '');
  INSERT INTO platform_historyentry (id, at, actor_id, actor_kind, verb, thing_label, thing_id, unit_id, details)
    VALUES (gen_random_uuid(), clock_timestamp(), acting_user(), CASE WHEN acting_user() IS NULL THEN 'job' ELSE 'person' END,
      'erasure.proposed', 'casework.erasurebatch', found, p_unit, '{{}}');
  INSERT INTO platform_outboxevent (id, at, event, thing_label, thing_id, unit_id, attempts)
    VALUES (gen_random_uuid(), clock_timestamp(), 'erasure.proposed', 'casework.erasurebatch', found, p_unit, 0);
  RETURN found;
END $$;

-- What has passed its term and is held by nobody. What was struck out or called back is proposed anew after `p_again` days.
CREATE FUNCTION propose_erasures(p_days int, p_again int, p_intake_months int, p_contact_months int, p_loose_law text) RETURNS int
  LANGUAGE plpgsql {DEFINER} AS $$
DECLARE one record; much record; proposed int := 0; in_force uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('propose erasures', 0));
  SELECT id INTO in_force FROM convenant_convenantversion WHERE status = 'in_force' AND starts_on <= {TODAY} AND ends_on >= {TODAY};
  FOR one IN
    WITH terms AS (
      SELECT category_id, months, starts, left(concat_ws(' ', law, nullif(article, '')), 310) AS law
      FROM convenant_retentionterm WHERE version_id = in_force
    ), ended AS (
      SELECT c.id, c.unit_id, max(e.at AT TIME ZONE 'Europe/Amsterdam')::date AS ended_on,
        (c.last_activity_at AT TIME ZONE 'Europe/Amsterdam')::date AS last_on
      FROM casework_case c JOIN casework_caseending e ON e.case_id = c.id AND e."into" = 'ended'
      WHERE c.status = 'ended' AND c.erased_at IS NULL GROUP BY c.id
    ), passed AS (
      SELECT ended.id, unit_id, category_id, months, law,
        CASE starts WHEN 'recorded' THEN last_on ELSE ended_on END AS counts_from
      FROM ended CROSS JOIN terms WHERE category_id <> 'payment'
    ), over AS (
      SELECT * FROM passed WHERE counts_from + months * interval '1 month' <= {TODAY}
    ), whole AS (
      SELECT id FROM over GROUP BY id HAVING count(*) = (SELECT count(*) FROM convenant_datacategory WHERE code <> 'payment')
    ), things AS (
      (SELECT DISTINCT ON (id) 'case' AS kind, id AS thing, id AS case_id, unit_id, '' AS category, law, counts_from, months
       FROM over WHERE id IN (SELECT id FROM whole) ORDER BY id, counts_from + months * interval '1 month' DESC, category_id)
      UNION ALL
      SELECT 'case', id, id, unit_id, category_id, law, counts_from, months FROM over WHERE id NOT IN (SELECT id FROM whole)
      UNION ALL
      SELECT 'grant', g.id, g.case_id, g.unit_id, 'payment', t.law,
        (coalesce(g.paid_at, g.decided_at, g.cosigned_at, g.asked_at) AT TIME ZONE 'Europe/Amsterdam')::date, t.months
      FROM wijkbegroting_maatwerkgrant g JOIN terms t ON t.category_id = 'payment'
      WHERE g.status NOT IN ('asked', 'cosigned', 'approved')
      UNION ALL
      SELECT 'intake', i.id, NULL, i.unit_id, '', p_loose_law, (i.saved_at AT TIME ZONE 'Europe/Amsterdam')::date, p_intake_months
      FROM casework_intake i WHERE i.status = 'listening' AND i.case_id IS NULL
      UNION ALL
      SELECT 'short_contact', s.id, NULL, s.unit_id, '', p_loose_law, (s.noted_at AT TIME ZONE 'Europe/Amsterdam')::date,
        p_contact_months
      FROM casework_shortcontact s WHERE s.case_id IS NULL AND s.intake_id IS NULL
    )
    SELECT x.* FROM things x WHERE x.counts_from + x.months * interval '1 month' <= {TODAY}
      AND NOT EXISTS (
        SELECT FROM casework_erasureline l WHERE l.kind = x.kind AND l.thing = x.thing AND l.category IN (x.category, '') AND (
          l.status = 'proposed' OR (l.status = 'erased' AND (l.counts_from IS NULL OR l.counts_from >= x.counts_from))
          OR (l.status IN ('struck', 'called_back') AND l.decided_at > clock_timestamp() - p_again * interval '1 day')))
      AND NOT erasure_is_held(x.kind, x.thing, x.case_id)
    ORDER BY x.unit_id, x.kind, x.thing LIMIT 5000
  LOOP
    SELECT * INTO much FROM erasure_count(one.kind, one.thing, one.case_id, one.category);
    IF much.counts = '{{}}' AND one.category <> '' THEN CONTINUE; END IF;
    INSERT INTO casework_erasureline (id, batch_id, unit_id, case_id, kind, thing, category, law, counts_from, months, status, counts,
        files, bytes, to_wipe, because)
      VALUES (gen_random_uuid(), erasure_batch_of(one.unit_id, 'term', NULL, NULL, p_days), one.unit_id, one.case_id, one.kind,
        one.thing, one.category, one.law, one.counts_from, one.months, 'proposed', much.counts, much.files, much.bytes, '{{}}', '');
    proposed := proposed + 1;
  END LOOP;
  RETURN proposed;
END $$;

-- How many cases of these people are not ended: those are ended first.
CREATE FUNCTION erasure_open_cases(p_residents uuid[]) RETURNS bigint LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT count(DISTINCT c.id) FROM casework_casemember m JOIN casework_case c ON c.id = m.case_id
  WHERE m.resident_id = ANY (erasure_rows_of(p_residents)) AND c.status <> 'ended' AND c.erased_at IS NULL
    AND plays_today(acting_user(), ARRAY['rights_handler'], NULL) $$;

-- A resident asks for it: the cases that are about them as a whole, and of others only what is of themself. One batch per wijk.
CREATE FUNCTION propose_on_request(p_residents uuid[], p_request uuid, p_law text, p_due date, p_days int) RETURNS SETOF uuid
  LANGUAGE plpgsql {DEFINER} AS $$
DECLARE one record; much record; batch uuid;
BEGIN
  IF NOT plays_today(acting_user(), ARRAY['rights_handler'], NULL) OR erasure_open_cases(p_residents) > 0 THEN
    RAISE EXCEPTION 'this may not be proposed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('propose erasures', 0));
  FOR one IN
    SELECT CASE WHEN bool_or(m.part = 'main') THEN 'case' ELSE 'resident' END AS kind, c.id AS case_id, c.unit_id,
      CASE WHEN bool_or(m.part = 'main') THEN c.id ELSE min(m.resident_id::text)::uuid END AS thing
    FROM casework_casemember m JOIN casework_case c ON c.id = m.case_id
    WHERE m.resident_id = ANY (erasure_rows_of(p_residents)) AND c.erased_at IS NULL GROUP BY c.id
  LOOP
    IF EXISTS (SELECT FROM casework_erasureline l
               WHERE l.kind = one.kind AND l.thing = one.thing AND l.category = '' AND l.status = 'proposed') THEN CONTINUE; END IF;
    SELECT * INTO much FROM erasure_count(one.kind, one.thing, one.case_id, '');
    batch := erasure_batch_of(one.unit_id, 'request', p_request, p_due, p_days);
    INSERT INTO casework_erasureline (id, batch_id, unit_id, case_id, kind, thing, category, law, status, counts, files, bytes,
        to_wipe, because)
      VALUES (gen_random_uuid(), batch, one.unit_id, one.case_id, one.kind, one.thing, '', left(p_law, 310), 'proposed', much.counts,
        much.files, much.bytes, '{{}}', '');
    RETURN NEXT batch;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION erasure_batch_of(uuid, text, uuid, date, int), propose_erasures(int, int, int, int, text),
  erasure_open_cases(uuid[]), propose_on_request(uuid[], uuid, text, date, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION propose_erasures(int, int, int, int, text) TO {JOBS};
GRANT EXECUTE ON FUNCTION erasure_open_cases(uuid[]), propose_on_request(uuid[], uuid, text, date, int) TO {APP};
"""
DROP_PROPOSE = """
DROP FUNCTION propose_on_request(uuid[], uuid, text, date, int); DROP FUNCTION erasure_open_cases(uuid[]);
DROP FUNCTION propose_erasures(int, int, int, int, text); DROP FUNCTION erasure_batch_of(uuid, text, uuid, date, int);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0067_erasing")]

    operations = [RunSQL(PROPOSE, DROP_PROPOSE)]
