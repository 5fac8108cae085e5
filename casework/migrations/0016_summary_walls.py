"""Versions of a summary pass the wall with their case, and never change once agreed; who is around someone gets a past too."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, OF_MY_CASE, OF_MY_UNIT, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
# What was heard before there was a case carries none: whoever is involved in the case later reads its past as well.
HEARD = ["concern", "strength", "supportperson"]
COLUMNS = "id, quote, heard_at, name, relation, can_do, case_id, intake_id, unit_id"


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_summary")]

    operations = [
        *protect("casework_casesummary", rows=MINE),
        # What was agreed stays as it was; the owner's upkeep, such as a new key or erasure, still can.
        RunSQL(
            f"CREATE POLICY agreed_stays ON casework_casesummary AS RESTRICTIVE FOR UPDATE TO {APP}"
            " USING (agreed_at IS NULL) WITH CHECK (true)",
            "DROP POLICY agreed_stays ON casework_casesummary",
        ),
        RunSQL(
            f"REVOKE DELETE, TRUNCATE ON casework_casesummary FROM {APP}", f"GRANT DELETE, TRUNCATE ON casework_casesummary TO {APP}"
        ),
        # The languages are the installation's own: loaded by the owner's command, read by the application.
        RunSQL(
            f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON casework_summarytemplate FROM {APP}",
            f"GRANT INSERT, UPDATE, DELETE ON casework_summarytemplate TO {APP}",
        ),
        *protect("casework_historicalsupportperson", rows=MINE),
        *only_added_by_app("casework_historicalsupportperson"),
        *(
            RunSQL(
                f"CREATE POLICY past_of_my_case ON casework_historical{thing} FOR SELECT TO {APP} USING (EXISTS (SELECT FROM"  # noqa: S608
                f" casework_{thing} t WHERE t.id = casework_historical{thing}.id AND t.case_id = ANY (acting_cases())))",
                f"DROP POLICY past_of_my_case ON casework_historical{thing}",
            )
            for thing in HEARD
        ),
        # Those who were heard of before have a beginning as well. Copies share the key of the text, so it can be copied sealed.
        RunSQL(
            f"INSERT INTO casework_historicalsupportperson ({COLUMNS}, history_date, history_type)"
            f" SELECT {COLUMNS}, heard_at, '+' FROM casework_supportperson",
            RunSQL.noop,
        ),
    ]
