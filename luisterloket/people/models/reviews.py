"""The yearly look at who may still be in (BIO2 5.18.03): a round for each unit, and a decision on each appointment."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.platform.models import UUIDModel

from .accounts import Appointment, Unit, User


class ReviewQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def late(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())


class AccessReview(UUIDModel):
    """A round: which appointments of a unit were in force when it opened, to be looked at by a day. Opened by a job."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reviews")
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # When the leads were reminded, and when it was told to who supervises that the day passed.
    reminded_at = models.DateTimeField(null=True, blank=True)
    flagged_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(closed_at=None), name="one_review_of_a_unit_at_a_time"),
            models.CheckConstraint(name="a_review_has_time", condition=Q(due_on__gt=F("opened_on"))),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def is_late(self) -> bool:
        return self.closed_at is None and self.due_on < timezone.localdate()

    def appointments(self) -> models.QuerySet[Appointment]:
        """What is looked at: in force when the round opened, and not ended since."""
        today: date = timezone.localdate()
        return Appointment.objects.filter(
            Q(until=None) | Q(until__gte=today), unit=self.unit_id, since__lte=self.opened_on, user__is_active=True
        )


class ReviewDecision(UUIDModel):
    """What someone decided about one appointment in a round. Never changed or removed."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("Looked at, to be confirmed by another")
        CONFIRMED = "confirmed", _("Still right")
        ENDED = "ended", _("Ended")

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="decisions")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="decisions")
    # Whose appointment it is, so that the database itself can hold that nobody confirms their own.
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(name="nobody_confirms_their_own_access", condition=~Q(user=F("decided_by"))),
            models.UniqueConstraint(
                fields=["review", "appointment"], condition=~Q(kind="proposed"), name="decided_once_in_a_review"
            ),
            models.UniqueConstraint(
                fields=["review", "appointment"], condition=Q(kind="proposed"), name="proposed_once_in_a_review"
            ),
            # Who looked first is not who confirms.
            models.UniqueConstraint(fields=["review", "appointment", "decided_by"], name="two_look_in_a_review"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.appointment_id}"
