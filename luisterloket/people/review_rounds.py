"""What the job does with the yearly review: it opens rounds, reminds, tells who supervises, and decides nothing about anyone."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from luisterloket.platform.acting import Job
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.writing import writing

from . import reviewing
from .models import AccessReview

JOB = Job("yearly review of access")


def keep_rounds() -> int:
    """Open what is due, remind of what comes near, flag what is late and close what has nothing left. How many were touched."""
    with writing("people.keep_access_reviews"), transaction.atomic():
        return open_rounds(reviewing.due_units()) + _remind() + _flag() + _close()


def open_rounds(units: Iterable[UUID]) -> int:
    """Begin a round in each of these units that has none. A run at the same moment may have begun the same."""
    today = timezone.localdate()
    rounds = [AccessReview(unit_id=unit, opened_on=today, due_on=today + reviewing.TIME_FOR_IT) for unit in units]
    AccessReview.objects.bulk_create(rounds, ignore_conflicts=True)
    begun = list(AccessReview.objects.filter(pk__in=[one.pk for one in rounds]))
    for review in begun:
        record(JOB, "review.opened", review)
        emit("review.opened", review)
    return len(begun)


def _remind() -> int:
    near = AccessReview.objects.open().filter(
        reminded_at=None, due_on__lte=timezone.localdate() + reviewing.REMIND_BEFORE, due_on__gte=timezone.localdate()
    )
    return _mark(near, "reminded_at", "review.near")


def _flag() -> int:
    return _mark(AccessReview.objects.late().filter(flagged_at=None), "flagged_at", "review.late")


def _close() -> int:
    """What was ended elsewhere leaves a round with nothing to decide."""
    done = [one.pk for one in AccessReview.objects.open() if not reviewing.waiting(one)]
    for review in AccessReview.objects.filter(pk__in=done):
        record(JOB, "review.closed", review)
    return AccessReview.objects.filter(pk__in=done, closed_at=None).update(closed_at=timezone.now())


def _mark(found: QuerySet[AccessReview], field: str, event: str) -> int:
    rounds = list(found.select_for_update(skip_locked=True, no_key=True))
    AccessReview.objects.filter(pk__in=[one.pk for one in rounds]).update(**{field: timezone.now()})
    for review in rounds:
        record(JOB, event, review)
        emit(event, review)
    return len(rounds)
