"""Appointments pass the wall with their case, and their past with them."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"


class Migration(migrations.Migration):
    dependencies = [("casework", "0027_meetings")]

    operations = [
        *protect("casework_meeting", rows=MINE),
        *narrow("casework_meeting", rows=CASE_IS_OPEN),
        *protect("casework_historicalmeeting", rows=MINE),
        *narrow("casework_historicalmeeting", rows=CASE_IS_OPEN),
        *only_added_by_app("casework_historicalmeeting"),
    ]
