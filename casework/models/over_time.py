"""What holds from a day on, until a day."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OverTimeQuerySet(models.QuerySet):
    def of_day(self, day: date) -> Self:
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))

    def of_today(self) -> Self:
        return self.of_day(timezone.localdate())


class OverTime(models.Model):
    """Holds from a day on, and no longer from a day on. Without the first: as long as we know; without the last: until now."""

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = OverTimeQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def holds_today(self) -> bool:
        today = timezone.localdate()
        return (self.since is None or self.since <= today) and (self.until is None or self.until > today)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """The rule for a table of things over time."""
    return models.CheckConstraint(
        name=name,
        condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
        violation_error_message=_("The last day is before the first."),
    )
