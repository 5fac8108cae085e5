"""Deciding on one appointment in the yearly review (BIO2 5.18.03)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.people import permissions, reviewing
from luisterloket.people.models import AccessReview, Appointment, ReviewDecision
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .appointments import end

Kind = ReviewDecision.Kind


@command
def decide_review(*, actor: Any, review: AccessReview, appointment: Appointment, keep: bool) -> ReviewDecision:
    """It is still right, or it ends today. What needs two is first looked at by one and then confirmed by another; ending does
    not wait for that. When the last is decided the round closes.

    Raises `Refused` when it was decided already, and when it cannot end because something is still in this person's hands.
    """
    review = AccessReview.objects.select_for_update(no_key=True).get(pk=review.pk)
    appointment = Appointment.objects.select_related("unit", "user").get(pk=appointment.pk, unit=review.unit_id)
    done = {one.kind: one for one in review.decisions.filter(appointment=appointment)}
    proposed = done.get(Kind.PROPOSED)
    permissions.check_may_decide_review(actor, appointment, proposed.decided_by_id if proposed else None)
    if review.closed_at or Kind.CONFIRMED in done or Kind.ENDED in done:
        raise Refused(_("This was decided already."), code="decided")
    if not keep:
        end(actor, appointment, timezone.localdate())
        kind = Kind.ENDED
    elif permissions.needs_two_to_review(appointment) and proposed is None:
        kind = Kind.PROPOSED
    else:
        kind = Kind.CONFIRMED
    decision = ReviewDecision(review=review, appointment=appointment, user=appointment.user, kind=kind, decided_by=actor).put()
    record(actor, f"review.{kind}", review, user=str(appointment.user_id), role=appointment.role)
    if not reviewing.waiting(review):
        review.closed_at = timezone.now()
        review.save(update_fields=["closed_at"])
        record(actor, "review.closed", review)
    return decision
