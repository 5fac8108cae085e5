"""A fixed record keeps its words against the application; the owner's upkeep, such as a new key, may seal them anew."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP

FIXED = """
CREATE OR REPLACE FUNCTION refuse_fixed_record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {unless}(OLD.fixed_at IS NOT NULL OR (OLD.reading_until <= now() AND NEW.text IS DISTINCT FROM OLD.text))
  THEN RAISE EXCEPTION 'this record is fixed' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0073_in_hands")]

    operations = [RunSQL(FIXED.format(unless=f"current_user = '{APP}' AND "), FIXED.format(unless=""))]
