"""Roles that nobody has together, and those that nobody gives alone, held by the database as well (decision 0033)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, append_only, grant_jobs, only_added_by_app

# As luisterloket/people/separation.py declares them; a test holds that both say the same. The last says: only at the same unit.
APART = [
    ("account_admin", "buddy", False),
    ("account_admin", "coordinator", False),
    ("account_admin", "desk_lead", False),
    ("account_admin", "participant", False),
    ("account_admin", "privacy_officer", False),
    ("account_admin", "rights_handler", False),
    ("account_admin", "specialist", False),
    ("account_admin", "wijkwerker", False),
    ("auditor", "coordinator", True),
    ("auditor", "privacy_officer", False),
    ("auditor", "treasurer", True),
    ("auditor", "wijkwerker", True),
    ("auditor", "wijkwethouder", True),
    ("buddy", "account_admin", False),
    ("buddy", "convenant_admin", False),
    ("buddy", "privacy_officer", False),
    ("buddy", "wijkwethouder", False),
    ("convenant_admin", "buddy", False),
    ("convenant_admin", "coordinator", False),
    ("convenant_admin", "desk_lead", False),
    ("convenant_admin", "participant", False),
    ("convenant_admin", "privacy_officer", False),
    ("convenant_admin", "rights_handler", False),
    ("convenant_admin", "specialist", False),
    ("convenant_admin", "wijkwerker", False),
    ("coordinator", "account_admin", False),
    ("coordinator", "auditor", True),
    ("coordinator", "convenant_admin", False),
    ("coordinator", "privacy_officer", False),
    ("coordinator", "treasurer", True),
    ("coordinator", "wijkwethouder", False),
    ("desk_lead", "account_admin", False),
    ("desk_lead", "convenant_admin", False),
    ("desk_lead", "privacy_officer", False),
    ("desk_lead", "wijkwethouder", False),
    ("participant", "account_admin", False),
    ("participant", "convenant_admin", False),
    ("participant", "privacy_officer", False),
    ("participant", "wijkwethouder", False),
    ("privacy_officer", "account_admin", False),
    ("privacy_officer", "auditor", False),
    ("privacy_officer", "buddy", False),
    ("privacy_officer", "convenant_admin", False),
    ("privacy_officer", "coordinator", False),
    ("privacy_officer", "desk_lead", False),
    ("privacy_officer", "participant", False),
    ("privacy_officer", "rights_handler", False),
    ("privacy_officer", "specialist", False),
    ("privacy_officer", "treasurer", False),
    ("privacy_officer", "wijkwerker", False),
    ("privacy_officer", "wijkwethouder", False),
    ("rights_handler", "account_admin", False),
    ("rights_handler", "convenant_admin", False),
    ("rights_handler", "privacy_officer", False),
    ("rights_handler", "wijkwethouder", False),
    ("specialist", "account_admin", False),
    ("specialist", "convenant_admin", False),
    ("specialist", "privacy_officer", False),
    ("specialist", "wijkwethouder", False),
    ("treasurer", "auditor", True),
    ("treasurer", "coordinator", True),
    ("treasurer", "privacy_officer", False),
    ("treasurer", "wijkwerker", True),
    ("treasurer", "wijkwethouder", True),
    ("wijkwerker", "account_admin", False),
    ("wijkwerker", "auditor", True),
    ("wijkwerker", "convenant_admin", False),
    ("wijkwerker", "privacy_officer", False),
    ("wijkwerker", "treasurer", True),
    ("wijkwerker", "wijkwethouder", False),
    ("wijkwethouder", "auditor", True),
    ("wijkwethouder", "buddy", False),
    ("wijkwethouder", "coordinator", False),
    ("wijkwethouder", "desk_lead", False),
    ("wijkwethouder", "participant", False),
    ("wijkwethouder", "privacy_officer", False),
    ("wijkwethouder", "rights_handler", False),
    ("wijkwethouder", "specialist", False),
    ("wijkwethouder", "treasurer", True),
    ("wijkwethouder", "wijkwerker", False),
]
VALUES = ", ".join(f"('{one}', '{other}', {str(same_unit).lower()})" for one, other, same_unit in APART)
TABLE = [
    "CREATE TABLE people_rolesapart (role varchar(20) NOT NULL, other varchar(20) NOT NULL, same_unit boolean NOT NULL,"
    " PRIMARY KEY (role, other))",
    f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON people_rolesapart FROM {APP}",
    f"INSERT INTO people_rolesapart (role, other, same_unit) VALUES {VALUES}",  # noqa: S608
]
# The lock on the person makes two appointments at the same moment see each other.
TOGETHER = """
CREATE FUNCTION refuse_roles_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM people_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM people_appointment a JOIN people_rolesapart r ON r.role = NEW.role AND r.other = a.role
    WHERE a.user_id = NEW.user_id AND a.id <> NEW.id AND (a.unit_id = NEW.unit_id OR NOT r.same_unit)
      AND daterange(a.since, a.until, '[]') && daterange(NEW.since, NEW.until, '[]')
  ) THEN
    RAISE EXCEPTION 'nobody has these roles together' USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_apart';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER roles_stay_apart BEFORE INSERT OR UPDATE OF user_id, unit_id, role, since, until ON people_appointment
  FOR EACH ROW EXECUTE FUNCTION refuse_roles_together();
"""
# Only of what a person does in the application: moving the cases of a contract appoints as the owner (decision 0023).
ALONE = """
CREATE FUNCTION refuse_appointing_alone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'luisterloket_app' OR acting_user() IS NULL THEN
    RETURN NEW;
  END IF;
  IF NEW.user_id = acting_user() THEN
    RAISE EXCEPTION 'nobody appoints themself' USING ERRCODE = 'check_violation', CONSTRAINT = 'not_oneself';
  END IF;
  IF NEW.role IN ('account_admin', 'auditor', 'convenant_admin', 'privacy_officer', 'rights_handler') AND NOT EXISTS (
    SELECT FROM people_proposal p WHERE p.id = NEW.proposal_id AND p.status = 'agreed' AND p.user_id = NEW.user_id
      AND p.unit_id = NEW.unit_id AND p.role = NEW.role AND p.since <= NEW.since
  ) THEN
    RAISE EXCEPTION 'nobody gives this role alone' USING ERRCODE = 'check_violation', CONSTRAINT = 'needs_two';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_appoints_alone BEFORE INSERT OR UPDATE OF user_id, unit_id, role, since ON people_appointment
  FOR EACH ROW EXECUTE FUNCTION refuse_appointing_alone();
"""
# Who supervises reads what was done to accounts, appointments and units, whoever did it.
LABELS = (
    "'people.user', 'people.appointment', 'people.proposal', 'people.unit', 'people.organisation', 'people.accessreview'"
)
SUPERVISED = [
    f"CREATE POLICY supervised ON platform_historyentry FOR SELECT TO {APP}"
    f" USING (acting_reads_log() AND thing_label IN ({LABELS}))",
    f"CREATE INDEX history_of_accounts ON platform_historyentry (at DESC, id DESC) WHERE thing_label IN ({LABELS})",
]


class Migration(migrations.Migration):
    dependencies = [("people", "0010_accounts"), ("platform", "0003_walls")]

    operations = [
        RunSQL(TABLE, "DROP TABLE people_rolesapart"),
        # Whatever function writes an appointment, as whichever role, is held to it.
        RunSQL(
            "GRANT SELECT ON people_rolesapart TO luisterloket_app, luisterloket_jobs",
            "REVOKE ALL ON people_rolesapart FROM luisterloket_jobs",
        ),
        RunSQL(TOGETHER, "DROP TRIGGER roles_stay_apart ON people_appointment; DROP FUNCTION refuse_roles_together()"),
        RunSQL(ALONE, "DROP TRIGGER nobody_appoints_alone ON people_appointment; DROP FUNCTION refuse_appointing_alone()"),
        RunSQL(SUPERVISED, ["DROP INDEX history_of_accounts", "DROP POLICY supervised ON platform_historyentry"]),
        *append_only("people_reviewdecision"),
        # A proposal is answered once and never rewritten.
        *only_added_by_app("people_proposal"),
        RunSQL(
            f"GRANT UPDATE (status, answered_by_id, answered_at) ON people_proposal TO {APP}",
            f"REVOKE UPDATE ON people_proposal FROM {APP}",
        ),
        *grant_jobs("people_proposal", "SELECT"),
        *grant_jobs("people_accessreview", "SELECT, INSERT, UPDATE (reminded_at, flagged_at, closed_at)"),
        *grant_jobs("people_reviewdecision", "SELECT"),
    ]
