"""What beat starts: a lost run costs only time, because the next one finds its work in the database."""

from celery import shared_task

from .document_sweep import clear_files
from .emergency_sweep import flag_late
from .erasure_sweep import erase_due, propose
from .listing import every_day
from .rights_sweep import flag_terms
from .sweep import sweep, wipe_settled_signs


@shared_task
def flag_late_contacts() -> int:
    """Flag next contacts and early signs that are late, or that nobody can do."""
    return sweep()


@shared_task
def wipe_early_signs() -> int:
    """Wipe the words of early signs that were settled long ago."""
    return wipe_settled_signs()


@shared_task
def clear_files_without_a_document() -> int:
    """Clear what an upload that failed left on disk, and what was wiped and is still there."""
    return clear_files()


@shared_task
def flag_late_reviews() -> int:
    """Say once that the review of an emergency is late."""
    return flag_late()


@shared_task
def list_contracts_that_end() -> int:
    """List and remind; a lost run costs only an hour, because the next one finds its work in the database."""
    return every_day()


@shared_task
def flag_rights_requests() -> int:
    """Flag requests of residents about their data of which the legal term comes near or has passed, each once."""
    return flag_terms()


@shared_task
def propose_what_may_be_erased() -> int:
    """Put what has passed its term before the people who decide."""
    return propose()


@shared_task
def erase_what_was_approved() -> int:
    """Erase what two people approved, once it can no longer be called back."""
    return erase_due()
