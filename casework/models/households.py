"""Who a child's parents are, and who may speak or decide for someone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case, CaseMember
from .over_time import OverTime, ends_after_it_starts
from .residents import Resident, who_acts


class ParentalTie(UUIDModel, OverTime):
    """A parent or guardian (voogd) of a child, and whether they have authority over it (gezag, BW boek 1 titel 14)."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("parent")
        GUARDIAN = "guardian", _("guardian (voogd)")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parental_ties")
    child = models.ForeignKey(CaseMember, on_delete=models.PROTECT, related_name="parental_ties")
    # Someone of the household, or else a name: a parent often lives elsewhere.
    adult = models.ForeignKey(CaseMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = EncryptedTextField()
    kind = models.CharField(max_length=10, choices=Kind)
    has_authority = models.BooleanField(default=False)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        constraints = [ends_after_it_starts("tie_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"parental tie {self.pk}"


class Representative(UUIDModel, OverTime):
    """Someone who decides or speaks for a resident, in what, and since when; with the paper that says so, if it was seen.

    Bewindvoerder, mentor and curator are appointed by a judge (BW boek 1 titels 16, 19 and 20): what passes them by can be undone.
    """

    class Kind(models.TextChoices):
        BEWINDVOERDER = "bewindvoerder", _("bewindvoerder (money)")
        MENTOR = "mentor", _("mentor (care)")
        CURATOR = "curator", _("curator (everything)")
        GUARDIAN = "guardian", _("guardian of a child (voogd)")
        AUTHORISED = "authorised", _("authorised person (gemachtigde)")
        SPEAKS = "speaks", _("speaks for the resident")

    class Scope(models.TextChoices):
        MONEY = "money", _("money")
        CARE = "care", _("care")
        BOTH = "both", _("money and care")
        MATTER = "matter", _("one matter")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="representatives")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="representatives")
    kind = models.CharField(max_length=15, choices=Kind)
    scope = models.CharField(max_length=10, choices=Scope)
    matter = EncryptedTextField()
    name = EncryptedTextField()
    organisation = EncryptedTextField()
    phone = EncryptedTextField()
    # Why this third person speaks for the resident, and what is asked on the phone before anything is told.
    reason = EncryptedTextField()
    pass_phrase = EncryptedTextField()
    document_seen_on = models.DateField(null=True, blank=True)
    document_seen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        constraints = [
            ends_after_it_starts("representative_ends_after_starting"),
            models.CheckConstraint(
                name="document_seen_by_someone_on_a_day",
                condition=Q(document_seen_on=None, document_seen_by=None)
                | Q(document_seen_on__isnull=False, document_seen_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"representative {self.pk}"

    @property
    def category(self) -> str:
        """The category of personal data that this tells of: that somebody is under bewind says something of their money."""
        if self.kind == self.Kind.GUARDIAN:
            return "household"
        if self.kind == self.Kind.SPEAKS or self.scope == self.Scope.MATTER:
            return "contact"
        return "health" if self.scope == self.Scope.CARE else "finances"

    @property
    def decides_on_money(self) -> bool:
        """Whether an agreement about money needs this person: one that passes them by can be undone."""
        decides = self.kind not in {self.Kind.SPEAKS, self.Kind.AUTHORISED}
        return decides and self.scope in {self.Scope.MONEY, self.Scope.BOTH}
