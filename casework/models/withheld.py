"""What is kept from someone at home, and the colleague who reads a copy before it is given (decision 0018)."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .residents import Resident
from .summaries import CaseSummary


class WithheldQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(lifted_at=None)


class Withheld(UUIDModel):
    """One thing of a case that one member of the household must not read. In force until it is lifted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="withheld")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Kind and id of the item that is disclosed elsewhere; nothing of what it says is kept here.
    kind = models.CharField(max_length=30)
    thing = models.UUIDField()
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(subject="case_id")
    since = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = WithheldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "thing", "resident"], condition=Q(lifted_at=None), name="withheld_once_at_a_time"
            ),
            models.CheckConstraint(
                name="withholding_is_lifted_by_someone",
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"withheld {self.pk}"

    @property
    def key(self) -> str:
        """The key of the item it is about."""
        return f"{self.kind}:{self.thing}"


class CopyCheck(UUIDModel):
    """A colleague is asked to read a version of the summary before it goes on paper, and finds it right or not.

    It is about the text as it was at `revision`: other words ask for another check.
    """

    class Found(models.TextChoices):
        RIGHT = "right", _("Nothing in it betrays anyone")
        WRONG = "wrong", _("Something in it must not be there")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="copy_checks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CaseSummary, on_delete=models.PROTECT, related_name="checks")
    revision = models.PositiveIntegerField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    found = models.CharField(max_length=5, choices=Found, blank=True)
    note = EncryptedTextField(subject="case_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "revision"], condition=Q(done_at=None), name="one_check_waits_at_a_time"),
            models.CheckConstraint(
                name="copy_check_is_done_whole",
                condition=Q(done_at=None, done_by=None, found="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(found="")),
            ),
            models.CheckConstraint(name="copy_is_checked_by_another", condition=Q(done_by=None) | ~Q(done_by=F("asked_by"))),
        ]

    def __str__(self) -> str:
        return f"check of {self.version_id}"
