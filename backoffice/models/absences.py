"""Who is away from a desk or team, from when until when, and who stands in. Why is never asked: it is often about health."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luisterloket.people.models import Unit, User
from luisterloket.platform.models import UUIDModel


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Those that last on this day."""
        return self.not_over(day).filter(since__lte=day)

    def not_over(self, day: date) -> Self:
        """Those that last on this day or begin later."""
        return self.filter(Q(until=None) | Q(until__gte=day), withdrawn_at=None)


class Absence(UUIDModel):
    """Someone is away from one unit, from a day until and including a day; without a last day until they say that they are back."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="absences")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    stand_in = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    # It never came to it: back before it began, or noted by mistake.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(name="an_absence_ends_after_it_starts", condition=Q(until=None) | Q(until__gte=F("since"))),
            models.CheckConstraint(name="nobody_stands_in_for_oneself", condition=Q(stand_in=None) | ~Q(stand_in=F("user"))),
        ]
        indexes = [models.Index(fields=["unit", "user", "since"], name="absences_of_a_unit", condition=Q(withdrawn_at=None))]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class StandInOf(models.Func):
    """Who of the chain of stand-ins is there: oneself when present, nobody when the chain ends. Of user, unit, moment."""

    function = "stand_in_of"
    arity = 3
    output_field = models.UUIDField()


class IsAbsent(models.Func):
    """Whether this person is away from this unit at that moment. Of user, unit, moment."""

    function = "is_absent"
    arity = 3
    output_field = models.BooleanField()
