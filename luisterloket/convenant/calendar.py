"""What happens to versions because a day has come."""

import logging

from django.utils import timezone

from luisterloket.platform.acting import Job
from luisterloket.platform.exceptions import Refused

from . import actions
from .models import ConvenantVersion

logger = logging.getLogger(__name__)
CALENDAR = Job("convenant calendar")
Status = ConvenantVersion.Status


def follow_the_calendar() -> int:
    """How many versions came into force or ended. Of several that are due the last one stays."""
    today = timezone.localdate()
    due = ConvenantVersion.objects.filter(status=Status.SIGNED, starts_on__lte=today, ends_on__gte=today)
    done = sum(_carried_out(actions.bring_into_force, one) for one in due.order_by("starts_on", "number"))
    past = ConvenantVersion.objects.filter(status=Status.IN_FORCE, ends_on__lt=today)
    return done + sum(_carried_out(actions.run_out, one) for one in past)


def _carried_out(action, version: ConvenantVersion) -> bool:
    try:
        action(actor=CALENDAR, version=version)
    except Refused as refusal:
        # Someone was before us; the next run looks again.
        logger.info("convenant version %s stays as it is: %s", version.pk, refusal.code)
        return False
    return True
