"""The ledger's one door: postings are written by these functions only, and never change (rule 3 of docs/architecture.md).

Each function looks up its command, checks that what it posts was decided by whoever may, locks the accounts in order of id,
keeps the balances and adds the postings with the balance after each. `clock_timestamp()` is read after the lock, so that
moment and sequence agree. They believe nothing of the application but who acts: appointments, mandate and the co-signature
are read here, in the same transaction. LL001 means that an account has too little; its detail is what it has, in cents.
"""

from django.db import migrations

from luisterloket.platform.walls import APP, append_only, only_added_by_app

HELPERS = """
-- Whether someone plays a role in a unit today.
CREATE FUNCTION ledger_plays(p_user uuid, p_unit uuid, p_roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM people_appointment a, (SELECT (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date AS today) AS moment
    WHERE a.user_id = p_user AND a.unit_id = p_unit AND a.role = ANY (p_roles)
      AND a.since <= today AND (a.until IS NULL OR a.until >= today)) $$;

-- The entry that this command posted before, if it did; a command means one thing only.
CREATE FUNCTION ledger_earlier(p_command uuid, p_kind text, p_reference uuid) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE earlier wijkbegroting_journalentry%ROWTYPE;
BEGIN
  SELECT * INTO earlier FROM wijkbegroting_journalentry WHERE command = p_command;
  IF earlier.id IS NOT NULL AND (earlier.kind, earlier.reference) IS DISTINCT FROM (p_kind, p_reference) THEN
    RAISE EXCEPTION 'this command was used for something else' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN earlier.id;
END $$;

CREATE FUNCTION ledger_account_of(p_line uuid, p_source uuid, p_kind text) RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT id FROM wijkbegroting_ledgeraccount WHERE kind = p_kind AND (line_id = p_line OR source_id = p_source) $$;
"""

POST = """
CREATE FUNCTION ledger_post(p_command uuid, p_kind text, p_unit uuid, p_from uuid, p_to uuid, p_amount bigint, p_reference uuid)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  entry uuid; moment timestamptz; there bigint;
  from_balance bigint; from_version bigint; to_balance bigint; to_version bigint;
BEGIN
  IF p_amount IS NULL OR p_amount <= 0 THEN
    RAISE EXCEPTION 'an amount is a whole number of cents above zero' USING ERRCODE = 'check_violation';
  END IF;
  IF p_from IS NULL OR p_to IS NULL THEN RAISE EXCEPTION 'no such account' USING ERRCODE = 'foreign_key_violation'; END IF;
  PERFORM 1 FROM wijkbegroting_ledgeraccount WHERE id IN (p_from, p_to) ORDER BY id FOR NO KEY UPDATE;
  -- Another connection may have carried out this very command while we waited for the lock.
  entry := ledger_earlier(p_command, p_kind, p_reference);
  IF entry IS NOT NULL THEN RETURN entry; END IF;
  UPDATE wijkbegroting_ledgeraccount SET balance = balance - p_amount, version = version + 1
    WHERE id = p_from AND (may_go_below_zero OR balance >= p_amount) RETURNING balance, version INTO from_balance, from_version;
  IF NOT FOUND THEN
    SELECT balance INTO there FROM wijkbegroting_ledgeraccount WHERE id = p_from;
    RAISE EXCEPTION 'overspent' USING ERRCODE = 'LL001', DETAIL = there::text;
  END IF;
  UPDATE wijkbegroting_ledgeraccount SET balance = balance + p_amount, version = version + 1
    WHERE id = p_to RETURNING balance, version INTO to_balance, to_version;
  entry := gen_random_uuid(); moment := clock_timestamp();
  INSERT INTO wijkbegroting_journalentry (id, command, kind, unit_id, reference, actor, at)
    VALUES (entry, p_command, p_kind, p_unit, p_reference, acting_user(), moment);
  INSERT INTO wijkbegroting_posting (entry_id, account_id, amount, balance_after, sequence, at)
    VALUES (entry, p_from, -p_amount, from_balance, from_version, moment), (entry, p_to, p_amount, to_balance, to_version, moment);
  RETURN entry;
END $$;
"""

COMMANDS = """
-- A source of money is opened with an account for what is not yet allocated, and the world outside it.
CREATE FUNCTION ledger_open_source(p_source uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE source wijkbegroting_source%ROWTYPE;
BEGIN
  SELECT * INTO source FROM wijkbegroting_source WHERE id = p_source;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such source' USING ERRCODE = 'foreign_key_violation'; END IF;
  IF NOT ledger_plays(acting_user(), source.unit_id, ARRAY['treasurer']) THEN
    RAISE EXCEPTION 'only a treasurer of this wijk opens a source' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO wijkbegroting_ledgeraccount (id, unit_id, kind, line_id, source_id, balance, version, may_go_below_zero)
    VALUES (gen_random_uuid(), source.unit_id, 'outside', NULL, p_source, 0, 0, true),
           (gen_random_uuid(), source.unit_id, 'source', NULL, p_source, 0, 0, false);
  RETURN p_source;
END $$;

CREATE FUNCTION ledger_receive(p_command uuid, p_source uuid, p_amount bigint)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE source wijkbegroting_source%ROWTYPE; entry uuid;
BEGIN
  entry := ledger_earlier(p_command, 'receive', p_source);
  IF entry IS NOT NULL THEN RETURN entry; END IF;
  SELECT * INTO source FROM wijkbegroting_source WHERE id = p_source;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such source' USING ERRCODE = 'foreign_key_violation'; END IF;
  IF NOT ledger_plays(acting_user(), source.unit_id, ARRAY['treasurer']) THEN
    RAISE EXCEPTION 'only a treasurer of this wijk books what came in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN ledger_post(p_command, 'receive', source.unit_id, ledger_account_of(NULL, p_source, 'outside'),
                     ledger_account_of(NULL, p_source, 'source'), p_amount, p_source);
END $$;

-- Approving a line opens its accounts and moves the whole amount from its source to what is available.
CREATE FUNCTION ledger_allocate(p_command uuid, p_line uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE line wijkbegroting_budgetline%ROWTYPE; entry uuid;
BEGIN
  entry := ledger_earlier(p_command, 'allocate', p_line);
  IF entry IS NOT NULL THEN RETURN entry; END IF;
  SELECT * INTO line FROM wijkbegroting_budgetline WHERE id = p_line;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such line' USING ERRCODE = 'foreign_key_violation'; END IF;
  IF line.status <> 'approved' OR line.decided_by_id IS NULL OR line.decided_by_id = line.proposed_by_id
     OR line.decided_by_id IS DISTINCT FROM acting_user() OR NOT ledger_plays(line.decided_by_id, line.unit_id, ARRAY['wijkwethouder']) THEN
    RAISE EXCEPTION 'a line is approved by the wijkwethouder, who did not propose it' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM wijkbegroting_source s WHERE s.id = line.source_id AND s.budget_id = line.budget_id AND s.unit_id = line.unit_id) THEN
    RAISE EXCEPTION 'the source is of another budget' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO wijkbegroting_ledgeraccount (id, unit_id, kind, line_id, source_id, balance, version, may_go_below_zero)
    SELECT gen_random_uuid(), line.unit_id, kind, p_line, NULL, 0, 0, false FROM unnest(ARRAY['available', 'reserved', 'paid']) AS kind;
  RETURN ledger_post(p_command, 'allocate', line.unit_id, ledger_account_of(NULL, line.source_id, 'source'),
                     ledger_account_of(p_line, NULL, 'available'), line.amount, p_line);
END $$;

-- A grant is the unit of reserving: what is reserved for it is paid or released, once. Nobody signs alone: who decides and who
-- co-signed did not ask, and the amount is within a mandate in force of one of the two, or the wijkwethouder decided.
CREATE FUNCTION ledger_reserve(p_command uuid, p_grant uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE asked wijkbegroting_maatwerkgrant%ROWTYPE; register wijkbegroting_mandate%ROWTYPE; today date; entry uuid;
BEGIN
  entry := ledger_earlier(p_command, 'reserve', p_grant);
  IF entry IS NOT NULL THEN RETURN entry; END IF;
  SELECT * INTO asked FROM wijkbegroting_maatwerkgrant WHERE id = p_grant;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such grant' USING ERRCODE = 'foreign_key_violation'; END IF;
  IF (asked.status = 'approved' AND asked.cosigned_by_id <> asked.asked_by_id AND asked.decided_by_id <> asked.asked_by_id
      AND asked.decided_by_id = acting_user()) IS NOT TRUE THEN
    RAISE EXCEPTION 'a grant is co-signed and decided by someone who did not ask it' USING ERRCODE = 'check_violation';
  END IF;
  IF asked.mandate_id IS NULL THEN
    IF asked.decided_by_id = asked.cosigned_by_id OR NOT ledger_plays(asked.decided_by_id, asked.unit_id, ARRAY['wijkwethouder']) THEN
      RAISE EXCEPTION 'above the mandate the wijkwethouder decides' USING ERRCODE = 'check_violation';
    END IF;
  ELSE
    today := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
    SELECT * INTO register FROM wijkbegroting_mandate WHERE id = asked.mandate_id;
    IF (register.unit_id = asked.unit_id AND asked.amount <= register.amount AND today BETWEEN register.starts_on AND register.ends_on
        AND asked.decided_by_id = asked.cosigned_by_id
        AND (ledger_plays(asked.asked_by_id, asked.unit_id, ARRAY[register.role::text])
             OR ledger_plays(asked.decided_by_id, asked.unit_id, ARRAY[register.role::text]))
        AND ledger_plays(asked.cosigned_by_id, asked.unit_id, ARRAY['wijkwerker', 'coordinator'])
        AND NOT EXISTS (SELECT FROM wijkbegroting_mandate later WHERE later.unit_id = register.unit_id AND later.role = register.role
                          AND today BETWEEN later.starts_on AND later.ends_on AND later.signed_at > register.signed_at)) IS NOT TRUE THEN
      RAISE EXCEPTION 'this mandate does not cover the grant' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF NOT EXISTS (SELECT FROM wijkbegroting_budgetline l WHERE l.id = asked.line_id AND l.unit_id = asked.unit_id AND l.status = 'approved') THEN
    RAISE EXCEPTION 'the line is not an approved one of this wijk' USING ERRCODE = 'check_violation';
  END IF;
  RETURN ledger_post(p_command, 'reserve', asked.unit_id, ledger_account_of(asked.line_id, NULL, 'available'),
                     ledger_account_of(asked.line_id, NULL, 'reserved'), asked.amount, p_grant);
END $$;

-- Pays or releases exactly what was reserved, whatever the grant says by now.
CREATE FUNCTION ledger_resolve(p_command uuid, p_grant uuid, p_kind text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE reserved record; available uuid;
BEGIN
  SELECT e.unit_id, p.account_id, p.amount, a.line_id INTO reserved
    FROM wijkbegroting_journalentry e
    JOIN wijkbegroting_posting p ON p.entry_id = e.id AND p.amount > 0
    JOIN wijkbegroting_ledgeraccount a ON a.id = p.account_id
    WHERE e.kind = 'reserve' AND e.reference = p_grant;
  IF NOT FOUND THEN RAISE EXCEPTION 'nothing is reserved for this' USING ERRCODE = 'check_violation'; END IF;
  RETURN ledger_post(p_command, p_kind, reserved.unit_id, reserved.account_id,
    ledger_account_of(reserved.line_id, NULL, CASE p_kind WHEN 'pay' THEN 'paid' ELSE 'available' END), reserved.amount, p_grant);
END $$;

CREATE FUNCTION ledger_pay(p_command uuid, p_grant uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE asked wijkbegroting_maatwerkgrant%ROWTYPE; entry uuid;
BEGIN
  entry := ledger_earlier(p_command, 'pay', p_grant);
  IF entry IS NOT NULL THEN RETURN entry; END IF;
  SELECT * INTO asked FROM wijkbegroting_maatwerkgrant WHERE id = p_grant;
  IF (asked.status = 'paid' AND asked.paid_by_id = acting_user() AND asked.paid_by_id NOT IN (asked.asked_by_id, asked.cosigned_by_id, asked.decided_by_id)
      AND ledger_plays(asked.paid_by_id, asked.unit_id, ARRAY['treasurer'])) IS NOT TRUE THEN
    RAISE EXCEPTION 'a treasurer who neither asked nor decided pays' USING ERRCODE = 'check_violation';
  END IF;
  RETURN ledger_resolve(p_command, p_grant, 'pay');
END $$;

CREATE FUNCTION ledger_release(p_command uuid, p_grant uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE asked wijkbegroting_maatwerkgrant%ROWTYPE; entry uuid;
BEGIN
  entry := ledger_earlier(p_command, 'release', p_grant);
  IF entry IS NOT NULL THEN RETURN entry; END IF;
  SELECT * INTO asked FROM wijkbegroting_maatwerkgrant WHERE id = p_grant;
  IF (asked.status = 'released' AND ledger_plays(acting_user(), asked.unit_id, ARRAY['treasurer', 'coordinator'])) IS NOT TRUE THEN
    RAISE EXCEPTION 'a treasurer or the team coordinator releases' USING ERRCODE = 'check_violation';
  END IF;
  RETURN ledger_resolve(p_command, p_grant, 'release');
END $$;
"""

# Said outright, whatever the default privileges of this database are: the helpers can be run by nobody but the functions.
DOORS = f"""
DO $$
DECLARE one regprocedure;
BEGIN
  FOR one IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = 'public' AND starts_with(p.proname, 'ledger_') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, {APP}', one);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION ledger_open_source(uuid), ledger_receive(uuid, uuid, bigint), ledger_allocate(uuid, uuid),
  ledger_reserve(uuid, uuid), ledger_pay(uuid, uuid), ledger_release(uuid, uuid) TO {APP};
"""

GUARDS = f"""
CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) <> 0 OR count(*) < 2 FROM wijkbegroting_posting WHERE entry_id = NEW.entry_id) THEN
    RAISE EXCEPTION 'an entry sums to zero over at least two postings' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON wijkbegroting_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();
REVOKE ALL ON FUNCTION ledger_entry_balances() FROM PUBLIC, {APP};
-- Hot rows: room for their next version on the same page.
ALTER TABLE wijkbegroting_ledgeraccount SET (fillfactor = 50);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON wijkbegroting_ledgeraccount, wijkbegroting_journalentry, wijkbegroting_posting FROM {APP};
"""

# What was asked and what was approved stays what the signatures are under. (`append_only` says the same of whole rows.)
SIGNED = f"""
CREATE TRIGGER what_was_asked_stays BEFORE UPDATE ON wijkbegroting_maatwerkgrant FOR EACH ROW
  WHEN ((OLD.unit_id, OLD.case_id, OLD.resident_id, OLD.line_id, OLD.amount, OLD.asked_by_id, OLD.payee_kind, OLD.method)
    IS DISTINCT FROM (NEW.unit_id, NEW.case_id, NEW.resident_id, NEW.line_id, NEW.amount, NEW.asked_by_id, NEW.payee_kind, NEW.method))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER what_was_approved_stays BEFORE UPDATE ON wijkbegroting_budgetline FOR EACH ROW
  WHEN (OLD.status = 'approved') EXECUTE FUNCTION refuse_change();
-- The application moves a grant along and writes nothing else of it; payee and text are rewritten by the owner only, for a new key.
REVOKE UPDATE ON wijkbegroting_maatwerkgrant FROM {APP};
GRANT UPDATE (status, cosigned_by_id, cosigned_at, decided_by_id, decided_at, reason, mandate_id, paid_by_id, paid_at, payment_reference)
  ON wijkbegroting_maatwerkgrant TO {APP};
REVOKE DELETE, TRUNCATE ON wijkbegroting_maatwerkgrant, wijkbegroting_budgetline, wijkbegroting_source, wijkbegroting_wijkbudget FROM {APP};
"""

DROP = """
DROP FUNCTION ledger_release(uuid, uuid); DROP FUNCTION ledger_pay(uuid, uuid); DROP FUNCTION ledger_resolve(uuid, uuid, text);
DROP FUNCTION ledger_reserve(uuid, uuid); DROP FUNCTION ledger_allocate(uuid, uuid); DROP FUNCTION ledger_receive(uuid, uuid, bigint);
DROP FUNCTION ledger_open_source(uuid); DROP FUNCTION ledger_post(uuid, text, uuid, uuid, uuid, bigint, uuid);
DROP FUNCTION ledger_account_of(uuid, uuid, text); DROP FUNCTION ledger_earlier(uuid, text, uuid);
DROP FUNCTION ledger_plays(uuid, uuid, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("wijkbegroting", "0001_initial"), ("platform", "0003_walls")]

    operations = [
        migrations.RunSQL(HELPERS + POST + COMMANDS + DOORS, DROP),
        migrations.RunSQL(
            GUARDS, "DROP TRIGGER entry_balances ON wijkbegroting_posting; DROP FUNCTION ledger_entry_balances();"
        ),
        migrations.RunSQL(
            SIGNED,
            "DROP TRIGGER what_was_approved_stays ON wijkbegroting_budgetline;"
            " DROP TRIGGER what_was_asked_stays ON wijkbegroting_maatwerkgrant;",
        ),
        *append_only("wijkbegroting_journalentry"),
        *append_only("wijkbegroting_posting"),
        *only_added_by_app("wijkbegroting_mandate"),
        *only_added_by_app("wijkbegroting_historicalbudgetline"),
    ]
