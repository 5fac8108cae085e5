"""The register of who may use the identity number, and under what law."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luisterloket.people.models import Organisation, User
from luisterloket.platform.models import UUIDModel


class IdentityNumberUse(UUIDModel):
    """The register entry under which an organisation may use the identity number (BSN) of residents, and its end.

    UAVG article 46: only where a law provides for it. Which law that is, is the word of the administrator who switches it on.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)
    switched_on_at = models.DateTimeField(default=timezone.now)
    switched_on_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    switched_off_at = models.DateTimeField(null=True, blank=True)
    switched_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason_off = models.CharField(max_length=500, blank=True)
    # Of how many residents the number was erased when it was switched off.
    erased = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(switched_off_at=None), name="identity_numbers_on_once_per_organisation"
            ),
            models.CheckConstraint(
                name="identity_numbers_off_by_someone_at_a_moment",
                condition=Q(switched_off_at=None, switched_off_by=None)
                | Q(switched_off_at__isnull=False, switched_off_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return " ".join([self.law, self.article])
