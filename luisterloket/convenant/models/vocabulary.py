"""The words of a convenant: kinds of data, purposes, laws, and the phases of the work (decision 0026)."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from luisterloket.platform.models import UUIDModel


class DataCategory(models.Model):
    """A kind of personal data that the convenant decides on as one."""

    class Sensitivity(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary")
        SPECIAL = "special", _("special (AVG article 9)")
        CRIMINAL = "criminal", _("criminal (AVG article 10)")
        # Needs more than a cell of the matrix: also that it is switched on for the organisation (IdentityNumberUse).
        BSN = "bsn", _("identity number (UAVG article 46)")

    code = models.SlugField(primary_key=True)
    name = models.CharField(max_length=100)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.ORDINARY)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Purpose(models.Model):
    """What personal data are used for: listening and planning, or the question of one kind of desk."""

    code = models.SlugField(primary_key=True)
    name = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.name


class LawQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(in_force_since__lte=day)


class Law(UUIDModel):
    """A law that a ground can rest on. A law that is not in force gives nothing, however well the cell was filled in.

    The Wams is such a law: it stands here and is off until an administrator gives it the day on which it came into force.
    """

    # Names it in a file, the same in every installation.
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200, unique=True)
    in_force_since = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    # When someone last read what the law says and since when.
    checked_on = models.DateField(null=True, blank=True)

    objects = LawQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, day: date) -> bool:
        return self.in_force_since is not None and self.in_force_since <= day


class Phase(models.TextChoices):
    """The phases of the work, as the Wams bill knows them: in each only what is needed in that phase."""

    ANY = "any", _("In every phase")
    EXPLORING = "exploring", _("Exploring")
    INVESTIGATING = "investigating", _("Investigating")
    COORDINATING = "coordinating", _("Helping by a plan")
    ENDED = "ended", _("Ended")


class AvgBasis(models.TextChoices):
    """On what of AVG article 6 a use of data rests."""

    CONSENT = "6(1)(a)", _("6(1)(a): consent of the resident")
    CONTRACT = "6(1)(b)", _("6(1)(b): a contract with the resident")
    OBLIGATION = "6(1)(c)", _("6(1)(c): an obligation by law")
    VITAL = "6(1)(d)", _("6(1)(d): someone's life is at stake")
    TASK = "6(1)(e)", _("6(1)(e): a task of general interest")
    INTEREST = "6(1)(f)", _("6(1)(f): a legitimate interest")
