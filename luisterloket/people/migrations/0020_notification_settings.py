"""How someone wants to hear of what happens."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0015_machines")]

    operations = [
        migrations.CreateModel(
            name="NotificationSettings",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("choices", models.JSONField(default=dict)),
                ("is_quiet", models.BooleanField()),
                ("quiet_from", models.TimeField()),
                ("quiet_until", models.TimeField()),
                ("days_off", models.BooleanField()),
                ("urgent_passes", models.BooleanField()),
                ("language", models.CharField(choices=[("nl", "Dutch"), ("en", "English")], max_length=5)),
            ],
        ),
    ]
