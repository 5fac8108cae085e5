"""Both logs are only ever added to; jobs seal and watch and change nothing; an old segment goes whole, by the owner."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, READS_LOG, append_only, grant_jobs, protect

ENTRY = "EXISTS (SELECT FROM convenant_logmember m JOIN convenant_droppedsegment d USING (segment_id) WHERE m.entry_id = OLD.id)"
MEMBER = "EXISTS (SELECT FROM convenant_droppedsegment d WHERE d.segment_id = OLD.segment_id)"
# As `refuse_change`, but for what is in a segment that the owner dropped: the row that says so is there first, and stays.
REFUSE = """
CREATE FUNCTION refuse_change_but_dropped_{name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF {dropped} THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = "CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"


def droppable(table: str, name: str) -> RunSQL:
    """In place of the trigger of `append_only`: the rows of a dropped segment may go."""
    return RunSQL(
        [
            f"DROP TRIGGER never_changes ON {table}",
            TRIGGER.format(table=table, function=f"refuse_change_but_dropped_{name}"),
        ],
        [f"DROP TRIGGER never_changes ON {table}", TRIGGER.format(table=table, function="refuse_change")],
    )


class Migration(migrations.Migration):
    dependencies = [("convenant", "0015_access_log"), ("platform", "0003_walls")]

    operations = [
        RunSQL(
            REFUSE.format(name="entry", dropped=ENTRY) + REFUSE.format(name="member", dropped=MEMBER),
            "DROP FUNCTION refuse_change_but_dropped_entry(); DROP FUNCTION refuse_change_but_dropped_member()",
        ),
        # Everybody who shows something adds a line; only who supervises reads them.
        *protect(
            "convenant_processinglogentry", rows=READS_LOG, new_rows=f"{ACTOR} IS NOT NULL", jobs="SELECT"
        ),
        *append_only("convenant_processinglogentry"),
        *grant_jobs("convenant_accesslogentry", "SELECT"),
        *protect("convenant_logsegment", rows=READS_LOG, new_rows="false", jobs="SELECT, INSERT"),
        *append_only("convenant_logsegment"),
        *protect("convenant_logmember", rows=READS_LOG, new_rows="false", jobs="SELECT, INSERT"),
        *append_only("convenant_logmember"),
        *protect("convenant_droppedsegment", rows=READS_LOG, new_rows="false", jobs="SELECT"),
        *append_only("convenant_droppedsegment"),
        *(
            RunSQL(f"REVOKE INSERT ON {table} FROM {APP}", f"GRANT INSERT ON {table} TO {APP}")
            for table in ("convenant_logsegment", "convenant_logmember", "convenant_droppedsegment")
        ),
        droppable("convenant_accesslogentry", "entry"),
        droppable("convenant_processinglogentry", "entry"),
        droppable("convenant_logmember", "member"),
        # What is out of the ordinary: raised by jobs, answered by who supervises, and never taken away.
        *protect(
            "convenant_unusuallook",
            rows=READS_LOG,
            jobs="SELECT (id, kind, status, actor_id, thing, first_at, last_at, count, subject, raised_at), INSERT",
        ),
        *protect("convenant_watchedhome", rows=READS_LOG, jobs="SELECT (user_id, key)"),
        *protect("convenant_logwatch", rows="false", jobs="SELECT, INSERT, UPDATE"),
        RunSQL(
            [
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON convenant_unusuallook FROM {APP}",
                f"GRANT UPDATE (status, answered_by_id, answered_at, reason) ON convenant_unusuallook TO {APP}",
                f"REVOKE ALL ON convenant_logwatch FROM {APP}",
            ],
            [
                f"REVOKE UPDATE ON convenant_unusuallook FROM {APP}",
                f"GRANT INSERT, UPDATE, DELETE ON convenant_unusuallook TO {APP}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON convenant_logwatch TO {APP}",
            ],
        ),
    ]
