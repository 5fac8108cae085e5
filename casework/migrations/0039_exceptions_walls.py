"""An exception passes the wall with its case, and its past with it; jobs learn that one was asked, and nothing of what."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, grant_jobs, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
TABLES = ["casework_ruleexception", "casework_historicalruleexception"]


class Migration(migrations.Migration):
    dependencies = [("casework", "0038_exceptions")]

    operations = [
        *[operation for table in TABLES for operation in protect(table, rows=MINE)],
        *[operation for table in TABLES for operation in narrow(table, rows=CASE_IS_OPEN)],
        *only_added_by_app("casework_historicalruleexception"),
        *grant_jobs("casework_ruleexception", "SELECT (id, unit_id, case_id, asked_by_id, status)"),
    ]
