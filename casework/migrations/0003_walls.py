"""Resident data pass the wall for the units that own them and for who is involved in the case."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, OF_MY_CASE, OF_MY_UNIT, grant_jobs, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
MY_CASE = f"{OF_MY_UNIT} OR id = ANY (acting_cases())"
MY_RESIDENT = f"{OF_MY_UNIT} OR EXISTS (SELECT FROM casework_casemember m WHERE m.resident_id = {{}} AND m.case_id = ANY (acting_cases()))"


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_initial"), ("people", "0002_walls"), ("convenant", "0003_walls")]

    operations = [
        *protect("casework_case", rows=MY_CASE),
        *grant_jobs("casework_case", "SELECT (id, unit_id, owner_id)"),
        *protect("casework_historicalcase", rows=MY_CASE),
        *protect("casework_resident", rows=MY_RESIDENT.format("casework_resident.id")),
        *protect("casework_historicalresident", rows=MY_RESIDENT.format("casework_historicalresident.id")),
        # No keys of other wijken, whatever one is involved in: a search stays in one's own wijk.
        *protect("casework_searchkey", rows=OF_MY_UNIT),
        *protect("casework_casemember", rows=MINE),
        *protect("casework_involvement", rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR user_id = {ACTOR}"),
        *protect("casework_intake", rows=MINE),
        *grant_jobs("casework_intake", "SELECT (id, unit_id, status)"),
        *protect("casework_concern", rows=MINE),
        *protect("casework_historicalconcern", rows=MINE),
        *protect("casework_strength", rows=MINE),
        *protect("casework_historicalstrength", rows=MINE),
        *protect("casework_supportperson", rows=MINE),
        # Whoever may see a case may see who looked into it, of whatever unit those are.
        RunSQL(
            "CREATE POLICY looks_into_cases_i_see ON convenant_accesslogentry FOR SELECT TO luisterloket_app"
            " USING (EXISTS (SELECT FROM casework_case c WHERE c.id = case_id))",
            "DROP POLICY looks_into_cases_i_see ON convenant_accesslogentry",
        ),
        # Whoever acts on a case, also from behind the wall, brings it on top of the list; it tells them nothing of the case.
        RunSQL(
            "CREATE FUNCTION touch_case(p_case uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public"
            " AS $$ UPDATE casework_case SET last_activity_at = clock_timestamp() WHERE id = p_case $$;"
            " REVOKE EXECUTE ON FUNCTION touch_case(uuid) FROM PUBLIC;"
            " GRANT EXECUTE ON FUNCTION touch_case(uuid) TO luisterloket_app",
            "DROP FUNCTION touch_case(uuid)",
        ),
        # Erasing a resident is done by the owner's command; the application itself never rewrites the past.
        *only_added_by_app("casework_historicalcase"),
        *only_added_by_app("casework_historicalresident"),
        *only_added_by_app("casework_historicalconcern"),
        *only_added_by_app("casework_historicalstrength"),
    ]
