"""A register entry is signed once and ended once: the application cannot rewrite or remove it."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP

TABLE = "convenant_identitynumberuse"


class Migration(migrations.Migration):
    dependencies = [("convenant", "0004_identity_numbers"), ("platform", "0003_walls")]

    operations = [
        RunSQL(
            [
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLE} FROM {APP}",
                f"GRANT UPDATE (switched_off_at, switched_off_by_id, reason_off, erased) ON {TABLE} TO {APP}",
                # What was ended stays ended, with the count of what went.
                f"CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF OLD.erased IS NOT NULL OR (OLD.switched_off_at IS NOT NULL AND NEW.switched_off_at IS DISTINCT FROM OLD.switched_off_at)"
                f" THEN RAISE EXCEPTION '% was ended', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
                f"CREATE TRIGGER stays_ended BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION refuse_reopening()",
            ],
            [
                f"DROP TRIGGER stays_ended ON {TABLE}",
                "DROP FUNCTION refuse_reopening()",
                f"REVOKE UPDATE ON {TABLE} FROM {APP}",
                f"GRANT UPDATE, DELETE ON {TABLE} TO {APP}",
            ],
        ),
    ]
