"""Files of a case: letters that came in, decisions, photos. What is in them stands sealed on disk (decision 0024)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .residents import Resident, who_acts


class DocumentQuerySet(models.QuerySet):
    def on_file(self) -> Self:
        """Those that were not taken off."""
        return self.filter(removed_at=None)


class Document(UUIDModel):
    """One file about a resident or their household, in the category of data that it tells of."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("Letter received")
        DECISION = "decision", _("Decision")
        IDENTITY = "identity", _("Identity paper")
        PHOTO = "photo", _("Photo")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Empty when it is about the household as a whole.
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=50)
    kind = models.CharField(max_length=10, choices=Kind)
    title = EncryptedTextField()
    file_name = EncryptedTextField()
    # What it is by its content.
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    # Of what is kept, which is a picture without where it was taken.
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=32, unique=True)
    received_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_because = EncryptedTextField()
    # It belonged to someone else: the file is gone, and its title and name with it.
    wiped_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts, excluded_fields=["title", "file_name", "removed_because"])

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="document_holds_something", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="document_is_taken_off_by_someone",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.CheckConstraint(name="document_wiped_is_taken_off", condition=Q(wiped_at=None) | Q(removed_at__isnull=False)),
        ]
        indexes = [models.Index(fields=["case", "-added_at"], name="documents_of_a_case")]

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def bound_to(self) -> str:
        """What its file is sealed for: this document and no other."""
        return f"casework.document:{self.pk}"
