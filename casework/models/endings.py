"""How a case was ended or put on waakvlam, and what was decided on what was still open then."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case


class CaseEnding(UUIDModel):
    """What changed, also in the words of the resident. Only added: a case that wakes and ends again has two."""

    class Into(models.TextChoices):
        WAAKVLAM = "waakvlam", _("Waakvlam")
        ENDED = "ended", _("Case ended")

    class Goes(models.TextChoices):
        BETTER = "better", _("It goes better")
        SAME = "same", _("It goes as it went")
        WORSE = "worse", _("It goes worse")
        UNKNOWN = "unknown", _("We do not know, there is no contact any more")

    class AgreedHow(models.TextChoices):
        """How the resident said yes to being asked again."""

        IN_PERSON = "in_person", _("in person")
        PHONE = "phone", _("by telephone")
        WRITTEN = "written", _("in writing")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="endings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    into = models.CharField(max_length=10, choices=Into)
    goes = models.CharField(max_length=10, choices=Goes)
    changed = EncryptedTextField()
    own_words = EncryptedTextField()
    agreed_how = models.CharField(max_length=10, choices=AgreedHow, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="waakvlam_is_agreed",
                condition=~models.Q(into="waakvlam") | ~models.Q(agreed_how=""),
            ),
        ]

    def __str__(self) -> str:
        return f"ending {self.pk}"


class LooseEndDecision(UUIDModel):
    """Something was still open when a case was ended: who goes on watching it, until when, and why that is right.

    `kind` and `ref` name the thing; it stays on Vandaag of `who` for as long as the thing itself is open. Only added.
    """

    ending = models.ForeignKey(CaseEnding, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    ref = models.UUIDField()
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    because = EncryptedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ending", "kind", "ref"], name="one_decision_for_a_loose_end")]
        indexes = [models.Index(fields=["who", "until"], name="loose_ends_of_someone")]

    def __str__(self) -> str:
        return f"decision {self.pk}"
