"""What a resident was told of the use of their data, and what they said yes or no to (toestemming), step by step."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.models import DataCategory, Purpose
from luisterloket.people.models import Organisation, Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .documents import Document
from .households import ParentalTie, Representative
from .residents import Resident


class Informing(UUIDModel):
    """A resident was told what is done with their data for one purpose (AVG articles 13 and 14). Never changed."""

    class How(models.TextChoices):
        SPOKEN = "spoken", _("told")
        PAPER = "paper", _("given on paper")
        LETTER = "letter", _("by letter")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="informings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=How)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The version of the agreement that says who gets what: what was told is what it said.
    convenant_version_id = models.UUIDField()

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["case", "resident", "purpose", "-at"], name="informings_of_a_resident")]

    def __str__(self) -> str:
        return f"informing {self.pk}"


class ConsentStep(UUIDModel):
    """One step of a resident's yes or no to one category, for one purpose, to one party. The last step counts; none is no.

    It is of the case in which it was asked: what was told there may then be shared from there. Steps are added and never changed.
    """

    class State(models.TextChoices):
        GIVEN = "given", _("Consent given")
        REFUSED = "refused", _("Consent refused")
        WITHDRAWN = "withdrawn", _("Consent withdrawn")

    # From the last step, which is empty when nothing was asked yet.
    NEXT: ClassVar[dict[str, set[str]]] = {
        "": {State.GIVEN, State.REFUSED},
        State.GIVEN: {State.WITHDRAWN},
        State.REFUSED: {State.GIVEN},
        State.WITHDRAWN: {State.GIVEN, State.REFUSED},
    }

    class How(models.TextChoices):
        SPOKEN = "spoken", _("spoken")
        SIGNED = "signed", _("signed on paper")

    class GivenBy(models.TextChoices):
        SELF = "self", _("the resident")
        OTHER = "other", _("who decides for them")
        BOTH = "both", _("both of them")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # The order of the steps in the case; given out while nobody else adds one.
    number = models.PositiveIntegerField()
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(DataCategory, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=8, choices=How)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.CharField(max_length=5, choices=GivenBy)
    # Who decides for them: appointed by a judge, or a parent or guardian with authority.
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tie = models.ForeignKey(ParentalTie, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The very words that were put to them, and under which version of the agreement.
    words = EncryptedTextField(subject="case_id")
    convenant_version_id = models.UUIDField()
    note = EncryptedTextField(subject="case_id")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="consent_steps_in_order"),
            models.CheckConstraint(
                name="who_decides_for_them_is_named",
                condition=Q(given_by="self", representative=None, tie=None)
                | (~Q(given_by="self") & (Q(representative__isnull=False, tie=None) | Q(representative=None, tie__isnull=False))),
            ),
        ]
        indexes = [
            models.Index(
                fields=["case", "purpose", "resident", "category", "organisation", "-number"], name="consent_of_a_resident"
            ),
        ]

    def __str__(self) -> str:
        return f"consent step {self.pk}"
