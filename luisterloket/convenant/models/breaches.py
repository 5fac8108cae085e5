"""The register of data breaches (AVG article 33, paragraph 5): what happened, what was decided, and every step of it."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.law import LegalTerm
from luisterloket.platform.models import UUIDModel

# Counted from when it was discovered, in hours of the clock: nights and weekends count.
NOTIFY_WITHIN = LegalTerm(timedelta(hours=72), "AVG", "art. 33 lid 1", date(2026, 11, 26))
# Of the time that is left the privacy officer is told at these hours; the last is the term itself.
WARNED_AT = (24, 48, 72)


class BreachQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def clock_runs(self) -> Self:
        """Of which it was not decided yet whether the authority is told."""
        return self.open().filter(ap="")


class Breach(UUIDModel):
    """Personal data were lost, changed, or seen by who should not have. The clock runs from when it was discovered."""

    class Data(models.TextChoices):
        """What kind of data; a code, so that the register can be counted and given without a word about anyone."""

        NAMES = "names", _("Names and addresses")
        NUMBER = "number", _("Identity number (BSN)")
        MONEY = "money", _("Money and debts")
        HEALTH = "health", _("Health or how someone feels")
        FAMILY = "family", _("Children and family")
        JUSTICE = "justice", _("Police and justice")
        STORY = "story", _("What someone told")
        STAFF = "staff", _("Data of colleagues")
        OTHER = "other", _("Something else")

    class People(models.TextChoices):
        """Roughly how many people it is about."""

        ONE = "one", _("1 person")
        FEW = "few", _("2 to 10")
        TENS = "tens", _("11 to 100")
        HUNDREDS = "hundreds", _("101 to 1,000")
        MORE = "more", _("More than 1,000")
        UNKNOWN = "unknown", _("Not known yet")

    class Risk(models.TextChoices):
        UNLIKELY = "unlikely", _("Probably no risk for people")
        RISK = "risk", _("A risk for people")
        HIGH = "high", _("A high risk for people")

    class Told(models.TextChoices):
        TOLD = "told", _("Told")
        NOT = "not", _("Not told")

    # Of who reported it.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now)
    discovered_at = models.DateTimeField()
    what = EncryptedTextField()
    data = ArrayField(models.CharField(max_length=10, choices=Data))
    people = models.CharField(max_length=10, choices=People)
    # What it was found at, such as a look in the access log: a kind and an id.
    about = models.CharField(max_length=60, blank=True)
    # How it stands; each is set by a step.
    risk = models.CharField(max_length=10, choices=Risk, blank=True)
    ap = models.CharField(max_length=5, choices=Told, blank=True)
    ap_told_at = models.DateTimeField(null=True, blank=True)
    residents = models.CharField(max_length=5, choices=Told, blank=True)
    residents_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # After how many hours it was last said that the clock runs.
    warned = models.PositiveSmallIntegerField(default=0)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ["-discovered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_breach_is_reported_after_it_was_found", condition=Q(reported_at__gte=models.F("discovered_at"))
            ),
            models.CheckConstraint(
                name="told_to_the_authority_at_a_moment",
                condition=Q(ap="told", ap_told_at__isnull=False) | (~Q(ap="told") & Q(ap_told_at=None)),
            ),
            models.CheckConstraint(
                name="told_to_residents_at_a_moment",
                condition=Q(residents="told", residents_told_at__isnull=False) | (~Q(residents="told") & Q(residents_told_at=None)),
            ),
            # AVG 33(1): only what is unlikely to be a risk is not told to the authority.
            models.CheckConstraint(name="a_risk_is_told_to_the_authority", condition=~Q(ap="not") | Q(risk="unlikely")),
            models.CheckConstraint(
                name="a_closed_breach_was_decided",
                condition=Q(closed_at=None) | (~Q(risk="") & ~Q(ap="") & ~Q(residents="")),
            ),
        ]
        indexes = [models.Index(fields=["discovered_at"], name="breaches_of_which_clock_runs", condition=Q(closed_at=None, ap=""))]

    def __str__(self) -> str:
        return f"breach {self.pk}"

    @property
    def number(self) -> str:
        """How it is called in the register and on paper; says nothing."""
        return f"{timezone.localtime(self.discovered_at):%Y%m%d}-{self.pk.hex[:4]}"

    @property
    def due_at(self) -> datetime:
        """Until when the authority must hear of it."""
        return self.discovered_at + NOTIFY_WITHIN.length

    @property
    def clock_runs(self) -> bool:
        return self.closed_at is None and not self.ap

    @property
    def is_late(self) -> bool:
        return self.clock_runs and timezone.now() > self.due_at

    @property
    def hours_left(self) -> int:
        """Whole hours, down; below nought when it is over."""
        return int((self.due_at - timezone.now()).total_seconds() // 3600)

    @property
    def state(self) -> Any:
        """How it stands, in words that the one who reported it may read."""
        if self.closed_at:
            return _("Closed")
        return _("Being looked into") if self.risk or self.ap else _("Received")

    @property
    def data_names(self) -> list[str]:
        return [str(self.Data(code).label) for code in self.data]


class BreachStep(UUIDModel):
    """One step of handling a breach. Never changed or removed; the owner of the database may only wrap its text anew."""

    class Kind(models.TextChoices):
        ASSESSED = "assessed", _("Risk judged")
        AP_TOLD = "ap_told", _("Told to the Autoriteit Persoonsgegevens")
        AP_NOT = "ap_not", _("Not told to the Autoriteit Persoonsgegevens")
        RESIDENTS_TOLD = "residents_told", _("Told to the people it is about")
        RESIDENTS_NOT = "residents_not", _("Not told to the people it is about")
        MEASURE = "measure", _("Measure taken")
        CLOSED = "closed", _("Closed")

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=15, choices=Kind)
    risk = models.CharField(max_length=10, choices=Breach.Risk, blank=True)
    # When it was told, which may be earlier than when it was written down.
    moment = models.DateTimeField(null=True, blank=True)
    text = EncryptedTextField(subject="breach_id")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.breach_id}"
