"""The only functions of the database that erase (decision 0032).

They run as the owner, since no one person may read all that is of a case, and `erase_line` judges itself whether it may. Which rows go
and what of them is in `casework.erasure_rules`, which is put in the database here as a function.
"""

import importlib

from django.db import migrations
from django.db.migrations.operations import RunSQL

from casework.erasure_rules import as_operation
from luisterloket.platform.walls import JOBS

before = importlib.import_module("casework.migrations.0066_erasures_walls")
DEFINER, TODAY = before.DEFINER, before.TODAY

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

CREATE FUNCTION type_of_id(p_table text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = p_table::regclass AND attname = 'id' $$;

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
          WHERE id = ANY (ids::uuid[]) AND wiped_at IS NULL;
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
REVOKE EXECUTE ON FUNCTION erasure_people(uuid[], uuid), erasure_rows_of(uuid[]), has_column(text, text), type_of_id(text),
  erasure_where(text, text, text), erasure_ids(text, uuid, uuid[], text, text, text, text), erasure_people_of(text, uuid, uuid),
  erasure_count(text, uuid, uuid, text), erasure_is_held(text, uuid, uuid), erasure_rules(), erasure_category(text) FROM PUBLIC;
"""

# What is done with the rows.
ERASE = f"""
-- Nothing of what is left behind says anything of these rows: their past, what waited to be told, and the details of what was done.
CREATE FUNCTION erase_traces(p_table text, p_ids text[]) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE past text := regexp_replace(p_table, '^([a-z]+)_', '\\1_historical'); label text := regexp_replace(p_table, '_', '.');
BEGIN
  IF to_regclass(past) IS NOT NULL THEN
    EXECUTE format('DELETE FROM %I WHERE id = ANY ($1::%s[])', past, type_of_id(p_table)) USING p_ids;
  END IF;
  IF type_of_id(p_table) = 'uuid' THEN
    DELETE FROM platform_outboxevent WHERE thing_label = label AND thing_id = ANY (p_ids::uuid[]);
    UPDATE platform_historyentry SET details = '{{}}'
      WHERE thing_label = label AND thing_id = ANY (p_ids::uuid[]) AND details <> '{{}}';
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
      EXECUTE format('SELECT array_agg(id::text) FROM %I WHERE %I = ANY ($1::%s[])', fk.child, fk.col, type_of_id(p_table))
        INTO hanging USING p_ids;
      IF cardinality(hanging) > 0 AND NOT EXISTS (
           SELECT FROM erasure_rules() WHERE table_name = fk.child AND how = 'erased') THEN
        RAISE EXCEPTION 'rows of % keep rows of %', fk.child, p_table USING ERRCODE = 'restrict_violation';
      END IF;
      PERFORM erase_rows(fk.child, hanging);
    ELSE
      EXECUTE format('UPDATE %I SET %I = NULL WHERE %I = ANY ($1::%s[])', fk.child, fk.col, fk.col, type_of_id(p_table)) USING p_ids;
    END IF;
  END LOOP;
  PERFORM erase_traces(p_table, p_ids);
  EXECUTE format('DELETE FROM %I WHERE id = ANY ($1::%s[])', p_table, type_of_id(p_table)) USING p_ids;
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
  EXECUTE format('UPDATE %I SET %s WHERE id = ANY ($1::%s[])', p_table, sets, type_of_id(p_table)) USING p_ids;
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
      files := files || ARRAY(SELECT storage_name::text FROM casework_document WHERE id = ANY (ids::uuid[]));
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
  IF l.kind = 'case' AND l.category = '' THEN PERFORM erase_rest(l.case_id); END IF;
  INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
    VALUES (gen_random_uuid(), clock_timestamp(), 'job', 'erasure.erased', 'casework.erasureline', l.id, l.unit_id, l.case_id, '{{}}');
  RETURN 'erased';
END $$;

REVOKE EXECUTE ON FUNCTION erase_traces(text, text[]), erase_rows(text, text[]), erasure_year(timestamptz),
  erase_columns(text, text[], text[]),
  erase_rest(uuid), erase_line(uuid),
  erase_found(text, uuid, uuid[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_line(uuid), erasure_is_held(text, uuid, uuid) TO {JOBS};
"""
DROP = """
DROP FUNCTION erase_found(text, uuid, uuid[], text); DROP FUNCTION erase_line(uuid); DROP FUNCTION erase_rest(uuid);
DROP FUNCTION erase_columns(text, text[], text[]); DROP FUNCTION erasure_year(timestamptz); DROP FUNCTION erase_rows(text, text[]); DROP FUNCTION erase_traces(text, text[]);
"""
DROP_FIND = """
DROP FUNCTION erasure_is_held(text, uuid, uuid); DROP FUNCTION erasure_count(text, uuid, uuid, text);
DROP FUNCTION erasure_people_of(text, uuid, uuid); DROP FUNCTION erasure_ids(text, uuid, uuid[], text, text, text, text);
DROP FUNCTION erasure_where(text, text, text); DROP FUNCTION type_of_id(text); DROP FUNCTION has_column(text, text); DROP FUNCTION erasure_rows_of(uuid[]);
DROP FUNCTION erasure_people(uuid[], uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0066_erasures_walls"),
        ("backoffice", "0005_protection_walls"),
        ("wijkbegroting", "0004_protection_walls"),
        ("convenant", "0007_retention_terms"),
    ]

    operations = [
        as_operation(),
        RunSQL(FIND, DROP_FIND),
        RunSQL(ERASE, DROP),
    ]
