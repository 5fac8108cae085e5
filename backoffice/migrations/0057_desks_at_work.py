"""A desk learns which other desk is also at work when the convenant lets it see all that the other one was given.

Then the name of the other desk says nothing that is closed to it; else it only knows that another desk is at work (capability C27).
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP

# What the other desk usually needs counts as given: its name tells of that also when nothing went along.
NAMES = f"""
CREATE FUNCTION desks_at_work(request uuid, open_categories text[]) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT u.name
        FROM backoffice_specialistrequest mine
        JOIN backoffice_specialistrequest other ON other.case_id = mine.case_id AND other.desk_unit_id <> mine.desk_unit_id
        JOIN backoffice_desk d ON d.unit_id = other.desk_unit_id
        JOIN people_unit u ON u.id = other.desk_unit_id
        WHERE mine.id = request AND mine.desk_unit_id = ANY (acting_units())
          AND mine.status IN ('sent', 'taken_up', 'asked_back') AND other.status IN ('sent', 'taken_up', 'asked_back')
          AND jsonb_array_length(d.usually_needs) > 0
          AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(d.usually_needs) needed (category)
                          WHERE needed.category <> ALL (open_categories))
          AND NOT EXISTS (SELECT FROM backoffice_requestitem i
                          WHERE i.request_id = other.id AND NOT (i.also::text[] || i.category::text) <@ open_categories)
        ORDER BY u.name $$;
REVOKE EXECUTE ON FUNCTION desks_at_work(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desks_at_work(uuid, text[]) TO {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0056_contests_walls")]

    operations = [RunSQL(NAMES, "DROP FUNCTION desks_at_work(uuid, text[])")]
