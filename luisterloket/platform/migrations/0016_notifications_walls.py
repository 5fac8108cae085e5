"""Everyone reads their own notifications and marks them as read; only jobs tell. Administrators see how much waits, and not whose."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import ACTOR, APP, JOBS, grant_jobs, protect

WAITING = """
CREATE FUNCTION waiting_deliveries() RETURNS TABLE (
  what text, number bigint, people bigint, since timestamptz, attempts integer, next_try_at timestamptz, error text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'events', count(*), 0::bigint, min(e.at), coalesce(max(e.attempts), 0)::integer, min(e.next_try_at), ''
  FROM platform_outboxevent e WHERE e.delivered_at IS NULL
  UNION ALL
  SELECT 'mails', count(*), count(DISTINCT n.recipient_id), min(n.mail_at), coalesce(max(q.attempts), 0)::integer,
    min(q.next_try_at), coalesce((array_agg(q.error ORDER BY q.failing_since) FILTER (WHERE q.attempts > 0))[1], '')
  FROM platform_notification n LEFT JOIN platform_mailqueue q ON q.recipient_id = n.recipient_id
  WHERE n.mail_at <= now() AND n.mailed_at IS NULL AND n.read_at IS NULL
$$
"""
AGAIN = """
CREATE FUNCTION retry_deliveries() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE platform_outboxevent SET next_try_at = NULL WHERE delivered_at IS NULL AND next_try_at IS NOT NULL;
  UPDATE platform_mailqueue SET next_try_at = NULL WHERE next_try_at IS NOT NULL;
$$
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0015_notifications")]

    operations = [
        *protect(
            "platform_notification",
            rows=f"recipient_id = {ACTOR}",
            jobs="SELECT, INSERT, DELETE, UPDATE (mail_at, in_digest, mailed_at)",
        ),
        RunSQL(
            [
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON platform_notification FROM {APP}",
                f"GRANT UPDATE (read_at) ON platform_notification TO {APP}",
                f"REVOKE ALL ON platform_mailqueue FROM {APP}",
            ],
            RunSQL.noop,
        ),
        *grant_jobs("platform_mailqueue", "SELECT, INSERT, UPDATE, DELETE"),
        RunSQL(
            f"GRANT UPDATE (next_try_at) ON platform_outboxevent TO {JOBS}",
            f"REVOKE UPDATE (next_try_at) ON platform_outboxevent FROM {JOBS}",
        ),
        RunSQL([WAITING, f"GRANT EXECUTE ON FUNCTION waiting_deliveries() TO {APP}"], "DROP FUNCTION waiting_deliveries()"),
        RunSQL([AGAIN, f"GRANT EXECUTE ON FUNCTION retry_deliveries() TO {APP}"], "DROP FUNCTION retry_deliveries()"),
    ]
