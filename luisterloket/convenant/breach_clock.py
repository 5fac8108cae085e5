"""The job that says how long a breach waits: at 24, 48 and 72 hours after it was discovered, as long as nothing was decided."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from luisterloket.platform.acting import Job
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.writing import writing

from .models import Breach
from .models.breaches import WARNED_AT

JOB = Job("clock of data breaches")


def warn() -> int:
    """Warn once for each of the hours; how many were warned of. Sees ids and clocks only."""
    now, warned = timezone.now(), 0
    with writing("convenant.warn_of_breaches"), transaction.atomic():
        for hours in WARNED_AT:
            found = Breach.objects.clock_runs().filter(discovered_at__lte=now - timedelta(hours=hours), warned__lt=hours)
            for breach in found.only("pk", "unit_id").select_for_update(skip_locked=True, no_key=True):
                Breach.objects.filter(pk=breach.pk).update(warned=hours)
                record(JOB, "breach.warned", breach, hours=hours)
                emit("breach.warned", breach)
                warned += 1
    return warned
