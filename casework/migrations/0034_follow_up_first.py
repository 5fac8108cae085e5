"""Every case that was there already gets its next contact: of its owner, spread over the coming four weeks."""

from datetime import timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone

from luisterloket.wijken.calendar import add_working_days
from luisterloket.wijken.models import LATE_AFTER_DAYS

DAYS = 20
# An empty text is kept as nothing at all. Which day a case gets follows from its id, so that not all of them wait on one morning.
FIRST = """
WITH days AS (
  SELECT * FROM unnest(%(due)s::date[], %(late)s::date[]) WITH ORDINALITY AS d (due_on, late_on, number)
)
INSERT INTO casework_followup (id, case_id, unit_id, kind, who_id, due_on, late_on, about, step, made_at, moved_because, version,
  result, flagged_because)
SELECT gen_random_uuid(), c.id, c.unit_id, 'check_in', c.owner_id, d.due_on, d.late_on, '', 0, now(), '', 0, '', ''
FROM casework_case c JOIN days d ON d.number = 1 + (abs(hashtext(c.id::text)::bigint) %% %(days)s)
WHERE c.status <> 'ended' AND NOT EXISTS (SELECT FROM casework_followup f WHERE f.case_id = c.id AND f.done_at IS NULL)
"""


def first(apps: Any, schema_editor: Any) -> None:
    today = timezone.localdate()
    due = [add_working_days(today + timedelta(days=1), number) for number in range(1, DAYS + 1)]
    late = [add_working_days(day, LATE_AFTER_DAYS) for day in due]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FIRST, {"due": due, "late": late, "days": DAYS})


class Migration(migrations.Migration):
    dependencies = [("casework", "0033_follow_up")]

    operations = [migrations.RunPython(first, migrations.RunPython.noop)]
