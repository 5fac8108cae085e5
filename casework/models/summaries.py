"""A summary that was made to be read back: as it was composed, as it was written, and what was agreed about it."""

import json

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.texts import Summary
from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .residents import Resident

# All of the agreement is there, or nothing.
AGREEMENT = ("agreed_at", "agreed_on", "read_back_by")


class CaseSummary(UUIDModel):
    """One version of the summary of a case. Its wording may change until it is agreed; from then on nothing of it does."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        BY_TELEPHONE = "telephone", _("By telephone")
        THROUGH_INTERPRETER = "interpreter", _("Through an interpreter")
        IN_WRITING = "writing", _("In writing")

    class By(models.TextChoices):
        RESIDENT = "resident", _("The resident")
        REPRESENTATIVE = "representative", _("Someone who speaks for the resident")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="summaries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    # Which supplied phrases it was composed with; 0 for the product's own.
    wording_version = models.PositiveIntegerField(default=0)
    # JSON: the text as composed, and by part the words that someone chose instead.
    composed = EncryptedTextField()
    edited = EncryptedTextField(default="{}")
    # The data categories of which something is said: who may not see all of these is not shown the text.
    categories = ArrayField(models.CharField(max_length=50))
    # For which member of the household; empty for everyone at home, which leaves out the most (decision 0018).
    reader = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Counts the saves: who saves an older one is told, and nothing is overwritten.
    revision = models.PositiveIntegerField(default=0)
    # Who last put something in other words.
    worded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=12, choices=How, blank=True)
    agreed_by = models.CharField(max_length=15, choices=By, blank=True)
    representative = EncryptedTextField()
    read_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="summary_number_once_in_a_case"),
            models.CheckConstraint(
                name="summary_is_agreed_whole",
                condition=Q(**dict.fromkeys(AGREEMENT), agreed_how="", agreed_by="")
                | (Q(**{f"{name}__isnull": False for name in AGREEMENT}) & ~Q(agreed_how="") & ~Q(agreed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"summary {self.number} of case {self.case_id}"

    def get_absolute_url(self) -> str:
        return reverse("casework:case-summary-version", args=[self.case_id, self.number])

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def as_composed(self) -> Summary:
        return Summary.from_json(self.composed)

    @property
    def wording(self) -> dict[str, str]:
        """The words that someone chose, by part."""
        return json.loads(self.edited or "{}")

    @property
    def as_written(self) -> Summary:
        """The text as it is read back: composed, with the words that someone chose."""
        return self.as_composed.with_wording(self.wording)


class SummaryTemplate(models.Model):
    """One phrase of the summary in a language that the municipality supplied. A newer version replaces the whole."""

    language = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    # The phrase in plain English, as the product names it.
    key = models.CharField(max_length=300)
    text = models.CharField(max_length=600)
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "version", "key"], name="one_text_of_a_phrase_per_version")]

    def __str__(self) -> str:
        return f"{self.language} {self.version}"
