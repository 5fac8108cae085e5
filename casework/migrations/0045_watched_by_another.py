"""What was left open at the end of a case is watched by another: only who it is changes, and nothing of what it says."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP


class Migration(migrations.Migration):
    dependencies = [("casework", "0044_documents_walls")]

    operations = [
        RunSQL(
            f"GRANT UPDATE (who_id) ON casework_looseenddecision TO {APP}",
            f"REVOKE UPDATE (who_id) ON casework_looseenddecision FROM {APP}",
        ),
    ]
