"""Terms only grow, a pause passes the same walls as its request, and the hours of before are gone."""

from django.db import migrations

from casework.erasure_rules import as_operation
from luisterloket.platform.walls import APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_DESK, OF_MY_UNIT, append_only, narrow, protect

ROWS = f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {OF_MY_DESK}"


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0021_terms_from_before")]

    operations = [
        migrations.RemoveField("desk", "opens"),
        migrations.RemoveField("desk", "closes"),
        *append_only("backoffice_term"),
        *protect("backoffice_pause", rows=ROWS),
        *narrow("backoffice_pause", rows=f"{CASE_IS_OPEN} OR {OF_MY_DESK}"),
        migrations.RunSQL(f"REVOKE DELETE ON backoffice_pause FROM {APP}", f"GRANT DELETE ON backoffice_pause TO {APP}"),
        as_operation(),
    ]
