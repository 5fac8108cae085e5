"""What is thrown away in a conversation is thrown away in its past too: nobody said it, or it came to nothing.

The application adds to the history and never removes from it, so the database does this, as the owner: only of a conversation in
the wijk of who acts, only before it became a case, and only of marks that are not there any more.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

FORGET = """
CREATE FUNCTION forget_thrown_away(p_intake uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM casework_intake i WHERE i.id = p_intake AND i.case_id IS NULL AND i.unit_id = ANY (acting_units())
                 AND i.status IN ('listening', 'discarded')) THEN
    RAISE EXCEPTION 'of this conversation nothing may be forgotten';
  END IF;
  DELETE FROM casework_historicalconcern h WHERE h.intake_id = p_intake
    AND NOT EXISTS (SELECT FROM casework_concern t WHERE t.id = h.id);
  DELETE FROM casework_historicalstrength h WHERE h.intake_id = p_intake
    AND NOT EXISTS (SELECT FROM casework_strength t WHERE t.id = h.id);
  DELETE FROM casework_historicalsupportperson h WHERE h.intake_id = p_intake
    AND NOT EXISTS (SELECT FROM casework_supportperson t WHERE t.id = h.id);
  DELETE FROM casework_historicalmeldcodetrack h WHERE h.intake_id = p_intake
    AND NOT EXISTS (SELECT FROM casework_meldcodetrack t WHERE t.id = h.id);
END $$;
REVOKE EXECUTE ON FUNCTION forget_thrown_away(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_thrown_away(uuid) TO luisterloket_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0021_meldcode_walls")]

    operations = [RunSQL(FORGET, "DROP FUNCTION forget_thrown_away(uuid)")]
