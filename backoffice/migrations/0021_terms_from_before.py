"""The hours and terms that desks had: the same hours on every weekday, and the same service terms for each kind but applications.

Which decision terms the law sets for an application is for who leads the desk to say.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

DESKS = """
UPDATE backoffice_desk SET
  week = jsonb_build_array(hours.day, hours.day, hours.day, hours.day, hours.day, NULL, NULL),
  kinds = '["advice", "warm_handover", "report"]'
FROM (SELECT id, jsonb_build_array(to_char(opens, 'HH24:MI'), to_char(closes, 'HH24:MI')) AS day FROM backoffice_desk) hours
WHERE hours.id = backoffice_desk.id
"""
TERMS = """
INSERT INTO backoffice_term
  (id, desk_id, kind, urgency, clock, amount, measure, valid_from, source, law, article, checked_on, made_at)
SELECT gen_random_uuid(), desk_id, kinds.kind, urgency, clock, amount, measure, valid_from, source, law, article, checked_on, made_at
FROM backoffice_term, (VALUES ('warm_handover'), ('report')) kinds (kind)
"""
# What ran out when, as far as it is known; and by which term an answer is owed.
REQUESTS = """
UPDATE backoffice_specialistrequest r SET
  pick_up_due_at = CASE WHEN r.clock = 'pick_up' THEN r.due_at END,
  tell_due_at = CASE WHEN r.clock = 'tell' THEN r.due_at END,
  stopped_at = CASE WHEN r.status = 'asked_back' THEN now() END,
  answer_term_id = (
    SELECT t.id FROM backoffice_term t JOIN backoffice_desk d ON d.id = t.desk_id
    WHERE d.unit_id = r.desk_unit_id AND t.kind = 'advice' AND t.clock = 'answer' AND t.urgency = r.urgency
  )
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0020_terms_and_pauses")]

    operations = [RunSQL(sql, RunSQL.noop) for sql in (DESKS, TERMS, REQUESTS)]
