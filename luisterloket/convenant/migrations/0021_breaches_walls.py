"""A breach is read by who supervises and by who reported it; its steps by who supervises. Jobs see clocks only."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, READS_LOG, only_added_by_app, protect

HANDLED = "risk, ap, ap_told_at, residents, residents_told_at, closed_at"


class Migration(migrations.Migration):
    dependencies = [("convenant", "0020_breaches"), ("platform", "0003_walls")]

    operations = [
        *protect(
            "convenant_breach",
            rows=f"{READS_LOG} OR reported_by_id = {ACTOR}",
            new_rows=f"reported_by_id = {ACTOR} OR {READS_LOG}",
            jobs="SELECT (id, unit_id, discovered_at, ap, closed_at, warned), UPDATE (warned)",
        ),
        *only_added_by_app("convenant_breach"),
        RunSQL(
            [
                f"GRANT UPDATE ({HANDLED}) ON convenant_breach TO {APP}",
                f"CREATE POLICY handled ON convenant_breach AS RESTRICTIVE FOR UPDATE TO {APP} USING ({READS_LOG})",
            ],
            ["DROP POLICY handled ON convenant_breach", f"REVOKE UPDATE ON convenant_breach FROM {APP}"],
        ),
        *protect("convenant_breachstep", rows=READS_LOG),
        *only_added_by_app("convenant_breachstep"),
    ]
