"""The reference of who is protected is a key of its own; protection is of a person; a merge is there for who may open both cases."""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, CASE_IS_OPEN, OPEN_CASE, grant_jobs, narrow

KINDS = [
    ("word", "a word of the name"),
    ("sound", "how a word of the name sounds"),
    ("name", "the whole name"),
    ("born", "the day of birth"),
    ("year", "the year of birth"),
    ("phone", "a telephone number"),
    ("postcode", "the postcode"),
    ("identity", "the whole name and the day of birth"),
    ("bsn", "the identity number"),
    ("ref", "the reference of who is protected"),
]

# Of who is protected there was one key, among the words of names.
REFERENCES = """
UPDATE casework_searchkey k SET kind = 'ref', key = CASE WHEN key ~ '^[0-9]+$' THEN 'a' || substr(key, 2) ELSE key END
  FROM casework_protection p WHERE p.resident_id = k.resident_id AND p.lifted_at IS NULL AND k.kind = 'word'
"""

# Whom a closed case closes: who is protected in it, whom it is about for who is kept out, and everybody else of it who is in
# no case that is open.
CLOSED_RESIDENTS = """
CREATE OR REPLACE FUNCTION closed_residents(p_user uuid) RETURNS uuid[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ WITH closed AS MATERIALIZED (SELECT unnest(closed_cases(p_user)) AS id)
        SELECT coalesce(array_agg(DISTINCT m.resident_id), '{}') FROM casework_casemember m JOIN closed ON closed.id = m.case_id
        WHERE EXISTS (SELECT FROM casework_protection p
                      WHERE p.case_id = m.case_id AND p.resident_id = m.resident_id AND p.lifted_at IS NULL)
           OR (m.part = 'main' AND EXISTS (
                 SELECT FROM casework_caseguard g WHERE g.case_id = m.case_id AND g.kind = 'excluded' AND g.user_id = p_user))
           OR NOT EXISTS (
                 SELECT FROM casework_casemember o
                 WHERE o.resident_id = m.resident_id AND o.case_id NOT IN (SELECT id FROM closed)) $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION closed_residents(p_user uuid) RETURNS uuid[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT coalesce(array_agg(m.resident_id), '{}') FROM casework_casemember m WHERE m.case_id = ANY (closed_cases(p_user)) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0024_identity_numbers_walls"), ("wijken", "0002_questions")]

    operations = [
        migrations.AlterField("searchkey", "kind", models.CharField(choices=KINDS, default="word", max_length=8)),
        RunSQL(REFERENCES, "UPDATE casework_searchkey SET kind = 'word' WHERE kind = 'ref'"),
        RunSQL(CLOSED_RESIDENTS, AS_BEFORE),
        RunSQL(
            "DROP POLICY narrowed ON casework_residentmerge",
            f"CREATE POLICY narrowed ON casework_residentmerge AS RESTRICTIVE TO {APP} USING ({CASE_IS_OPEN})",
        ),
        *narrow("casework_residentmerge", rows=f"{CASE_IS_OPEN} AND {OPEN_CASE.format(column='other_case_id')}"),
        # A job that mails must know who may still open the case.
        *grant_jobs("casework_involvement", "SELECT (case_id, user_id, unit_id, until)"),
        *grant_jobs("wijken_wijk", "SELECT (id)"),
        *grant_jobs("wijken_wayofworking", "SELECT (wijk_id, version, team_is_involved)"),
        RunSQL(
            "GRANT EXECUTE ON FUNCTION closed_cases(uuid) TO luisterloket_jobs",
            "REVOKE EXECUTE ON FUNCTION closed_cases(uuid) FROM luisterloket_jobs",
        ),
    ]
