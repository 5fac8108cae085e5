"""The household over time and the representatives pass the wall as the case does; a case that is kept for named people is not
there for anyone else, in whatever table (capability C35).
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import (
    ACTOR,
    CASE_IS_OPEN,
    OF_MY_CASE,
    OF_MY_DESK,
    OF_MY_UNIT,
    OPEN_CASE,
    READS_LOG,
    narrow,
    only_added_by_app,
    protect,
)

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"
NEW = ["parentaltie", "representative"]
NEW_HISTORY = ["historicalcasemember", "historicalparentaltie", "historicalrepresentative"]
OF_A_CASE = [
    "casemember",
    "involvement",
    "intake",
    "concern",
    "historicalconcern",
    "strength",
    "historicalstrength",
    "supportperson",
    "caseguard",
    "protection",
    *NEW,
    *NEW_HISTORY,
]
OPEN_RESIDENT = "({column} <> ALL ((SELECT closed_residents(acting_user()))::uuid[])) IS NOT FALSE"

# They run as the owner: who is kept out must not be able to read the rows by which they are kept out.
CLOSED = """
CREATE FUNCTION closed_cases(p_user uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM casework_caseguard g
        WHERE (g.kind = 'excluded' AND g.user_id = p_user)
           OR (g.kind = 'named' AND NOT EXISTS (
                 SELECT FROM casework_caseguard mine
                 WHERE mine.case_id = g.case_id AND mine.user_id = p_user AND mine.kind = 'named')) $$;
CREATE FUNCTION closed_residents(p_user uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT coalesce(array_agg(m.resident_id), '{}') FROM casework_casemember m WHERE m.case_id = ANY (closed_cases(p_user)) $$;
GRANT EXECUTE ON FUNCTION closed_cases(uuid), closed_residents(uuid) TO luisterloket_app;
"""

# Whoever becomes the owner is named as well, by whatever way they became it.
OWNER_IS_NAMED = """
CREATE FUNCTION name_the_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM casework_caseguard WHERE case_id = NEW.id AND kind = 'named') THEN
    INSERT INTO casework_caseguard (id, unit_id, case_id, user_id, kind, reason, since)
    VALUES (gen_random_uuid(), NEW.unit_id, NEW.id, NEW.owner_id, 'named', '', now())
    ON CONFLICT (case_id, user_id) DO UPDATE SET kind = 'named', reason = '';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER owner_is_named AFTER UPDATE OF owner_id ON casework_case FOR EACH ROW EXECUTE FUNCTION name_the_owner();
"""

# When nobody who was named works in a wijk any more, a colleague of the unit learns that such a case is there, and may enter it.
# `enter_guarded` puts only who acts at the door, and only then.
LEFT_ALONE = """
CREATE FUNCTION guarded_without_people() RETURNS TABLE (case_id uuid, unit_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT g.case_id, g.unit_id FROM casework_caseguard g
        WHERE g.kind = 'named' AND g.unit_id = ANY (acting_units())
          AND NOT EXISTS (
            SELECT FROM casework_caseguard named
            JOIN people_user u ON u.id = named.user_id AND u.is_active
            JOIN people_appointment a ON a.user_id = u.id AND a.role IN ('wijkwerker', 'coordinator')
              AND a.since <= current_date AND (a.until IS NULL OR a.until >= current_date)
            WHERE named.case_id = g.case_id AND named.kind = 'named')
          AND NOT EXISTS (
            SELECT FROM casework_caseguard kept
            WHERE kept.case_id = g.case_id AND kept.kind = 'excluded' AND kept.user_id = acting_user()) $$;
CREATE FUNCTION enter_guarded(p_case uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('enter guarded ' || p_case, 0));
  IF NOT EXISTS (SELECT FROM guarded_without_people() alone WHERE alone.case_id = p_case) THEN
    RETURN false;
  END IF;
  INSERT INTO casework_caseguard (id, unit_id, case_id, user_id, kind, reason, since)
  SELECT gen_random_uuid(), c.unit_id, c.id, acting_user(), 'named', '', now() FROM casework_case c WHERE c.id = p_case
  ON CONFLICT (case_id, user_id) DO NOTHING;
  RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION guarded_without_people(), enter_guarded(uuid) TO luisterloket_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_protection"), ("platform", "0003_walls"), ("convenant", "0003_walls")]

    operations = [
        RunSQL(CLOSED, "DROP FUNCTION closed_residents(uuid); DROP FUNCTION closed_cases(uuid)"),
        RunSQL(OWNER_IS_NAMED, "DROP TRIGGER owner_is_named ON casework_case; DROP FUNCTION name_the_owner()"),
        RunSQL(LEFT_ALONE, "DROP FUNCTION enter_guarded(uuid); DROP FUNCTION guarded_without_people()"),
        *[operation for table in [*NEW, *NEW_HISTORY, "caseguard", "protection"] for operation in protect(f"casework_{table}", rows=MINE)],
        *[operation for table in NEW_HISTORY for operation in only_added_by_app(f"casework_{table}")],
        *[operation for table in OF_A_CASE for operation in narrow(f"casework_{table}", rows=CASE_IS_OPEN)],
        *narrow("casework_case", rows=OPEN_CASE.format(column="id")),
        *narrow("casework_historicalcase", rows=OPEN_CASE.format(column="id")),
        *narrow("casework_resident", rows=OPEN_RESIDENT.format(column="id")),
        *narrow("casework_historicalresident", rows=OPEN_RESIDENT.format(column="id")),
        *narrow("casework_searchkey", rows=OPEN_RESIDENT.format(column="resident_id")),
        # What a desk did and what one did oneself stays readable; who decides on money has no files, and reads the acts on grants.
        *narrow(
            "platform_historyentry",
            rows=f"{CASE_IS_OPEN} OR actor_id = {ACTOR} OR {OF_MY_DESK} OR ({OF_MY_UNIT}) IS NOT TRUE",
            reading_only=True,
        ),
        *narrow("convenant_accesslogentry", rows=f"{CASE_IS_OPEN} OR actor_id = {ACTOR} OR {READS_LOG}", reading_only=True),
    ]
