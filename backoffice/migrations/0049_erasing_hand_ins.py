"""The rules for erasing know what was handed in, and pauses of collection."""

from django.db import migrations

from casework.erasure_rules import as_operation


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0048_pauses_walls"), ("casework", "0080_reporter_role")]

    operations = [as_operation()]
