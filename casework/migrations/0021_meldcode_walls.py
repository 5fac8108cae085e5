"""The steps of the meldcode pass the wall with their unit and their case, and never when the case is kept for others."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_meldcode")]

    operations = [
        operation
        for thing in ("meldcodetrack", "meldcodestep")
        for operation in [
            *protect(f"casework_{thing}", rows=MINE),
            *narrow(f"casework_{thing}", rows=CASE_IS_OPEN),
            *protect(f"casework_historical{thing}", rows=MINE),
            *narrow(f"casework_historical{thing}", rows=CASE_IS_OPEN),
            *only_added_by_app(f"casework_historical{thing}"),
        ]
    ]
