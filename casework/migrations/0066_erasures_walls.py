"""Who sees what is to be erased, and the only functions of the database that erase (decision 0032).

They run as the owner, since no one person may read all that is of a case, and each judges itself whether it may. Which rows they take
and what of them is in `casework.erasure_rules`, which is put in the database here as a function.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from casework.erasure_rules import as_operation
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
REVOKE EXECUTE ON FUNCTION plays_today(uuid, text[], uuid), acting_handles_rights() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_handles_rights() TO {APP};
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

# Whom, and which rows.
FIND = f"""
-- The people of these residents who are in no case that still lives, each with all the rows that were linked to them.
CREATE FUNCTION erasure_people(p_residents uuid[], p_case uuid) RETURNS uuid[] LANGUAGE sql STABLE {DEFINER} AS $$
  WITH RECURSIVE same (start, id) AS (
    SELECT one, one FROM unnest(p_residents) one
    UNION
    SELECT s.start, linked.id FROM same s JOIN casework_resident me ON me.id = s.id CROSS JOIN LATERAL (
      SELECT me.merged_into_id AS id WHERE me.merged_into_id IS NOT NULL
      UNION ALL SELECT other.id FROM casework_resident other WHERE other.merged_into_id = me.id) linked
  )
  SELECT coalesce(array_agg(DISTINCT id), '{{}}') FROM same WHERE start NOT IN (
    SELECT s.start FROM same s JOIN casework_casemember m ON m.resident_id = s.id JOIN casework_case c ON c.id = m.case_id
    WHERE c.id <> p_case AND c.erased_at IS NULL) $$;

-- Every row that is linked to these residents.
CREATE FUNCTION erasure_rows_of(p_residents uuid[]) RETURNS uuid[] LANGUAGE sql STABLE {DEFINER} AS $$
  WITH RECURSIVE same (id) AS (
    SELECT one FROM unnest(p_residents) one
    UNION
    SELECT linked.id FROM same s JOIN casework_resident me ON me.id = s.id CROSS JOIN LATERAL (
      SELECT me.merged_into_id AS id WHERE me.merged_into_id IS NOT NULL
      UNION ALL SELECT other.id FROM casework_resident other WHERE other.merged_into_id = me.id) linked
  )
  SELECT coalesce(array_agg(id), '{{}}') FROM same $$;

CREATE FUNCTION has_column(p_table text, p_column text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = p_table::regclass AND attname = p_column AND NOT attisdropped) $$;

-- The condition that finds the rows of one rule; nothing when the rule is not about this kind of line.
CREATE FUNCTION erasure_where(p_kind text, p_table text, p_rows text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE p_kind
    WHEN 'case' THEN CASE WHEN p_rows <> '' THEN p_rows ELSE 't.case_id = $1' END
    WHEN 'resident' THEN CASE
      WHEN p_table = 'casework_resident' THEN 't.id = ANY ($2)'
      WHEN p_table = 'casework_casemember' THEN 't.resident_id = ANY ($2) AND t.part <> ''main'''
      WHEN p_table IN ('wijkbegroting_maatwerkgrant', 'casework_legalhold') THEN NULL
      WHEN has_column(p_table, 'resident_id') THEN 't.resident_id = ANY ($2)'
      WHEN has_column(p_table, 'whose_id') THEN 't.whose_id = ANY ($2)'
      WHEN p_table = 'casework_residentmerge' THEN '(t.kept_id = ANY ($2) OR t.merged_id = ANY ($2))' END
    WHEN 'intake' THEN CASE
      WHEN p_table = 'casework_intake' THEN 't.id = $1'
      WHEN p_table IN ('casework_shortcontact', 'casework_earlysign') THEN NULL
      WHEN has_column(p_table, 'intake_id') THEN 't.intake_id = $1' END
    WHEN 'short_contact' THEN CASE WHEN p_table = 'casework_shortcontact' THEN 't.id = $1' END
    WHEN 'grant' THEN CASE WHEN p_table = 'wijkbegroting_maatwerkgrant' THEN 't.id = $1' END
  END $$;

CREATE FUNCTION erasure_ids(p_kind text, p_thing uuid, p_people uuid[], p_category text, p_table text, p_rows text, p_of text)
  RETURNS text[] LANGUAGE plpgsql STABLE {DEFINER} AS $$
DECLARE condition text := erasure_where(p_kind, p_table, p_rows); found text[];
BEGIN
  -- What goes by no category goes with all of it.
  IF condition IS NULL OR (p_category <> '' AND p_of = '') THEN RETURN '{{}}'; END IF;
  IF p_category <> '' THEN condition := format('(%s) AND (%s)', condition, p_of); END IF;
  EXECUTE format('SELECT coalesce(array_agg(t.id::text), ''{{}}'') FROM %I t WHERE %s', p_table, condition)
    INTO found USING p_thing, p_people, p_category;
  RETURN found;
END $$;

-- Whom a line is about.
CREATE FUNCTION erasure_people_of(p_kind text, p_thing uuid, p_case uuid) RETURNS uuid[] LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT CASE p_kind
    WHEN 'case' THEN erasure_people(ARRAY(SELECT resident_id FROM casework_casemember WHERE case_id = p_thing), p_thing)
    WHEN 'resident' THEN erasure_people(ARRAY[p_thing], p_case)
    ELSE '{{}}'::uuid[] END $$;

-- How much there is: rows of each sort, files and their bytes.
CREATE FUNCTION erasure_count(p_kind text, p_thing uuid, p_case uuid, p_category text, OUT counts jsonb, OUT files int, OUT bytes bigint)
  LANGUAGE plpgsql STABLE {DEFINER} AS $$
DECLARE r record; people uuid[] := erasure_people_of(p_kind, p_thing, p_case); ids text[]; seen jsonb := '{{}}';
BEGIN
  counts := '{{}}'; files := 0; bytes := 0;
  FOR r IN SELECT table_name, min(sort) AS sort FROM erasure_rules() WHERE how <> 'kept' GROUP BY table_name LOOP
    SELECT array_agg(DISTINCT one) INTO ids FROM erasure_rules() x,
      unnest(erasure_ids(p_kind, p_thing, people, p_category, x.table_name, x.rows, x.category)) one
      WHERE x.table_name = r.table_name AND x.how <> 'kept';
    IF cardinality(ids) > 0 THEN
      counts := counts || jsonb_build_object(r.sort, coalesce((counts ->> r.sort)::int, 0) + cardinality(ids));
      IF r.table_name = 'casework_document' THEN
        SELECT count(*), coalesce(sum(size), 0) INTO files, bytes FROM casework_document
          WHERE id::text = ANY (ids) AND wiped_at IS NULL;
      END IF;
    END IF;
  END LOOP;
  -- What stays, for whoever decides: payments for the ledger, and numbers of how it went.
  IF p_kind = 'case' AND p_category = '' THEN
    SELECT counts || jsonb_strip_nulls(jsonb_build_object('stays_payments', nullif(count(*), 0), 'stays_cents', sum(g.amount)))
      INTO counts FROM wijkbegroting_maatwerkgrant g WHERE g.case_id = p_thing;
    SELECT counts || jsonb_build_object('stays_readings', count(*)) INTO counts
      FROM (SELECT id FROM casework_reading WHERE case_id = p_thing
            UNION ALL SELECT id FROM casework_concern WHERE case_id = p_thing) numbers;
  END IF;
END $$;

CREATE FUNCTION erasure_is_held(p_kind text, p_thing uuid, p_case uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT EXISTS (
    SELECT FROM casework_legalhold h WHERE h.lifted_at IS NULL AND (
      (h.resident_id IS NULL AND h.case_id = p_case)
      OR h.resident_id = ANY (erasure_rows_of(
        CASE p_kind WHEN 'resident' THEN ARRAY[p_thing]
          ELSE ARRAY(SELECT m.resident_id FROM casework_casemember m WHERE m.case_id = p_case) END)))) $$;
REVOKE EXECUTE ON FUNCTION erasure_people(uuid[], uuid), erasure_rows_of(uuid[]), has_column(text, text),
  erasure_where(text, text, text), erasure_ids(text, uuid, uuid[], text, text, text, text), erasure_people_of(text, uuid, uuid),
  erasure_count(text, uuid, uuid, text), erasure_is_held(text, uuid, uuid), erasure_rules(), erasure_category(text) FROM PUBLIC;
"""

# What is done with the rows.
ERASE = f"""
-- Nothing of what is left behind says anything of these rows: their past, what waited to be told, and the details of what was done.
CREATE FUNCTION erase_traces(p_table text, p_ids text[]) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE past text := regexp_replace(p_table, '^([a-z]+)_', '\\1_historical');
BEGIN
  IF to_regclass(past) IS NOT NULL THEN EXECUTE format('DELETE FROM %I WHERE id::text = ANY ($1)', past) USING p_ids; END IF;
  IF (SELECT atttypid FROM pg_attribute WHERE attrelid = p_table::regclass AND attname = 'id') = 'uuid'::regtype THEN
    DELETE FROM platform_outboxevent WHERE thing_id = ANY (p_ids::uuid[]);
    UPDATE platform_historyentry SET details = '{{}}' WHERE thing_id = ANY (p_ids::uuid[]) AND details <> '{{}}';
    DELETE FROM platform_draft d WHERE EXISTS (SELECT FROM unnest(p_ids) one WHERE position(one IN d.form) > 0);
  END IF;
END $$;

-- Rows with all that hangs on them: what may be without them lets go, what may not goes along, and what must stay keeps them.
CREATE FUNCTION erase_rows(p_table text, p_ids text[]) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE fk record; hanging text[];
BEGIN
  IF coalesce(cardinality(p_ids), 0) = 0 THEN RETURN; END IF;
  FOR fk IN SELECT child.relname::text AS child, a.attname::text AS col, a.attnotnull AS needs
            FROM pg_constraint c JOIN pg_class child ON child.oid = c.conrelid
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.confrelid = p_table::regclass AND cardinality(c.conkey) = 1 LOOP
    IF fk.needs THEN
      EXECUTE format('SELECT array_agg(id::text) FROM %I WHERE %I::text = ANY ($1)', fk.child, fk.col) INTO hanging USING p_ids;
      IF cardinality(hanging) > 0 AND NOT EXISTS (
           SELECT FROM erasure_rules() WHERE table_name = fk.child AND how = 'erased') THEN
        RAISE EXCEPTION 'rows of % keep rows of %', fk.child, p_table USING ERRCODE = 'restrict_violation';
      END IF;
      PERFORM erase_rows(fk.child, hanging);
    ELSE
      EXECUTE format('UPDATE %I SET %I = NULL WHERE %I::text = ANY ($1)', fk.child, fk.col, fk.col) USING p_ids;
    END IF;
  END LOOP;
  PERFORM erase_traces(p_table, p_ids);
  EXECUTE format('DELETE FROM %I WHERE id::text = ANY ($1)', p_table) USING p_ids;
END $$;

-- Noon of the first day: the same year in every time zone in which someone may count.
CREATE FUNCTION erasure_year(p_moment timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT date_trunc('year', p_moment, 'Europe/Amsterdam') + interval '12 hours' $$;

-- Words become nothing, and a moment its year.
CREATE FUNCTION erase_columns(p_table text, p_ids text[], p_columns text[]) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE sets text;
BEGIN
  IF coalesce(cardinality(p_ids), 0) = 0 THEN RETURN; END IF;
  SELECT string_agg(format('%I = ', a.attname) || CASE
      WHEN NOT a.attnotnull THEN 'NULL'
      WHEN a.atttypid = 'bytea'::regtype THEN '''''::bytea'
      WHEN a.atttypid = 'bool'::regtype THEN 'false'
      WHEN a.atttypid = 'jsonb'::regtype THEN '''{{}}'''
      WHEN a.atttypid = 'timestamptz'::regtype THEN format('erasure_year(%I)', a.attname)
      WHEN a.atttypid = 'date'::regtype THEN format('date_trunc(''year'', %I)::date', a.attname)
      WHEN format_type(a.atttypid, NULL) LIKE '%[]' THEN '''{{}}'''
      ELSE '''''' END, ', ') INTO sets
    FROM pg_attribute a WHERE a.attrelid = p_table::regclass AND a.attname = ANY (p_columns) AND NOT a.attisdropped;
  EXECUTE format('UPDATE %I SET %s WHERE id::text = ANY ($1)', p_table, sets) USING p_ids;
  PERFORM erase_traces(p_table, p_ids);
END $$;

-- What is left of a case, when nothing of it is left but an id: no date finer than its year.
CREATE FUNCTION erase_rest(p_case uuid) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
  DELETE FROM casework_historicalreview WHERE case_id = p_case;
  DELETE FROM casework_historicalreading WHERE case_id = p_case;
  UPDATE casework_review r SET "on" = make_date(extract(year FROM o."on")::int, 1, 1) + o.place::int,
      noted_at = erasure_year(noted_at)
    FROM (SELECT id, "on", row_number() OVER (PARTITION BY case_id, extract(year FROM "on") ORDER BY "on", noted_at) - 1 AS place
          FROM casework_review WHERE case_id = p_case) o WHERE o.id = r.id;
  UPDATE casework_case SET erased_at = clock_timestamp(), opened_at = erasure_year(opened_at),
      last_activity_at = erasure_year(last_activity_at) WHERE id = p_case;
  PERFORM erase_traces('casework_case', ARRAY[p_case::text]);
  UPDATE platform_historyentry SET details = '{{}}' WHERE case_id = p_case AND details <> '{{}}';
  DELETE FROM platform_outboxevent WHERE thing_id = p_case;
END $$;

-- All rows are found before the first is touched: one may be found by another. What comes back are the names of files to wipe.
CREATE FUNCTION erase_found(p_kind text, p_thing uuid, p_people uuid[], p_category text) RETURNS text[] LANGUAGE plpgsql {DEFINER} AS $$
DECLARE found jsonb; one jsonb; ids text[]; files text[] := '{{}}';
BEGIN
  SELECT coalesce(jsonb_agg(jsonb_build_object('table', r.table_name, 'how', r.how, 'columns', r.columns, 'ids',
      erasure_ids(p_kind, p_thing, p_people, p_category, r.table_name, r.rows, r.category)) ORDER BY r.place), '[]') INTO found
    FROM (SELECT *, row_number() OVER () AS place FROM erasure_rules()) r WHERE r.how <> 'kept';
  FOR one IN SELECT * FROM jsonb_array_elements(found) LOOP
    ids := ARRAY(SELECT jsonb_array_elements_text(one -> 'ids'));
    IF one ->> 'table' = 'casework_document' THEN
      files := files || ARRAY(SELECT storage_name::text FROM casework_document WHERE id::text = ANY (ids));
    END IF;
    IF one ->> 'how' = 'erased' THEN PERFORM erase_rows(one ->> 'table', ids);
    ELSE PERFORM erase_columns(one ->> 'table', ids, ARRAY(SELECT jsonb_array_elements_text(one -> 'columns')));
    END IF;
  END LOOP;
  RETURN files;
END $$;

-- The only door. For a line that two people agreed to, after the days in which it could be called back, when nothing holds it.
CREATE FUNCTION erase_line(p_line uuid) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
DECLARE l casework_erasureline%ROWTYPE; b casework_erasurebatch%ROWTYPE; people uuid[]; total record; wipe text[]; status_now text;
BEGIN
  SELECT * INTO l FROM casework_erasureline WHERE id = p_line FOR UPDATE;
  SELECT * INTO b FROM casework_erasurebatch WHERE id = l.batch_id FOR UPDATE;
  IF l.status = 'erased' THEN RETURN 'erased'; END IF;
  IF l.id IS NULL OR l.status <> 'proposed' OR b.status <> 'approved' OR b.handler_id IS NULL OR b.coordinator_id IS NULL
     OR b.handler_id = b.coordinator_id
     OR (greatest(b.handler_at, b.coordinator_at) AT TIME ZONE 'Europe/Amsterdam')::date + b.call_back_days > {TODAY} THEN
    RAISE EXCEPTION 'this may not be erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF l.case_id IS NOT NULL THEN
    SELECT status INTO status_now FROM casework_case WHERE id = l.case_id FOR NO KEY UPDATE;
    -- Someone came back meanwhile: the term begins anew when that ends.
    IF l.kind IN ('case', 'resident') AND (status_now <> 'ended' OR b.why = 'term' AND l.counts_from < (
         SELECT max((e.at AT TIME ZONE 'Europe/Amsterdam')::date) FROM casework_caseending e
         WHERE e.case_id = l.case_id AND e."into" = 'ended')) THEN
      UPDATE casework_erasureline SET status = 'called_back', decided_at = clock_timestamp() WHERE id = l.id;
      RETURN 'called_back';
    END IF;
  END IF;
  IF erasure_is_held(l.kind, l.thing, l.case_id) THEN
    RAISE EXCEPTION 'this is held' USING ERRCODE = 'insufficient_privilege';
  END IF;
  people := erasure_people_of(l.kind, l.thing, l.case_id);
  SELECT * INTO total FROM erasure_count(l.kind, l.thing, l.case_id, l.category);
  wipe := erase_found(l.kind, l.thing, people, l.category);
  DELETE FROM platform_draft WHERE case_id = l.case_id OR position(coalesce(l.case_id, l.thing)::text IN form) > 0;
  UPDATE casework_erasureline SET status = 'erased', decided_at = clock_timestamp(), counts = total.counts, files = total.files,
    bytes = total.bytes, to_wipe = wipe, because = '' WHERE id = l.id;
  IF l.kind = 'case' AND (l.category = '' OR erasure_is_whole(l.case_id)) THEN
    IF l.category <> '' THEN PERFORM erase_found('case', l.case_id, people, ''); END IF;
    PERFORM erase_rest(l.case_id);
  END IF;
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
    VALUES (gen_random_uuid(), clock_timestamp(), 'job', 'erasure.erased', 'casework.erasureline', l.id, l.unit_id, l.case_id, '{{}}');
  RETURN 'erased';
END $$;

-- Whether each category of which there is a word in a case was erased; payments have their own term.
CREATE FUNCTION erasure_is_whole(p_case uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT NOT EXISTS (
    SELECT FROM convenant_datacategory c WHERE c.code NOT IN ('payment') AND c.code NOT IN (
      SELECT l.category FROM casework_erasureline l WHERE l.kind = 'case' AND l.thing = p_case AND l.status = 'erased')) $$;
REVOKE EXECUTE ON FUNCTION erase_traces(text, text[]), erase_rows(text, text[]), erasure_year(timestamptz),
  erase_columns(text, text[], text[]),
  erase_rest(uuid), erase_line(uuid), erasure_is_whole(uuid),
  erase_found(text, uuid, uuid[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_line(uuid), erasure_is_held(text, uuid, uuid) TO {JOBS};
"""
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
DROP = """
DROP FUNCTION erase_found(text, uuid, uuid[], text); DROP FUNCTION erasure_is_whole(uuid); DROP FUNCTION erase_line(uuid); DROP FUNCTION erase_rest(uuid);
DROP FUNCTION erase_columns(text, text[], text[]); DROP FUNCTION erasure_year(timestamptz); DROP FUNCTION erase_rows(text, text[]); DROP FUNCTION erase_traces(text, text[]);
"""
DROP_FIND = """
DROP FUNCTION erasure_is_held(text, uuid, uuid); DROP FUNCTION erasure_count(text, uuid, uuid, text);
DROP FUNCTION erasure_people_of(text, uuid, uuid); DROP FUNCTION erasure_ids(text, uuid, uuid[], text, text, text, text);
DROP FUNCTION erasure_where(text, text, text); DROP FUNCTION has_column(text, text); DROP FUNCTION erasure_rows_of(uuid[]);
DROP FUNCTION erasure_people(uuid[], uuid);
"""
DROP_SIGNED = """
DROP TRIGGER what_was_proposed_stays ON casework_erasureline; DROP FUNCTION erasure_line_stays();
DROP TRIGGER signed_by_oneself ON casework_erasurebatch; DROP FUNCTION erasure_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0065_erasures"),
        ("backoffice", "0005_protection_walls"),
        ("wijkbegroting", "0004_protection_walls"),
        ("convenant", "0007_retention_terms"),
    ]

    operations = [
        RunSQL(WHO, "DROP FUNCTION acting_handles_rights(); DROP FUNCTION plays_today(uuid, text[], uuid)"),
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
        *narrow("casework_erasureline", rows=f"{CASE_IS_OPEN} OR {HANDLES}"),
        *protect("casework_legalhold", rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {HANDLES}"),
        *narrow("casework_legalhold", rows=f"{CASE_IS_OPEN} OR {HANDLES}"),
        RunSQL(SIGNED, DROP_SIGNED),
        # To who may hear of a case, jobs see whether there is still one.
        RunSQL(f"GRANT SELECT (erased_at) ON casework_case TO {JOBS}", f"REVOKE SELECT (erased_at) ON casework_case FROM {JOBS}"),
        RunSQL(HISTORY, HISTORY_BACK),
        as_operation(),
        RunSQL(FIND, DROP_FIND),
        RunSQL(ERASE, DROP),
        RunSQL(PROPOSE, DROP_PROPOSE),
    ]
