"""From here on every ground has its law."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("convenant", "0010_laws")]

    operations = [
        migrations.RemoveField("legalground", "law_text"),
        migrations.AlterField(
            "legalground",
            "law",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="convenant.law"),
        ),
    ]
