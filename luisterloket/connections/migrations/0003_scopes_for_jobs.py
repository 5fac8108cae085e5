"""Who tells a system what happened must know what the system may read."""

from django.db import migrations

from luisterloket.platform.walls import grant_jobs


class Migration(migrations.Migration):
    dependencies = [("connections", "0002_walls")]

    operations = [*grant_jobs("connections_connection", "SELECT (scopes)")]
