"""A pause of collection passes the wall for its case and for the desk that was asked; jobs see days and ids."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_CASE, OF_MY_DESK, OF_MY_UNIT, narrow, protect


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0047_pauses")]

    operations = [
        *protect(
            "backoffice_collectionpause",
            rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {OF_MY_DESK}",
            jobs="SELECT (id, request_id, unit_id, desk_unit_id, case_id, paused_until, ends_flagged_at), UPDATE (ends_flagged_at)",
        ),
        *narrow("backoffice_collectionpause", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK}"),
    ]
