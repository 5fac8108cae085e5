"""A request to a desk that collects for the municipality: to wait with collecting (incassopauze)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models import Case
from luisterloket.people.models import Unit
from luisterloket.platform.models import UUIDModel

from .requests import SpecialistRequest


class PauseQuerySet(models.QuerySet):
    def running(self) -> "PauseQuerySet":
        """Granted, and not over yet."""
        return self.filter(paused_until__gte=timezone.localdate())


class CollectionPause(UUIDModel):
    """Until when was asked to wait with collecting, and until when the desk waits. The rest is the request that it belongs to."""

    request = models.OneToOneField(SpecialistRequest, on_delete=models.PROTECT, related_name="pause")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    asked_until = models.DateField()
    # Empty while it was not answered, and when it was refused.
    paused_until = models.DateField(null=True, blank=True)
    ends_flagged_at = models.DateTimeField(null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["paused_until"], name="pauses_that_run", condition=Q(paused_until__isnull=False, ends_flagged_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.paused_until is not None and self.paused_until < timezone.localdate()
