"""Two roles besides the owner, what they may do by default, and how the database knows who acts (decision 0004)."""

from django.db import migrations

ROLES = """
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['luisterloket_app', 'luisterloket_jobs'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted);
      EXCEPTION
        -- Roles belong to the whole server: another database may be making them at this very moment.
        WHEN duplicate_object OR unique_violation THEN NULL;
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'This log-in may not create the role %. Let a database administrator run: CREATE ROLE % NOLOGIN; GRANT % TO %;',
            wanted, wanted, wanted, current_user;
      END;
    END IF;
    IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', wanted, current_user);
    END IF;
  END LOOP;
END $$
"""

DEFAULTS = [
    "GRANT USAGE ON SCHEMA public TO luisterloket_app, luisterloket_jobs",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO luisterloket_app",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO luisterloket_app",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO luisterloket_app",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO luisterloket_app",
    # Only what is granted by name may be run.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    "REVOKE ALL ON django_migrations FROM luisterloket_app",
    "GRANT SELECT ON django_migrations, django_content_type TO luisterloket_app, luisterloket_jobs",
]

# A setting that was never made is NULL, one of an ended transaction is ''; both mean nobody.
WHO_ACTS = """
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('luisterloket.actor', true), '')::uuid $$;
CREATE FUNCTION acting_units() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('luisterloket.units', true), '')::uuid[] $$;
CREATE FUNCTION acting_money_units() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('luisterloket.money_units', true), '')::uuid[] $$;
CREATE FUNCTION acting_cases() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('luisterloket.cases', true), '')::uuid[] $$;
CREATE FUNCTION acting_reads_log() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('luisterloket.reads_log', true), '') = 'on' $$;
GRANT EXECUTE ON FUNCTION acting_user(), acting_units(), acting_money_units(), acting_cases(), acting_reads_log()
  TO luisterloket_app, luisterloket_jobs;
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
"""
WHO_ACTS_REVERSE = """
DROP FUNCTION refuse_change();
DROP FUNCTION acting_user(); DROP FUNCTION acting_units(); DROP FUNCTION acting_money_units(); DROP FUNCTION acting_cases();
DROP FUNCTION acting_reads_log();
"""

CACHE = """
CREATE TABLE platform_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX platform_cache_expires ON platform_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        # Roles stay when this is undone: other databases of this server may use them.
        migrations.RunSQL(ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(DEFAULTS, migrations.RunSQL.noop),
        migrations.RunSQL(WHO_ACTS, WHO_ACTS_REVERSE),
        migrations.RunSQL(CACHE, "DROP TABLE platform_cache"),
    ]
