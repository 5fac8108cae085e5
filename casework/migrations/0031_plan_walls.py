"""The plan passes the wall with its case, and its past with it.."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
TABLES = ("goal", "planstep", "review", "reading")


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_plan")]

    operations = [
        operation
        for name in TABLES
        for operation in (
            *protect(f"casework_{name}", rows=MINE),
            *narrow(f"casework_{name}", rows=CASE_IS_OPEN),
            *protect(f"casework_historical{name}", rows=MINE),
            *narrow(f"casework_historical{name}", rows=CASE_IS_OPEN),
            *only_added_by_app(f"casework_historical{name}"),
        )
    ]
