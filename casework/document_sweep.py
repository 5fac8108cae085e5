"""Files and rows never disagree for long: a file without a row goes, and one whose document was wiped goes too.

It runs as the jobs role, which reads under which name a file is, and nothing of what it is about.
"""

import logging
import time

from . import file_store
from .models import Document

log = logging.getLogger(__name__)
# An upload that is being written has no row yet; after so long it has one, or never will.
YOUNG_SECONDS = 60 * 60
BATCH = 500


def clear_files() -> int:
    """How many files were cleared. Safe to run twice, also at once."""
    cleared, batch = 0, []
    for name in file_store.names_before(time.time() - YOUNG_SECONDS):
        batch.append(name)
        if len(batch) == BATCH:
            cleared, batch = cleared + _clear(batch), []
    return cleared + _clear(batch)


def _clear(names: list[str]) -> int:
    belongs = set(Document.objects.filter(storage_name__in=names, wiped_at=None).values_list("storage_name", flat=True))
    gone = [name for name in names if name not in belongs]
    if gone:
        log.warning("Files without a document are cleared", extra={"files": len(gone)})
    return file_store.clear(gone)
