"""The matrix: which role of which party may read, or add to, what, for what purpose, on what legal ground."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import ROLES
from luisterloket.platform.models import UUIDModel

from .agreement import ConvenantParty, ConvenantVersion
from .vocabulary import DataCategory, Law, Phase, Purpose

# What the ground is when it is the resident's own yes, and for special data the explicit one.
CONSENT = "6(1)(a)"
EXPLICIT_CONSENT = "9(2)(a)"


def says(article: str, basis: str) -> bool:
    """Whether an article names this basis already, as the AVG or as a Dutch lawyer writes it: 6(1)(a), 6 lid 1 onder a."""
    in_dutch = re.sub(r"^(\d+)\((\d)\)\((\w)\)$", r"\1 lid \2 onder \3", basis)
    return bool(basis) and (basis in article or in_dutch in article)


def asks_consent(avg_basis: str, exception: str) -> bool:
    """Whether this basis, or this exception for special data, is the resident's own yes."""
    return avg_basis == CONSENT or exception == EXPLICIT_CONSENT


class LegalGround(UUIDModel):
    """Why one party may use one category for one purpose."""

    party = models.ForeignKey(ConvenantParty, on_delete=models.PROTECT, related_name="grounds")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT)
    category = models.ForeignKey(DataCategory, on_delete=models.PROTECT)
    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="grounds")
    article = models.CharField(max_length=100, blank=True)
    # AVG article 6 basis, for example "6(1)(e)"; and for special data the exception, for example "UAVG 30(1)(a)".
    avg_basis = models.CharField(max_length=20)
    exception = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "purpose", "category"], name="one_ground_per_party_purpose_category")
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.law.name, self.article]))

    @property
    def beside(self) -> str:
        """The AVG basis and the exception, as far as the article itself does not say them already."""
        said = [says(self.article, one) for one in (self.avg_basis, self.exception)]
        basis = "" if said[0] else f"AVG {self.avg_basis}"
        return ", ".join(filter(None, [basis, "" if said[1] else self.exception]))

    @property
    def needs_consent(self) -> bool:
        """Whether the resident's own yes is what makes it lawful (AVG articles 6(1)(a) and 9(2)(a))."""
        return asks_consent(self.avg_basis, self.exception)


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
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.ANY)
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
