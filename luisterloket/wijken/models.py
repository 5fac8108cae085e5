"""A wijk is a set of CBS areas with its own way of working."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from luisterloket.platform.models import UUIDModel


class Area(models.Model):
    """A CBS area: a wijk (`WK` and 6 digits) or a buurt (`BU` and 8). Its code starts with that of its gemeente.

    CBS numbers its areas anew each year, hence the reference year.
    """

    code = models.CharField(
        max_length=10, validators=[RegexValidator(r"^(WK\d{6}|BU\d{8})$", _("Use WK with 6 or BU with 8 digits."))]
    )
    name = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="area_once_a_year"),
            models.CheckConstraint(
                name="area_code_is_of_cbs",
                condition=models.Q(code__regex=r"^(WK[0-9]{6}|BU[0-9]{8})$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def gemeente(self) -> str:
        """The CBS code of the gemeente that this area lies in."""
        return f"GM{self.code[2:6]}"


# How long after a case was opened one asks how it goes, in days; how the days of waakvlam grow; after how many working days a
# next contact counts as late.
FIRST_CONTACT_DAYS = 7
LATE_AFTER_DAYS = 3


def usual_rhythm() -> list[int]:
    return [14, 30, 60, 90]


class Wijk(UUIDModel):
    """The working area of one listening desk."""

    name = models.CharField(max_length=100, unique=True)
    city = models.CharField(max_length=100)
    areas = models.ManyToManyField(Area, related_name="wijken")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def way_of_working(self) -> "WayOfWorking":
        return self.ways_of_working.order_by("-version")[0]


class WayOfWorking(UUIDModel):
    """How a wijk has chosen to work; each choice is a new version, so that an old decision keeps its rule."""

    wijk = models.ForeignKey(Wijk, on_delete=models.PROTECT, related_name="ways_of_working")
    version = models.PositiveIntegerField()
    starts_on = models.DateField()
    # Capability C58: the whole team is involved in every case of the wijk.
    team_is_involved = models.BooleanField(default=False)
    # Codes of life domains, in the order in which this wijk asks about them.
    domain_order = models.JSONField(default=list)
    greeting = models.TextField(blank=True)
    # Questions of the wijk's own: a list of {code, text, category}. A new question is a new version, not a new column.
    questions = models.JSONField(default=list)
    first_contact_days = models.PositiveSmallIntegerField(default=FIRST_CONTACT_DAYS)
    waakvlam_rhythm = models.JSONField(default=usual_rhythm)
    late_after_days = models.PositiveSmallIntegerField(default=LATE_AFTER_DAYS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wijk", "version"], name="way_of_working_version_once")]

    def __str__(self) -> str:
        return f"{self.wijk} {self.version}"
