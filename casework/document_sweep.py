"""Files and rows never disagree for long: a file without a row goes, and one whose document was wiped goes too.

It runs as the jobs role, which reads under which name each file is, and nothing of what it is about. The application sees only the
rows of who acts, so that all other files would seem to belong to nothing: it is not let in here.
"""

import logging
import time

from django.db import connection

from luisterloket.platform.walls import APP

from . import file_store
from .models import Document

log = logging.getLogger(__name__)
# An upload that is being written has no row yet; after so long it has one, or never will.
YOUNG_SECONDS = 60 * 60
BATCH = 500


def clear_files() -> int:
    """How many files were cleared. Safe to run twice, also at once. Raises `RuntimeError` for who does not see all rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == APP:
            raise RuntimeError("Only a job or the owner may clear files.")
    cleared, batch = 0, []
    for name in file_store.names_before(time.time() - YOUNG_SECONDS):
        batch.append(name)
        if len(batch) == BATCH:
            cleared, batch = cleared + _clear(batch), []
    return cleared + _clear(batch)


def _clear(names: list[str]) -> int:
    belongs = set(Document.objects.filter(storage_name__in=names, wiped_at=None).order_by().values_list("storage_name", flat=True))
    gone = [name for name in names if name not in belongs]
    if gone:
        log.warning("Files without a document are cleared", extra={"files": len(gone)})
    return file_store.clear(gone)
