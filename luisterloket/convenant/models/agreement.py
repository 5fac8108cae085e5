"""The data-sharing agreement as data: who may see what of whom, for what purpose, on what ground, and who looked.

A convenant is no legal ground itself: each party has its own task and its own ground per purpose and data category (AVG
articles 6 and 9). No ground, no authorisation; no authorisation, nothing to see.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Organisation
from luisterloket.people.roles import ROLES
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

# The version that a preview lets decide. Nobody but the preview sets it.
_decides: ContextVar[UUID | None] = ContextVar("decides", default=None)
# What the ground is when it is the resident's own yes, and for special data the explicit one.
CONSENT = "6(1)(a)"
EXPLICIT_CONSENT = "9(2)(a)"


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


class ConvenantVersion(UUIDModel, StatefulModel):
    """One version of the agreement. In force only when signed; changed only by a next version."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in_force", _("In force")
        ENDED = "ended", _("Ended")

    TRANSITIONS = {Status.DRAFT: {Status.IN_FORCE}, Status.IN_FORCE: {Status.ENDED}}

    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="convenant_version_once"),
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="in_force"),
                name="one_convenant_version_in_force",
                violation_error_message=_("Another version is in force: end that one first."),
            ),
            models.CheckConstraint(name="convenant_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="convenant_in_force_is_signed",
                condition=Q(status="draft") | Q(signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"

    @classmethod
    def in_force(cls) -> Self | None:
        """The version that decides today, if there is one."""
        return cls.objects.filter(of_today()).first()


def of_today(prefix: str = "") -> Q:
    """The condition under which a convenant version decides: in force today, or the one of a preview (`deciding`)."""
    if (previewed := _decides.get()) is not None:
        return Q(**{f"{prefix}pk": previewed})
    today = timezone.localdate()
    return Q(
        **{f"{prefix}status": ConvenantVersion.Status.IN_FORCE, f"{prefix}starts_on__lte": today, f"{prefix}ends_on__gte": today}
    )


@contextmanager
def deciding(version: ConvenantVersion) -> Iterator[None]:
    """Inside, `version` decides instead of the one in force. For the preview of a draft with a made-up case, and nothing else."""
    token = _decides.set(version.pk)
    try:
        yield
    finally:
        _decides.reset(token)


class ConvenantParty(UUIDModel):
    """An organisation that signed this version."""

    class Kind(models.TextChoices):
        CORE = "core", _("core partner")
        INCIDENTAL = "incidental", _("incidental partner")

    version = models.ForeignKey(ConvenantVersion, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="convenants")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CORE)
    signed_by = models.CharField(max_length=150)
    signed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "organisation"], name="party_once_per_version")]

    def __str__(self) -> str:
        return str(self.organisation)


class LegalGround(UUIDModel):
    """Why one party may use one category for one purpose."""

    party = models.ForeignKey(ConvenantParty, on_delete=models.PROTECT, related_name="grounds")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT)
    category = models.ForeignKey(DataCategory, on_delete=models.PROTECT)
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100, blank=True)
    # AVG article 6 basis, for example "6(1)(e)"; and for special data the exception, for example "UAVG 30(1)(a)".
    avg_basis = models.CharField(max_length=20)
    exception = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "purpose", "category"], name="one_ground_per_party_purpose_category")
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.law, self.article]))

    @property
    def needs_consent(self) -> bool:
        """Whether the resident's own yes is what makes it lawful (AVG articles 6(1)(a) and 9(2)(a))."""
        return self.avg_basis == CONSENT or self.exception == EXPLICIT_CONSENT


class Authorisation(UUIDModel):
    """A cell of the matrix: this role of this party may read, or add to, this category for this purpose. No row: nothing."""

    class Level(models.TextChoices):
        READ = "read", _("Read")
        CONTRIBUTE = "contribute", _("Contribute")

    version = models.ForeignKey(ConvenantVersion, on_delete=models.PROTECT, related_name="authorisations")
    party = models.ForeignKey(ConvenantParty, on_delete=models.PROTECT, related_name="authorisations")
    role = models.CharField(max_length=20, choices=[(role.code, role.name) for role in ROLES.values()])
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT)
    category = models.ForeignKey(DataCategory, on_delete=models.PROTECT)
    # The Wams bill allows data per phase of help; until it is law every cell holds for any phase.
    phase = models.CharField(max_length=20, default="any")
    level = models.CharField(max_length=10, choices=Level)
    ground = models.ForeignKey(LegalGround, on_delete=models.PROTECT, related_name="authorisations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party", "role", "purpose", "category", "phase"], name="one_cell_of_the_matrix"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.category_id} {self.level}"


class RetentionTerm(UUIDModel):
    """How long this version lets one category be kept, from when, and under what law. Without a term nothing is thrown away."""

    class Starts(models.TextChoices):
        CASE_ENDED = "case_ended", _("when the case ended")
        RECORDED = "recorded", _("when it was written down")

    version = models.ForeignKey(ConvenantVersion, on_delete=models.PROTECT, related_name="retention_terms")
    category = models.ForeignKey(DataCategory, on_delete=models.PROTECT)
    months = models.PositiveSmallIntegerField()
    starts = models.CharField(max_length=12, choices=Starts, default=Starts.CASE_ENDED)
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100, blank=True)
    # When someone last read that the law still says so.
    checked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "category"], name="one_retention_term_per_category"),
            models.CheckConstraint(name="retention_term_is_some_time", condition=Q(months__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.category_id}: {self.months}"
