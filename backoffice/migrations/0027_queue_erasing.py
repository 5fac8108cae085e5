"""Notes and second opinions of a desk are erased with the request they are about; and who took up what is kept by name."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from casework.erasure_rules import as_operation


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0026_queue_walls"), ("casework", "0077_emergencies_sealed_anew")]

    operations = [
        as_operation(),
        # Until now nobody could have it in hand but who took it up.
        RunSQL(
            "UPDATE backoffice_specialistrequest SET taken_up_by_id = assigned_to_id WHERE taken_up_at IS NOT NULL",
            RunSQL.noop,
        ),
    ]
