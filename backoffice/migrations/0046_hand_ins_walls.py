"""A hand-in passes the wall for the unit that sent it; its reception passes for the loket and for who is in the case.

Who only hands in opens no file at all: the row passes by the appointment in which it was sent. The loket reads it through its own
row, which the sender never sees, so that a case that is kept for others takes along what was handed in (decision 0042).
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, CASE_IS_OPEN, OF_MY_CASE, OF_MY_UNIT, narrow, protect

DEFINER = "STABLE SECURITY DEFINER SET search_path = public, pg_temp"
TODAY = "(clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date"
# The roles with the permission to hand in, as luisterloket/people/roles.py has them; a test holds that both say the same.
ROLES = "'desk_lead', 'reporter', 'specialist'"
WHO = f"""
-- The units for which someone hands residents in.
CREATE FUNCTION reporting_units(p_user uuid) RETURNS uuid[] LANGUAGE sql {DEFINER} AS $$
  SELECT coalesce(array_agg(DISTINCT a.unit_id), '{{}}') FROM people_appointment a
  JOIN people_user u ON u.id = a.user_id AND u.is_active
  WHERE a.user_id = p_user AND a.role IN ({ROLES}) AND a.since <= {TODAY} AND (a.until IS NULL OR a.until >= {TODAY}) $$;
-- Who sends puts a row down at the loket, and does not read it back.
CREATE FUNCTION handed_in_by_me(p_hand_in uuid) RETURNS boolean LANGUAGE sql {DEFINER} AS $$
  SELECT EXISTS (SELECT FROM backoffice_handin h WHERE h.id = p_hand_in AND h.sent_by_id = {ACTOR} AND h.status = 'sent') $$;
-- How many that were handed in wait at a loket: a number, and nothing else.
CREATE FUNCTION hand_ins_in_hands(at_unit uuid) RETURNS bigint LANGUAGE sql {DEFINER} AS $$
  SELECT count(*) FROM backoffice_handin WHERE unit_id = at_unit AND status = 'sent' $$;
REVOKE EXECUTE ON FUNCTION reporting_units(uuid), handed_in_by_me(uuid), hand_ins_in_hands(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reporting_units(uuid), handed_in_by_me(uuid), hand_ins_in_hands(uuid) TO {APP};
"""
WHO_NOT = "DROP FUNCTION hand_ins_in_hands(uuid); DROP FUNCTION handed_in_by_me(uuid); DROP FUNCTION reporting_units(uuid)"

OF_MY_REPORTS = f"desk_unit_id = ANY ((SELECT reporting_units({ACTOR}))::uuid[])"
# The policies of the reception hold inside: of a case that is kept for others there is none.
RECEIVED = "EXISTS (SELECT FROM backoffice_reception r WHERE r.hand_in_id = backoffice_handin.id)"
AT_MY_LOKET = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
CLOCKS = "id, unit_id, desk_unit_id, sent_by_id, status, due_on, late_flagged_at, answered_at, wiped_at"
WORDS = "reference, name, born, phone, email, address, text, sent_back_words"


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0045_hand_ins"), ("casework", "0080_reporter_role"), ("people", "0026_reporter_apart")]

    operations = [
        RunSQL(WHO, WHO_NOT),
        *protect(
            "backoffice_reception",
            rows=AT_MY_LOKET,
            new_rows=f"{AT_MY_LOKET} OR handed_in_by_me(hand_in_id)",
            jobs="SELECT (id, hand_in_id, unit_id, case_id, owner_id)",
        ),
        *narrow("backoffice_reception", rows=CASE_IS_OPEN),
        *protect(
            "backoffice_handin",
            rows=f"{OF_MY_REPORTS} OR {RECEIVED}",
            jobs=f"SELECT ({CLOCKS}), UPDATE (late_flagged_at, wiped_at, {WORDS})",
        ),
        *(
            RunSQL(f"REVOKE DELETE, TRUNCATE ON backoffice_{table} FROM {APP}", f"GRANT DELETE ON backoffice_{table} TO {APP}")
            for table in ("handin", "reception")
        ),
    ]
