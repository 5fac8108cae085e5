"""Jobs keep of themselves that they ran. The site reads it, and writes only that someone asked for a run."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, JOBS


class Migration(migrations.Migration):
    dependencies = [("platform", "0010_jobs")]

    operations = [
        RunSQL(
            [
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON platform_jobrun, platform_jobflag TO {JOBS}",
                f"REVOKE UPDATE, DELETE ON platform_jobrun FROM {APP}",
                f"REVOKE INSERT, UPDATE, DELETE ON platform_jobflag FROM {APP}",
            ],
            [
                f"REVOKE ALL ON platform_jobrun, platform_jobflag FROM {JOBS}",
                f"GRANT INSERT, UPDATE, DELETE ON platform_jobrun, platform_jobflag TO {APP}",
            ],
        )
    ]
