"""What a convenant says in words: its purposes, its clauses, and how long data are kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from luisterloket.platform.models import UUIDModel

from .agreement import ConvenantVersion
from .vocabulary import DataCategory, Purpose


class PurposeOfVersion(UUIDModel):
    """That a version is about this purpose, and in words why it needs data and when that stops."""

    version = models.ForeignKey(ConvenantVersion, on_delete=models.PROTECT, related_name="purposes")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "purpose"], name="purpose_once_per_version")]

    def __str__(self) -> str:
        return self.purpose_id


class Clause(UUIDModel):
    """An article of the text: definitions, secrecy, incidents, joining, evaluation."""

    version = models.ForeignKey(ConvenantVersion, on_delete=models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=10_000)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="clause_number_once_per_version")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


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

    @property
    def length(self) -> str:
        """How long, as one says it: in years when it is whole years."""
        years, rest = divmod(self.months, 12)
        if years and not rest:
            return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
        return ngettext("%(n)d month", "%(n)d months", self.months) % {"n": self.months}
