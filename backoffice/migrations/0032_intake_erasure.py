"""What was answered to a desk's own questions is erased with the request that it went along with."""

from django.db import migrations

from casework.erasure_rules import as_operation


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0031_desk_walls"), ("casework", "0077_emergencies_sealed_anew")]

    operations = [as_operation()]
