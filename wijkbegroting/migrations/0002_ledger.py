"""The ledger's one door: postings are written by these functions only, and never change (rule 3 of docs/architecture.md).

Each function looks up its command, locks the accounts in order of id, checks, keeps the balances and adds the postings with
the balance after each. `clock_timestamp()` is read after the lock, so that moment and sequence agree.
"""

from django.db import migrations

from luisterloket.platform.walls import append_only

POST = """
CREATE FUNCTION ledger_post(p_command uuid, p_kind text, p_unit uuid, p_from uuid, p_to uuid, p_amount bigint, p_reference uuid)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  entry uuid; moment timestamptz;
  from_balance bigint; from_version bigint; to_balance bigint; to_version bigint;
BEGIN
  SELECT id INTO entry FROM wijkbegroting_journalentry WHERE command = p_command;
  IF FOUND THEN RETURN entry; END IF;
  IF p_amount IS NULL OR p_amount <= 0 THEN
    RAISE EXCEPTION 'an amount is a whole number of cents above zero' USING ERRCODE = 'check_violation';
  END IF;
  IF p_from IS NULL OR p_to IS NULL THEN RAISE EXCEPTION 'no such account' USING ERRCODE = 'foreign_key_violation'; END IF;
  PERFORM 1 FROM wijkbegroting_ledgeraccount WHERE id IN (p_from, p_to) ORDER BY id FOR NO KEY UPDATE;
  -- Another connection may have carried out this very command while we waited for the lock.
  SELECT id INTO entry FROM wijkbegroting_journalentry WHERE command = p_command;
  IF FOUND THEN RETURN entry; END IF;
  UPDATE wijkbegroting_ledgeraccount SET balance = balance - p_amount, version = version + 1
    WHERE id = p_from AND (may_go_below_zero OR balance >= p_amount) RETURNING balance, version INTO from_balance, from_version;
  IF NOT FOUND THEN RAISE EXCEPTION 'overspent' USING ERRCODE = 'LL001'; END IF;
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
CREATE FUNCTION ledger_account_of(p_line uuid, p_source uuid, p_kind text) RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT id FROM wijkbegroting_ledgeraccount WHERE kind = p_kind AND (line_id = p_line OR source_id = p_source) $$;

-- A source of money is opened with an account for what is not yet allocated, and the world outside it.
CREATE FUNCTION ledger_open_source(p_source uuid, p_unit uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO wijkbegroting_ledgeraccount (id, unit_id, kind, line_id, source_id, balance, version, may_go_below_zero)
    VALUES (gen_random_uuid(), p_unit, 'outside', NULL, p_source, 0, 0, true),
           (gen_random_uuid(), p_unit, 'source', NULL, p_source, 0, 0, false);
END $$;

CREATE FUNCTION ledger_receive(p_command uuid, p_source uuid, p_amount bigint) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  SELECT ledger_post(p_command, 'receive', s.unit_id, ledger_account_of(NULL, s.id, 'outside'), ledger_account_of(NULL, s.id, 'source'), p_amount, s.id)
  FROM wijkbegroting_source s WHERE s.id = p_source $$;

-- Approving a line opens its accounts and moves the whole amount from its source to what is available.
CREATE FUNCTION ledger_allocate(p_command uuid, p_line uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE line wijkbegroting_budgetline%ROWTYPE; entry uuid;
BEGIN
  SELECT id INTO entry FROM wijkbegroting_journalentry WHERE command = p_command;
  IF FOUND THEN RETURN entry; END IF;
  SELECT * INTO line FROM wijkbegroting_budgetline WHERE id = p_line;
  INSERT INTO wijkbegroting_ledgeraccount (id, unit_id, kind, line_id, source_id, balance, version, may_go_below_zero)
    SELECT gen_random_uuid(), line.unit_id, kind, p_line, NULL, 0, 0, false FROM unnest(ARRAY['available', 'reserved', 'paid']) AS kind;
  RETURN ledger_post(p_command, 'allocate', line.unit_id, ledger_account_of(NULL, line.source_id, 'source'),
                     ledger_account_of(p_line, NULL, 'available'), line.amount, p_line);
END $$;

-- A grant is the unit of reserving: what is reserved for it is paid or released, once.
CREATE FUNCTION ledger_reserve(p_command uuid, p_grant uuid) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  SELECT ledger_post(p_command, 'reserve', g.unit_id, ledger_account_of(g.line_id, NULL, 'available'), ledger_account_of(g.line_id, NULL, 'reserved'), g.amount, g.id)
  FROM wijkbegroting_maatwerkgrant g WHERE g.id = p_grant $$;

CREATE FUNCTION ledger_resolve(p_command uuid, p_grant uuid, p_kind text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE asked wijkbegroting_maatwerkgrant%ROWTYPE;
BEGIN
  SELECT * INTO asked FROM wijkbegroting_maatwerkgrant WHERE id = p_grant;
  IF NOT EXISTS (SELECT FROM wijkbegroting_journalentry WHERE kind = 'reserve' AND reference = p_grant) THEN
    RAISE EXCEPTION 'nothing is reserved for this' USING ERRCODE = 'check_violation';
  END IF;
  RETURN ledger_post(p_command, p_kind, asked.unit_id, ledger_account_of(asked.line_id, NULL, 'reserved'),
    ledger_account_of(asked.line_id, NULL, CASE p_kind WHEN 'pay' THEN 'paid' ELSE 'available' END), asked.amount, p_grant);
END $$;

CREATE FUNCTION ledger_pay(p_command uuid, p_grant uuid) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public
  AS $$ SELECT ledger_resolve(p_command, p_grant, 'pay') $$;
CREATE FUNCTION ledger_release(p_command uuid, p_grant uuid) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public
  AS $$ SELECT ledger_resolve(p_command, p_grant, 'release') $$;

GRANT EXECUTE ON FUNCTION ledger_open_source(uuid, uuid), ledger_receive(uuid, uuid, bigint), ledger_allocate(uuid, uuid),
  ledger_reserve(uuid, uuid), ledger_pay(uuid, uuid), ledger_release(uuid, uuid) TO luisterloket_app;
"""

GUARDS = """
CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) <> 0 OR count(*) < 2 FROM wijkbegroting_posting WHERE entry_id = NEW.entry_id) THEN
    RAISE EXCEPTION 'an entry sums to zero over at least two postings' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON wijkbegroting_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();
-- Hot rows: room for their next version on the same page.
ALTER TABLE wijkbegroting_ledgeraccount SET (fillfactor = 50);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON wijkbegroting_ledgeraccount, wijkbegroting_journalentry, wijkbegroting_posting FROM luisterloket_app;
"""

DROP = """
DROP FUNCTION ledger_release(uuid, uuid); DROP FUNCTION ledger_pay(uuid, uuid); DROP FUNCTION ledger_resolve(uuid, uuid, text);
DROP FUNCTION ledger_reserve(uuid, uuid); DROP FUNCTION ledger_allocate(uuid, uuid); DROP FUNCTION ledger_receive(uuid, uuid, bigint);
DROP FUNCTION ledger_open_source(uuid, uuid); DROP FUNCTION ledger_account_of(uuid, uuid, text);
DROP FUNCTION ledger_post(uuid, text, uuid, uuid, uuid, bigint, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("wijkbegroting", "0001_initial")]

    operations = [
        migrations.RunSQL(POST + COMMANDS, DROP),
        migrations.RunSQL(
            GUARDS, "DROP TRIGGER entry_balances ON wijkbegroting_posting; DROP FUNCTION ledger_entry_balances();"
        ),
        *append_only("wijkbegroting_journalentry"),
        *append_only("wijkbegroting_posting"),
    ]
