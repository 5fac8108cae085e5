"""What beat starts every minute."""

from celery import shared_task

from .hand_in_sweep import flag_late, flag_pauses_that_end, wipe_answered
from .sweep import sweep


@shared_task
def flag_stalled_requests() -> int:
    """Flag requests whose clock ran out; a lost run costs only a minute, because the next one finds them in the database."""
    return sweep()


@shared_task
def flag_late_hand_ins() -> int:
    """Flag what was handed in and not answered, or of which nobody told what came of it, each once for its day."""
    return flag_late()


@shared_task
def flag_ending_pauses() -> int:
    """Say once that a pause of collection ends soon."""
    return flag_pauses_that_end()


@shared_task
def wipe_answered_hand_ins() -> int:
    """Wipe what senders wrote of someone, some time after it was answered."""
    return wipe_answered()
