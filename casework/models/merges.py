"""That two residents are one person: a link that can be undone."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .residents import Resident

UNDONE_WITHIN = timedelta(days=30)


class ResidentMergeQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(undone_at=None)


class ResidentMerge(UUIDModel):
    """Someone who may open both cases saw that these are one person; who, when and why. Read through `Resident.merged_into`."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(subject="case_id")
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ResidentMergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at=None), name="merged_into_one_at_a_time"),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merged_into_someone_else"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merge_is_undone_by_someone",
            ),
        ]

    @property
    def until(self) -> datetime:
        """Until when it can be undone."""
        return self.done_at + UNDONE_WITHIN
