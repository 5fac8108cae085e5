"""A handover passes the wall with its case, and for who receives it; what is written in it only with the case.

Jobs list and remind: they see who, which unit and until when, and no word that was written.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, grant_jobs, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
COMING = f"{MINE} OR to_user_id = {ACTOR} OR to_unit_id = ANY (acting_units())"
WITH_THE_CASE = ["handovercheck", "handovernote", "historicalhandovernote"]
LISTS = "id, case_id, unit_id, from_unit_id, to_unit_id, from_user_id, to_user_id, status, part_of_id, due_on"


class Migration(migrations.Migration):
    dependencies = [("casework", "0040_handovers")]

    operations = [
        *protect("casework_handover", rows=COMING, jobs=f"SELECT ({LISTS}), INSERT"),
        *narrow("casework_handover", rows=CASE_IS_OPEN),
        *protect("casework_historicalhandover", rows=COMING),
        *narrow("casework_historicalhandover", rows=CASE_IS_OPEN),
        *[operation for table in WITH_THE_CASE for operation in protect(f"casework_{table}", rows=MINE)],
        *[operation for table in WITH_THE_CASE for operation in narrow(f"casework_{table}", rows=CASE_IS_OPEN)],
        *only_added_by_app("casework_historicalhandover"),
        *only_added_by_app("casework_historicalhandovernote"),
        *grant_jobs("casework_contractending", "SELECT, UPDATE (status)"),
        *grant_jobs("casework_endingunit", "SELECT"),
        *grant_jobs("casework_handoverreminder", "SELECT, INSERT"),
        *grant_jobs("people_organisation", "SELECT"),
        # Who noted a short contact reads it, until it is of a case that they cannot reach any more.
        RunSQL(
            f"CREATE POLICY linked_goes_with_the_case ON casework_shortcontact AS RESTRICTIVE TO {APP}"
            f" USING (case_id IS NULL OR {MINE})",
            "DROP POLICY linked_goes_with_the_case ON casework_shortcontact",
        ),
    ]
