"""The database's own walls, as migration operations: who may touch a table, which rows, and what never changes.

`protect` puts row-level security on a table with resident data; `append_only` keeps what was written.
"""

from django.db.migrations.operations import RunSQL

APP = "luisterloket_app"
JOBS = "luisterloket_jobs"

# What the policies compare with; each reads what the transaction said of who acts (platform.acting).
ACTOR = "acting_user()"
OF_MY_UNIT = "unit_id = ANY (acting_units())"
OF_MY_CASE = "case_id = ANY (acting_cases())"
OF_MY_DESK = "desk_unit_id = ANY (acting_units())"
OF_MY_MONEY = "unit_id = ANY (acting_money_units())"
READS_LOG = "acting_reads_log()"
# Not of a case that is kept for others (casework.models.safety). Worked out once for a statement; a row without a case passes.
OPEN_CASE = "({column} <> ALL ((SELECT closed_cases(acting_user()))::uuid[])) IS NOT FALSE"
CASE_IS_OPEN = OPEN_CASE.format(column="case_id")


def protect(table: str, *, rows: str, new_rows: str | None = None, jobs: str | None = None) -> list[RunSQL]:
    """Let the application see only `rows` and add only `new_rows` (by default the same).

    `jobs` lists the privileges of background jobs, with columns, such as `SELECT (id, unit_id)`; without it they have none.
    """
    return [
        RunSQL(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY rows_of_who_acts ON {table} TO {APP} USING ({rows}) WITH CHECK ({new_rows or rows})",
            ],
            [f"DROP POLICY rows_of_who_acts ON {table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"],
        ),
        *(grant_jobs(table, jobs) if jobs else []),
    ]


def narrow(table: str, *, rows: str, reading_only: bool = False) -> list[RunSQL]:
    """Hold the application to `rows` on top of what `protect` lets through: both must agree.

    `reading_only` still lets a row be added that the one who adds it may not read back, such as a line in the history.
    """
    what = "FOR SELECT " if reading_only else ""
    return [
        RunSQL(
            f"CREATE POLICY narrowed ON {table} AS RESTRICTIVE {what}TO {APP} USING ({rows})",
            f"DROP POLICY narrowed ON {table}",
        )
    ]


def grant_jobs(table: str, privileges: str) -> list[RunSQL]:
    """Give background jobs these privileges on all rows of a table. Never on a column with narrative."""
    return [
        RunSQL(f"GRANT {privileges} ON {table} TO {JOBS}", f"REVOKE ALL ON {table} FROM {JOBS}"),
        RunSQL(
            # The table is named by our own migration, never by a user.
            f"DO $$ BEGIN IF (SELECT relrowsecurity FROM pg_class WHERE oid = '{table}'::regclass) THEN"  # noqa: S608
            f" CREATE POLICY all_rows_of_jobs ON {table} TO {JOBS} USING (true) WITH CHECK (true); END IF; END $$",
            f"DROP POLICY IF EXISTS all_rows_of_jobs ON {table}",
        ),
    ]


def append_only(table: str) -> list[RunSQL]:
    """Rows can be added and read; changing, removing and emptying is refused to everyone, the owner included."""
    return [
        RunSQL(
            [
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}",
                f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
                f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            ],
            [f"DROP TRIGGER never_emptied ON {table}", f"DROP TRIGGER never_changes ON {table}"],
        )
    ]


def only_added_by_app(table: str) -> list[RunSQL]:
    """The application adds rows and never changes or removes them; the owner's upkeep, such as erasure, still can."""
    return [RunSQL(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}", f"GRANT UPDATE, DELETE ON {table} TO {APP}")]
