"""What beat starts for cases."""

from celery import shared_task

from .document_sweep import clear_files


@shared_task
def clear_files_without_a_document() -> int:
    """Clear what an upload that failed left on disk, and what was wiped and is still there."""
    return clear_files()
