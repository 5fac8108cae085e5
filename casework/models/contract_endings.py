"""The contract of an organisation ends: which units, who comes after them, and who was reminded. No resident is in these rows."""

from calendar import monthrange
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Organisation, Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

MONTHS_BEFORE = 4


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier; the last day of that month when it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


class ContractEndingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """For coordinators of both sides, the wijkwethouder of the wijk and the convenant administrator: numbers, and no names."""
        if user.has(Permission.CONFIGURE_CONVENANT):
            return self
        divides = user.units_with(Permission.DIVIDE_WORK)
        ending = EndingUnit.objects.filter(
            Q(unit__in=[*divides, *user.units_with(Permission.DECIDE_ABOVE_MANDATE)]) | Q(successor__in=divides)
        )
        return self.filter(Exists(ending.filter(ending=OuterRef("pk"))))


class ContractEnding(UUIDModel, StatefulModel):
    """From `begins_on` every case of these units is on the list, until each has an owner at the successor."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        UNDER_WAY = "under_way", _("Under way")
        SETTLED = "settled", _("Settled")
        CALLED_OFF = "called_off", _("Goes on after all")

    TRANSITIONS = {
        Status.ANNOUNCED: {Status.UNDER_WAY, Status.SETTLED, Status.CALLED_OFF},
        Status.UNDER_WAY: {Status.SETTLED, Status.CALLED_OFF},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="endings")
    begins_on = models.DateField()
    # The last day of the contract.
    ends_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status, default=Status.ANNOUNCED)
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ContractEndingQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [models.CheckConstraint(name="contract_begins_to_end_before", condition=Q(begins_on__lt=F("ends_on")))]

    def __str__(self) -> str:
        return f"{self.organisation} {self.ends_on}"

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.ANNOUNCED, self.Status.UNDER_WAY)

    def get_absolute_url(self) -> str:
        return reverse("casework:contract", args=[self.pk])


class EndingUnit(UUIDModel):
    """A unit of which the contract ends, and the unit that comes after it."""

    ending = models.ForeignKey(ContractEnding, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="endings")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Follows the status of the ending, so that the database can hold that a unit ends once at a time.
    is_over = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(is_over=False), name="a_unit_ends_once_at_a_time"),
            models.CheckConstraint(name="someone_else_comes_after", condition=~Q(successor=F("unit"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.successor_id}"


class HandoverReminder(UUIDModel):
    """That someone was told once at this moment of this ending. `moment` counts from its dates, as in `week-2`."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("cases to hand over")
        LATE = "late", _("handovers that are late")
        OVER = "over", _("the contract has ended, and cases are left")

    ending = models.ForeignKey(ContractEnding, on_delete=models.PROTECT, related_name="reminders")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    moment = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ending", "user", "kind", "moment"], name="reminded_once_a_moment")]

    def __str__(self) -> str:
        return f"reminder {self.kind} {self.moment}"
