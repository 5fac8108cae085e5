"""What is kept from someone at home, and who read a copy, pass the wall with their case; neither is ever removed."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, protect

TABLES = ["casework_withheld", "casework_copycheck"]


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_withholding")]

    operations = [
        operation
        for table in TABLES
        for operation in [
            *protect(table, rows=f"{OF_MY_UNIT} OR {OF_MY_CASE}"),
            *narrow(table, rows=CASE_IS_OPEN),
            RunSQL(f"REVOKE DELETE, TRUNCATE ON {table} FROM {APP}", f"GRANT DELETE ON {table} TO {APP}"),
        ]
    ]
