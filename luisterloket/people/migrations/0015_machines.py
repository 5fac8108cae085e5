"""The system of a partner is an account that signs in on no page; jobs skip it when they tell people something."""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL


class Migration(migrations.Migration):
    dependencies = [("people", "0011_accounts_walls")]

    operations = [
        migrations.AddField(model_name="user", name="is_machine", field=models.BooleanField(default=False)),
        RunSQL(
            "GRANT SELECT (is_machine) ON people_user TO luisterloket_jobs",
            "REVOKE SELECT (is_machine) ON people_user FROM luisterloket_jobs",
        ),
    ]
