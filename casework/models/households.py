"""Who a child's parents are, and who may speak or decide for someone."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case, CaseMember
from .residents import Resident, who_acts


class OverTimeQuerySet(models.QuerySet):
    """Rows that hold from a day until (and including) a day; an empty day is not known or not there."""

    def of_day(self, day: date) -> Self:
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))

    def of_today(self) -> Self:
        return self.of_day(timezone.localdate())


class ParentalTie(UUIDModel):
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
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = OverTimeQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    def __str__(self) -> str:
        return f"parental tie {self.pk}"


class Representative(UUIDModel):
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
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    document_seen_on = models.DateField(null=True, blank=True)
    document_seen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OverTimeQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_seen_by_someone_on_a_day",
                condition=Q(document_seen_on=None, document_seen_by=None)
                | Q(document_seen_on__isnull=False, document_seen_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"representative {self.pk}"

    @property
    def decides_on_money(self) -> bool:
        """Whether an agreement about money needs this person: one that passes them by can be undone."""
        decides = self.kind not in {self.Kind.SPEAKS, self.Kind.AUTHORISED}
        return decides and self.scope in {self.Scope.MONEY, self.Scope.BOTH}
