"""Short contacts pass the wall for who noted them, and with their case; contact moments and money with the case."""

from django.db import migrations

from luisterloket.platform.walls import ACTOR, OF_MY_CASE, OF_MY_UNIT, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
# Not even the team reads along with a short contact that is of no case.
NOTED_BY_ME = f"noted_by_id = {ACTOR} OR (case_id IS NOT NULL AND ({MINE}))"


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_contacts_and_money")]

    operations = [
        *protect("casework_shortcontact", rows=NOTED_BY_ME),
        *(
            operation
            for kind in ("contactmoment", "incomeline", "costline", "debt")
            for operation in [
                *protect(f"casework_{kind}", rows=MINE),
                *protect(f"casework_historical{kind}", rows=MINE),
                *only_added_by_app(f"casework_historical{kind}"),
            ]
        ),
    ]
