"""What came of an overleg: its record, what was added to it later, and the agreements. Only of who was at the table."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .conferences import CaseConference, ConferenceParticipant
from .plans import PlanStep
from .residents import who_acts

# How long those who were there can have the record put right before it is fixed.
READING_TIME = timedelta(days=5)


class ConferenceRecord(UUIDModel):
    """The record (verslag) of an overleg. It is fixed by the chair, or when the time for reading is over."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    conference = models.OneToOneField(CaseConference, on_delete=models.PROTECT, related_name="record")
    text = EncryptedTextField()
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    reading_until = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords(get_user=who_acts)

    def __str__(self) -> str:
        return f"record {self.pk}"

    @property
    def is_fixed(self) -> bool:
        return self.fixed_at is not None or self.reading_until <= timezone.now()


class ConferenceAddition(UUIDModel):
    """Something put right in a record that is fixed: it stands below it, and nothing is overwritten."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    conference = models.ForeignKey(CaseConference, on_delete=models.PROTECT, related_name="additions")
    text = EncryptedTextField(subject="conference_id")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"addition {self.pk}"


class ConferenceAgreement(UUIDModel):
    """What was agreed at the table: what, who, and by when. In the plan it is a step."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    conference = models.ForeignKey(CaseConference, on_delete=models.PROTECT, related_name="agreements")
    text = EncryptedTextField()
    owner = models.ForeignKey(ConferenceParticipant, on_delete=models.PROTECT, related_name="+")
    # The account of the owner, if there is one: the wall of the database and Vandaag find it by this.
    owner_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    # The step of the plan that it became.
    step = models.ForeignKey(PlanStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agreement_done_by_someone",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["owner_user", "due_on"], name="agreements_to_keep", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"agreement {self.pk}"
