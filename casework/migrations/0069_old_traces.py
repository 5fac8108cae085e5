"""Jobs clear what was typed and never sent, keys of forms and messages that were told: by when it was, and nothing else."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import JOBS, grant_jobs


class Migration(migrations.Migration):
    dependencies = [("casework", "0068_proposing_erasures"), ("platform", "0003_walls")]

    operations = [
        *grant_jobs("platform_draft", "SELECT (saved_at), DELETE"),
        RunSQL(
            f"GRANT DELETE ON platform_command, platform_outboxevent TO {JOBS}",
            f"REVOKE DELETE ON platform_command, platform_outboxevent FROM {JOBS}",
        ),
    ]
