"""What a desk says of a question is read by whoever asked it and by that desk, also when the case is of someone else by now."""

from django.db import migrations

from casework.erasure_rules import as_operation
from luisterloket.platform.walls import ACTOR, CASE_IS_OPEN, OF_MY_DESK, narrow, protect

TO_ME = f"to_id = {ACTOR}"


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0035_loop"), ("casework", "0077_emergencies_sealed_anew")]

    operations = [
        *protect("backoffice_questionreview", rows=f"{TO_ME} OR {OF_MY_DESK}", new_rows=OF_MY_DESK),
        *narrow("backoffice_questionreview", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK}"),
        as_operation(),
    ]
