"""The access log is read by the one who looked and by those who supervise, and never changes."""

from django.db import migrations

from luisterloket.platform.walls import ACTOR, OF_MY_CASE, OF_MY_UNIT, READS_LOG, append_only, protect


class Migration(migrations.Migration):
    dependencies = [("convenant", "0002_initial")]

    operations = [
        *protect(
            "convenant_accesslogentry",
            rows=f"actor_id = {ACTOR} OR {READS_LOG} OR {OF_MY_UNIT} OR {OF_MY_CASE}",
            new_rows=f"actor_id = {ACTOR}",
        ),
        *append_only("convenant_accesslogentry"),
    ]
