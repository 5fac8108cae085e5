"""An overleg passes the wall with its case for who works there, and by a seat for who comes from elsewhere.

What lies on the table, the agenda, the record and the agreements pass by the seat alone: not by unit, not by owning the case.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, grant_jobs, narrow, only_added_by_app, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
SEATED = "{column} = ANY ((SELECT my_conferences())::uuid[])"
AT_OPEN_TABLE = "conference_id = ANY ((SELECT my_open_conferences())::uuid[])"
ATTENDED = "conference_id = ANY ((SELECT my_attended_conferences())::uuid[])"
SEAT = SEATED.format(column="conference_id")

# They run as the owner: a policy that read the seats through the seats' own policy would go round in circles.
TABLES = """
CREATE FUNCTION my_conferences() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT coalesce(array_agg(p.conference_id), '{}') FROM casework_conferenceparticipant p
        WHERE p.user_id = acting_user() AND p.withdrawn_at IS NULL $$;
CREATE FUNCTION my_open_conferences() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT coalesce(array_agg(c.id), '{}') FROM casework_conferenceparticipant p
        JOIN casework_caseconference c ON c.id = p.conference_id
        WHERE p.user_id = acting_user() AND p.withdrawn_at IS NULL
          AND c.status <> 'called_off' AND (c.open_until IS NULL OR c.open_until > now()) $$;
CREATE FUNCTION my_attended_conferences() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT coalesce(array_agg(p.conference_id), '{}') FROM casework_conferenceparticipant p
        WHERE p.user_id = acting_user() AND p.withdrawn_at IS NULL AND p.came $$;
GRANT EXECUTE ON FUNCTION my_conferences(), my_open_conferences(), my_attended_conferences() TO luisterloket_app;
"""
# A record that is fixed is not written in any more, whatever the code says.
FIXED = """
CREATE FUNCTION refuse_fixed_record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.fixed_at IS NOT NULL OR (OLD.reading_until <= now() AND NEW.text IS DISTINCT FROM OLD.text)
  THEN RAISE EXCEPTION 'this record is fixed' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER record_stays_fixed BEFORE UPDATE ON casework_conferencerecord FOR EACH ROW EXECUTE FUNCTION refuse_fixed_record();
"""
WALLS = {
    "caseconference": f"{MINE} OR {SEATED.format(column='id')}",
    "historicalcaseconference": f"{MINE} OR {SEATED.format(column='id')}",
    "conferenceparticipant": f"{MINE} OR {SEAT}",
    "agendaitem": SEAT,
    "conferenceitem": AT_OPEN_TABLE,
    "conferencerecord": ATTENDED,
    "historicalconferencerecord": ATTENDED,
    "conferenceaddition": ATTENDED,
    "conferenceagreement": f"{ATTENDED} OR owner_user_id = {ACTOR}",
    "historicalconferenceagreement": f"{ATTENDED} OR owner_user_id = {ACTOR}",
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0036_conferences"), ("platform", "0003_walls")]

    operations = [
        RunSQL(TABLES, "DROP FUNCTION my_attended_conferences(), my_open_conferences(), my_conferences()"),
        RunSQL(FIXED, "DROP TRIGGER record_stays_fixed ON casework_conferencerecord; DROP FUNCTION refuse_fixed_record()"),
        *[operation for table, rows in WALLS.items() for operation in protect(f"casework_{table}", rows=rows)],
        *[operation for table in WALLS for operation in narrow(f"casework_{table}", rows=CASE_IS_OPEN)],
        *[operation for table in WALLS if table.startswith("historical") for operation in only_added_by_app(f"casework_{table}")],
        *only_added_by_app("casework_conferenceaddition"),
        # To tell who was invited, and that it is called off or moved: who and when, nothing of what about.
        *grant_jobs("casework_caseconference", "SELECT (id, unit_id, status, starts_at)"),
        *grant_jobs("casework_conferenceparticipant", "SELECT (id, conference_id, unit_id, user_id, withdrawn_at)"),
    ]
