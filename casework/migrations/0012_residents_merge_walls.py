"""Merges pass the wall like the residents they are about, and are never removed: undoing one is noted on it."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, OF_MY_CASE, OF_MY_UNIT, protect


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_residents_merge")]

    operations = [
        *protect("casework_residentmerge", rows=f"{OF_MY_UNIT} OR {OF_MY_CASE}"),
        RunSQL(
            f"REVOKE DELETE, TRUNCATE ON casework_residentmerge FROM {APP}",
            f"GRANT DELETE ON casework_residentmerge TO {APP}",
        ),
    ]
