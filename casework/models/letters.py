"""Letters from a case: written from a template, fixed, and sent (decision 0024)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .residents import Resident, who_acts


class LetterTemplate(models.Model):
    """A text to begin from, of the municipality itself. A newer version replaces it; nothing is ever changed or removed."""

    code = models.SlugField(max_length=40)
    language = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    # The category of data that the letter tells of by being sent, whatever is filled in.
    category = models.CharField(max_length=50)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=8_000)
    # A version that is not offered takes the template away; also one of ours.
    is_offered = models.BooleanField(default=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "language", "version"], name="letter_template_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.language} {self.version}"


class Letter(UUIDModel, StatefulModel):
    """One letter. Its words change until it is fixed; once it was sent nothing of it does."""

    class To(models.TextChoices):
        HOUSEHOLD = "household", _("Someone of the household")
        OUTSIDE = "outside", _("Someone else")

    class Way(models.TextChoices):
        IN_HAND = "in_hand", _("Given in hand")
        POST = "post", _("By post")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        FIXED = "fixed", _("Ready to send")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("Not sent")

    TRANSITIONS = {
        Status.DRAFT: {Status.FIXED, Status.DROPPED},
        Status.FIXED: {Status.SENT, Status.DROPPED},
        Status.SENT: set(),
        Status.DROPPED: set(),
    }

    class Found(models.TextChoices):
        RIGHT = "right", _("Nothing in it betrays anyone")
        WRONG = "wrong", _("Something in it must not be there")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    template = models.SlugField(max_length=40)
    # 0 for our own.
    template_version = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    to = models.CharField(max_length=10, choices=To)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_name = EncryptedTextField()
    to_address = EncryptedTextField()
    way = models.CharField(max_length=8, choices=Way)
    subject = EncryptedTextField()
    body = EncryptedTextField()
    # What it tells of: who may not see all of these does not find it. And the things it was filled with, as keys of items.
    categories = ArrayField(models.CharField(max_length=50))
    things = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    # Counts the saves: who saves an older one is told, and nothing is overwritten.
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # The colleague who reads it first, where something is kept from someone at home; of which revision, and what they found.
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_due_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_revision = models.PositiveIntegerField(null=True, blank=True)
    found = models.CharField(max_length=5, choices=Found, blank=True)
    note = EncryptedTextField()
    # From whom it comes, as it stood on the day on which it was fixed.
    letterhead = models.CharField(max_length=420, blank=True)
    fixed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fixed_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="letter_is_to_someone",
                condition=Q(to="household", resident__isnull=False) | Q(to="outside", resident=None),
            ),
            models.CheckConstraint(
                name="letter_is_fixed_by_someone",
                condition=Q(status__in=["draft", "dropped"]) | Q(fixed_by__isnull=False, fixed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_sent_has_a_day",
                condition=Q(status="sent", sent_on__isnull=False, sent_by__isnull=False) | (~Q(status="sent") & Q(sent_on=None)),
            ),
            models.CheckConstraint(name="letter_is_read_by_another", condition=Q(read_by=None) | ~Q(read_by=F("asked_by"))),
        ]
        indexes = [
            models.Index(fields=["case", "-made_at"], name="letters_of_a_case"),
            models.Index(fields=["fixed_by"], name="letters_to_send", condition=Q(status="fixed")),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:case-letter", args=[self.case_id, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def waits_for_reader(self) -> bool:
        return self.is_draft and self.asked_by_id is not None and self.read_revision != self.revision
