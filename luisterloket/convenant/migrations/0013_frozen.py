"""What was offered or signed does not change: the database refuses it to everyone, the owner included (decision 26).

Of a version that is no draft only its state moves on, along the table of `ConvenantVersion`. Of a party only its signature,
while the version is offered, and that it left. An incidental party may still sign later: what it signs is what all signed.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import grant_jobs

VERSION = "convenant_convenantversion"
# Locked against a version that is offered at the same moment; the trigger then sees what it became.
REFUSE = "RAISE EXCEPTION 'a convenant version that is no draft does not change' USING ERRCODE = 'restrict_violation'"
FUNCTIONS = f"""
CREATE FUNCTION convenant_is_draft(p_version uuid) RETURNS boolean LANGUAGE sql AS
  $$ SELECT coalesce((SELECT status = 'draft' FROM {VERSION} WHERE id = p_version FOR SHARE), true) $$;

CREATE FUNCTION keep_convenant_content() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' AND NOT convenant_is_draft(OLD.version_id) THEN {REFUSE}; END IF;
  IF TG_OP <> 'DELETE' AND NOT convenant_is_draft(NEW.version_id) THEN {REFUSE}; END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION keep_convenant_grounds() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' AND NOT convenant_is_draft((SELECT version_id FROM convenant_convenantparty WHERE id = OLD.party_id)) THEN
    {REFUSE}; END IF;
  IF TG_OP <> 'DELETE' AND NOT convenant_is_draft((SELECT version_id FROM convenant_convenantparty WHERE id = NEW.party_id)) THEN
    {REFUSE}; END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION cell_rests_on_its_ground() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (
    SELECT FROM convenant_legalground g JOIN convenant_convenantparty p ON p.id = g.party_id
    WHERE g.id = NEW.ground_id AND g.party_id = NEW.party_id AND g.purpose_id = NEW.purpose_id
      AND g.category_id = NEW.category_id AND p.version_id = NEW.version_id) THEN
    RAISE EXCEPTION 'a cell rests on a ground of its own party, purpose and category' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION keep_convenant_parties() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signature text[] := ARRAY['signed_by', 'signed_function', 'signed_on', 'signature_recorded_by_id', 'signature_recorded_at',
                            'secrecy_signed_on'];
  state text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT convenant_is_draft(NEW.version_id) THEN {REFUSE}; END IF;
    RETURN NEW;
  END IF;
  SELECT status INTO state FROM {VERSION} WHERE id = OLD.version_id FOR SHARE;
  IF TG_OP = 'DELETE' THEN
    IF state <> 'draft' THEN {REFUSE}; END IF;
    RETURN OLD;
  END IF;
  IF NEW.version_id <> OLD.version_id THEN {REFUSE}; END IF;
  IF state = 'draft' THEN RETURN NEW; END IF;
  IF (to_jsonb(NEW) - signature - 'left_on') <> (to_jsonb(OLD) - signature - 'left_on') THEN {REFUSE}; END IF;
  IF (to_jsonb(NEW) - 'left_on') <> (to_jsonb(OLD) - 'left_on') AND state <> 'offered'
    AND NOT (OLD.kind = 'incidental' AND OLD.signed_on IS NULL AND state IN ('signed', 'in_force')) THEN {REFUSE}; END IF;
  IF NEW.left_on IS DISTINCT FROM OLD.left_on AND (OLD.left_on IS NOT NULL OR state IN ('superseded', 'ended')) THEN
    {REFUSE}; END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION keep_convenant_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['status', 'offered_at', 'signed_at', 'in_force_at', 'ended_at', 'ended_because'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN RAISE EXCEPTION 'a convenant version begins as a draft' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'draft' THEN {REFUSE}; END IF;
    RETURN OLD;
  END IF;
  IF NEW.id <> OLD.id THEN {REFUSE}; END IF;
  IF NEW.status <> OLD.status AND NOT (OLD.status || ' ' || NEW.status) = ANY (ARRAY[
      'draft offered', 'offered draft', 'offered signed', 'signed in_force', 'signed ended', 'in_force superseded',
      'in_force ended']) THEN {REFUSE}; END IF;
  IF OLD.status <> 'draft' AND (NEW.status = OLD.status OR (to_jsonb(NEW) - moves) <> (to_jsonb(OLD) - moves)) THEN {REFUSE}; END IF;
  IF OLD.status = 'draft' AND NEW.status <> 'draft'
    AND (to_jsonb(NEW) - 'status' - 'offered_at') <> (to_jsonb(OLD) - 'status' - 'offered_at') THEN {REFUSE}; END IF;
  IF NEW.status = 'signed' AND EXISTS (
    SELECT FROM convenant_convenantparty WHERE version_id = NEW.id AND kind = 'core' AND signed_on IS NULL) THEN
    RAISE EXCEPTION 'not all core parties signed' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NEW;
END $$;
"""
NAMES = [
    "keep_convenant_version", "keep_convenant_parties", "cell_rests_on_its_ground", "keep_convenant_grounds",
    "keep_convenant_content",
]  # fmt: skip
UNDO = "".join(f"DROP FUNCTION {name}();" for name in NAMES) + "DROP FUNCTION convenant_is_draft(uuid);"
KEPT = {
    VERSION: "keep_convenant_version",
    "convenant_convenantparty": "keep_convenant_parties",
    "convenant_legalground": "keep_convenant_grounds",
    "convenant_authorisation": "keep_convenant_content",
    "convenant_retentionterm": "keep_convenant_content",
    "convenant_clause": "keep_convenant_content",
    "convenant_purposeofversion": "keep_convenant_content",
}


def kept(table: str, function: str) -> RunSQL:
    return RunSQL(
        [
            f"CREATE TRIGGER kept_once_offered BEFORE INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ],
        [f"DROP TRIGGER never_emptied ON {table}", f"DROP TRIGGER kept_once_offered ON {table}"],
    )


class Migration(migrations.Migration):
    dependencies = [("convenant", "0012_the_editor"), ("platform", "0002_who_acts")]

    operations = [
        RunSQL(FUNCTIONS, UNDO),
        *(kept(table, function) for table, function in KEPT.items()),
        RunSQL(
            "CREATE TRIGGER rests_on_its_ground BEFORE INSERT OR UPDATE ON convenant_authorisation"
            " FOR EACH ROW EXECUTE FUNCTION cell_rests_on_its_ground()",
            "DROP TRIGGER rests_on_its_ground ON convenant_authorisation",
        ),
        # The job that brings a signed version into force on its day sees no resident here: there is none.
        *grant_jobs(VERSION, "SELECT, UPDATE (status, in_force_at, ended_at, ended_because)"),
        *grant_jobs("convenant_convenantparty", "SELECT"),
    ]
