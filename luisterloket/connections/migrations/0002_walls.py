"""What jobs may know of connections: where to send what, never a token. And who supervises reads what was done to them."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, grant_jobs

OF_ACCESS = (
    "'people.user', 'people.appointment', 'people.proposal', 'people.unit', 'people.organisation', 'people.accessreview'"
)
INDEX = "CREATE INDEX history_of_accounts ON platform_historyentry (at DESC, id DESC) WHERE thing_label IN ({})"
SUPERVISED = [
    f"CREATE POLICY supervised_connections ON platform_historyentry FOR SELECT TO {APP}"
    " USING (acting_reads_log() AND thing_label = 'connections.connection')",
    # The list of what was done to access holds these as well, so the index of before would not be used for it.
    "DROP INDEX history_of_accounts",
    INDEX.format(f"{OF_ACCESS}, 'connections.connection'"),
]
BACK = ["DROP POLICY supervised_connections ON platform_historyentry", "DROP INDEX history_of_accounts", INDEX.format(OF_ACCESS)]


class Migration(migrations.Migration):
    dependencies = [("connections", "0001_initial"), ("people", "0015_machines"), ("platform", "0003_walls")]

    operations = [
        *grant_jobs("connections_connection", "SELECT (id, unit_id, ended_at)"),
        *grant_jobs("connections_webhook", "SELECT, UPDATE (delivered_at, failing_since, switched_off_at, switched_off_why)"),
        *grant_jobs(
            "connections_delivery",
            "SELECT, INSERT, DELETE, UPDATE (next_at, attempts, last_status, delivered_at, given_up_at)",
        ),
        RunSQL(SUPERVISED, BACK),
    ]
