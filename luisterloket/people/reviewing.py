"""The yearly review of access: when a round is due, what is left in it, and what its page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from luisterloket.platform.law import LegalTerm

from . import permissions
from .models import AccessReview, Appointment, ReviewDecision, Unit
from .roles import Permission

# No appointment goes longer without anyone looking whether it is still right.
YEARLY = LegalTerm(timedelta(days=365), "BIO2", "5.18.03", date(2026, 11, 26))
# Ours: how long a round takes, and when who leads the unit is reminded.
TIME_FOR_IT = timedelta(days=30)
REMIND_BEFORE = timedelta(days=7)
FINAL = (ReviewDecision.Kind.CONFIRMED, ReviewDecision.Kind.ENDED)


@dataclass(frozen=True)
class Line:
    """One appointment in a round: whose, when they signed in last, and how far it is."""

    appointment: Appointment
    decision: ReviewDecision | None
    proposed: ReviewDecision | None
    may_decide: bool
    needs_two: bool


def due_units() -> list[UUID]:
    """Units in which an appointment was not looked at for a year and no round is open. For a job: ids and days."""
    before = timezone.localdate() - YEARLY.length
    looked = ReviewDecision.objects.filter(appointment=OuterRef("pk"), kind__in=FINAL, decided_at__date__gt=before)
    old = Appointment.objects.in_force().filter(since__lte=before, user__is_active=True).exclude(Exists(looked))
    open_rounds = AccessReview.objects.open().values("unit_id")
    units = Unit.objects.filter(closed_on=None, pk__in=old.values("unit_id")).exclude(pk__in=open_rounds)
    return list(units.values_list("pk", flat=True))


def waiting(review: AccessReview) -> list[UUID]:
    """The appointments that nobody decided on yet."""
    done = ReviewDecision.objects.filter(review=review, kind__in=FINAL).values("appointment_id")
    return list(review.appointments().exclude(pk__in=done).values_list("pk", flat=True))


def lines(review: AccessReview, user: Any) -> list[Line]:
    """What the page of a round shows: what waits for this person first. Two queries."""
    decisions: dict[UUID, dict[str, ReviewDecision]] = {}
    for decision in review.decisions.select_related("decided_by"):
        decisions.setdefault(decision.appointment_id, {})[decision.kind] = decision
    found = Appointment.objects.filter(pk__in=[*decisions, *review.appointments().values_list("pk", flat=True)])
    page = []
    for one in found.select_related("user", "unit").order_by("user__name", "since"):
        done = decisions.get(one.pk, {})
        final = done.get(ReviewDecision.Kind.CONFIRMED) or done.get(ReviewDecision.Kind.ENDED)
        proposed = done.get(ReviewDecision.Kind.PROPOSED)
        page.append(
            Line(
                appointment=one,
                decision=final,
                proposed=proposed,
                may_decide=final is None and review.closed_at is None and _may(user, one, proposed),
                needs_two=permissions.needs_two_to_review(one),
            )
        )
    return sorted(page, key=lambda line: (not line.may_decide, line.decision is not None))


def open_for(user: Any) -> list[AccessReview]:
    """The rounds that this person may see, the first due first."""
    found = AccessReview.objects.open().select_related("unit")
    return list(found if _central(user) else found.filter(unit__in=_led(user)))


def closed_for(user: Any, *, most: int = 30) -> list[AccessReview]:
    found = AccessReview.objects.exclude(closed_at=None).select_related("unit").order_by("-closed_at")
    return list((found if _central(user) else found.filter(unit__in=_led(user)))[:most])


def waits_for(user: Any, reviews: Iterable[AccessReview]) -> list[tuple[AccessReview, int]]:
    """Of these rounds, in how many appointments something is asked of this person."""
    found = [(review, sum(line.may_decide for line in lines(review, user))) for review in reviews]
    return [(review, count) for review, count in found if count]


def _may(user: Any, appointment: Appointment, proposed: ReviewDecision | None) -> bool:
    proposed_by = proposed.decided_by_id if proposed else None
    return permissions.may(permissions.check_may_decide_review, user, appointment, proposed_by)


def _central(user: Any) -> bool:
    return bool(user.has(Permission.MANAGE_ACCOUNTS) or user.has(Permission.SUPERVISE_ACCESS))


def _led(user: Any) -> list[UUID]:
    return [unit for permission in permissions.LEADS for unit in user.units_with(permission)]
