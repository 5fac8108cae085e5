"""What the house itself leaves behind goes by itself: text that was never sent, keys of forms, messages that were told.

It runs as the jobs role, which sees when it was and nothing of what it is.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .writing import writing

# What goes, and after how many days.
OLD = {
    "DELETE FROM platform_draft WHERE saved_at < %s": "DRAFT_DAYS",
    "DELETE FROM platform_command WHERE at < %s": "TRACE_DAYS",
    "DELETE FROM platform_outboxevent WHERE delivered_at < %s": "TRACE_DAYS",
    # Of each job the last run that was done stays: it tells since when it does not run.
    """DELETE FROM platform_jobrun old WHERE at < %s AND EXISTS (
         SELECT FROM platform_jobrun r WHERE r.job = old.job AND r.status = 'done' AND r.at > old.at)""": "JOB_RUN_DAYS",
    "DELETE FROM platform_jobflag WHERE ended_at < %s": "TRACE_DAYS",
    # Most runs of most jobs find nothing to do.
    """DELETE FROM platform_jobrun old WHERE at < %s AND status = 'done' AND count = 0 AND EXISTS (
         SELECT FROM platform_jobrun r WHERE r.job = old.job AND r.status = 'done' AND r.at > old.at)""": "IDLE_RUN_DAYS",
    "DELETE FROM platform_notification WHERE read_at < %s": "NOTIFICATION_DAYS",
    "DELETE FROM platform_notification WHERE at < %s": "NOTIFICATION_UNREAD_DAYS",
}


def clears(statement: str, days: str) -> None:
    """Let a higher floor add what goes of its own, and the setting that says after how many days. The jobs must have the right."""
    OLD[statement] = days


def clear_old() -> int:
    """How many rows were cleared. Safe to run twice, also at once."""
    cleared = 0
    for statement, days in OLD.items():
        before = timezone.now() - timedelta(days=getattr(settings, days))
        with writing("platform.upkeep"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [before])
            cleared += cursor.rowcount
    return cleared
