"""What was asked about a case that is kept for named people is there for them and for the desk that was asked."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_DESK, narrow


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0004_walls"), ("casework", "0014_protection_walls")]

    operations = [
        operation
        for table in ("specialistrequest", "requestitem", "message", "stall")
        for operation in narrow(f"backoffice_{table}", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK}")
    ]
