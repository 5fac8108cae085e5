"""What may be erased is proposed each night, and what was approved and can no longer be called back is erased.

It runs as the jobs role, which sees ids and clocks. What is erased, and whether it may be, the database judges itself.
"""

import logging
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from luisterloket.platform.writing import writing

from . import file_store
from .models import ErasureBatch, ErasureLine
from .retention_terms import SHORT_CONTACT, UNFINISHED_CONVERSATION

log = logging.getLogger(__name__)
Status = ErasureLine.Status
# Whose days in which it could be called back are over, on the calendar of the people who count them.
DUE = """
SELECT l.id FROM casework_erasureline l JOIN casework_erasurebatch b ON b.id = l.batch_id
WHERE l.status = 'proposed' AND b.status = 'approved'
  AND (greatest(b.handler_at, b.coordinator_at) AT TIME ZONE 'Europe/Amsterdam')::date + b.call_back_days <= %s
ORDER BY l.id
"""
LOCK_BATCH = """
SELECT b.id FROM casework_erasurebatch b JOIN casework_erasureline l ON l.batch_id = b.id WHERE l.id = %s FOR NO KEY UPDATE OF b
"""


def propose() -> int:
    """Put what has passed its term before the people who decide; how much that is. What was proposed already is not again."""
    days = (settings.ERASURE_CALL_BACK_DAYS, settings.ERASURE_ASK_AGAIN_DAYS)
    terms = (UNFINISHED_CONVERSATION.months, SHORT_CONTACT.months)
    with writing("casework.erasures"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT propose_erasures(%s, %s, %s, %s, %s)", (*days, *terms, UNFINISHED_CONVERSATION.source))
        (proposed,) = cursor.fetchone()
    return int(proposed)


def erase_due() -> int:
    """Erase each line that is due, in a transaction of its own; how many. One that fails stays for the next run."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [timezone.localdate()])
        due = [pk for (pk,) in cursor.fetchall()]
    erased = 0
    for pk in due:
        try:
            erased += _erase(pk)
        except Exception:
            log.exception("A line could not be erased", extra={"line": str(pk)})
    _wipe_files()
    _finish()
    return erased


def _erase(pk: UUID) -> bool:
    with writing("casework.erasures"), transaction.atomic(), connection.cursor() as cursor:
        # Batches before lines, as who calls back does: one then waits for the other, and none is broken off.
        cursor.execute(LOCK_BATCH, [pk])
        cursor.execute(
            "UPDATE casework_erasureline SET status = 'held', decided_at = %s"
            " WHERE id = %s AND status = 'proposed' AND erasure_is_held(kind, thing, case_id)",
            [timezone.now(), pk],
        )
        if cursor.rowcount:
            return False
        cursor.execute("SELECT erase_line(%s)", [pk])
        return bool(cursor.fetchone()[0] == Status.ERASED)


def _wipe_files() -> None:
    """After the rows are gone; what a run that broke off left is wiped by the next one."""
    left = ErasureLine.objects.filter(status=Status.ERASED).exclude(to_wipe=[]).order_by().values_list("pk", "to_wipe")
    for pk, names in list(left):
        for name in names:
            file_store.wipe_file(name)
        with writing("casework.erasures"):
            ErasureLine.objects.filter(pk=pk).update(to_wipe=[])


def _finish() -> None:
    """A batch of which nothing is left to do is done."""
    waiting = ErasureLine.objects.filter(status=Status.PROPOSED).values("batch_id")
    done = ErasureBatch.objects.filter(status=ErasureBatch.Status.APPROVED).exclude(pk__in=waiting)
    with writing("casework.erasures"):
        done.order_by().update(status=ErasureBatch.Status.ERASED, ended_at=timezone.now())
