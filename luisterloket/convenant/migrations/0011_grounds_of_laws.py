"""From here on every ground has its law."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("convenant", "0010_laws")]

    operations = [
        # With a default, so that the way back can fill it again.
        migrations.AlterField("legalground", "law_text", models.CharField(default="", max_length=200)),
        migrations.RemoveField("legalground", "law_text"),
        migrations.AlterField(
            "legalground",
            "law",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="convenant.law"),
        ),
    ]
