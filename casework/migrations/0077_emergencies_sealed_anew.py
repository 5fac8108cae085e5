"""What was asked in an emergency stays as it was asked for whoever works here; the upkeep seals the same words with another key."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP

AS_ASKED = """
CREATE OR REPLACE FUNCTION emergency_as_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.who_id, NEW.role, NEW.who_unit_id, NEW.categories, NEW.since, NEW.until)
     IS DISTINCT FROM (OLD.who_id, OLD.role, OLD.who_unit_id, OLD.categories, OLD.since, OLD.until)
     OR ({words} NEW.reason IS DISTINCT FROM OLD.reason)
     OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id)
     OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
    RAISE EXCEPTION 'an emergency stays as it was asked' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0076_shut_cases")]

    operations = [RunSQL(AS_ASKED.format(words=f"current_user = '{APP}' AND"), AS_ASKED.format(words=""))]
