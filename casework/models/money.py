"""What comes in, what goes out and what is owed (capability C60). Rough is fine: a line says how sure its amount is."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.signs import Threat
from luisterloket.people.models import Unit
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .residents import Resident, who_acts


class Sureness(models.TextChoices):
    EXACT = "exact", _("Exactly this")
    ABOUT = "about", _("About this")
    BETWEEN = "between", _("Between two amounts")
    UNKNOWN = "unknown", _("Don’t know")


class Period(models.TextChoices):
    WEEK = "week", _("a week")
    FOUR_WEEKS = "four_weeks", _("per four weeks")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


def _amounts_fit(name: str) -> models.CheckConstraint:
    """An unknown amount is none at all; every other has a least and a most, which only differ when it lies between two."""
    unknown = Q(sureness="unknown", least=None, most=None)
    between = Q(sureness="between", least__gte=0, most__gt=F("least"))
    one = Q(sureness__in=["exact", "about"], least__gt=0, most=F("least"))
    return models.CheckConstraint(name=name, condition=unknown | between | one)


class MoneyLine(UUIDModel):
    """A line of the money sheet of a case, in whole cents. It ends or is paid, and is never removed; history keeps the rest."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")
    # Whose it is, in the household; empty when it is of all together or was not said.
    whose = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="+")
    sureness = models.CharField(max_length=10, choices=Sureness)
    least = models.PositiveBigIntegerField(null=True, blank=True)
    most = models.PositiveBigIntegerField(null=True, blank=True)
    text = EncryptedTextField()
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["noted_at", "id"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class PeriodicLine(MoneyLine):
    """Something that comes in or goes out again and again, until it ends."""

    period = models.CharField(max_length=10, choices=Period, default=Period.MONTH)
    ended_on = models.DateField(null=True, blank=True)

    class Meta(MoneyLine.Meta):
        abstract = True


class IncomeLine(PeriodicLine):
    """What comes in."""

    class Kind(models.TextChoices):
        WAGE = "wage", _("Wages")
        BENEFIT = "benefit", _("Benefit")
        PENSION = "pension", _("Pension or AOW")
        ALLOWANCE = "allowance", _("Allowances (toeslagen)")
        CHILD_BENEFIT = "child_benefit", _("Child benefit")
        ALIMONY = "alimony", _("Alimony")
        STUDENT_FINANCE = "student_finance", _("Student finance")
        FAMILY = "family", _("Help of family or friends")
        OTHER = "other", _("Other income")

    kind = models.CharField(max_length=20, choices=Kind)

    history = HistoricalRecords(get_user=who_acts)

    class Meta(PeriodicLine.Meta):
        constraints = [_amounts_fit("income_amounts_fit")]


class CostLine(PeriodicLine):
    """A fixed cost, or what one needs to live on."""

    class Kind(models.TextChoices):
        RENT = "rent", _("Rent or mortgage")
        ENERGY = "energy", _("Gas and electricity")
        WATER = "water", _("Water")
        HEALTH_INSURANCE = "health_insurance", _("Health insurance")
        INSURANCE = "insurance", _("Other insurance")
        PHONE = "phone", _("Telephone and internet")
        TAX = "tax", _("Taxes")
        TRANSPORT = "transport", _("Transport")
        GROCERIES = "groceries", _("Groceries")
        CHILDREN = "children", _("Children and school")
        INSTALMENT = "instalment", _("Paying off debts")
        OTHER = "other", _("Other costs")

    kind = models.CharField(max_length=20, choices=Kind)

    history = HistoricalRecords(get_user=who_acts)

    class Meta(PeriodicLine.Meta):
        constraints = [_amounts_fit("cost_amounts_fit")]


class DebtStatus(models.TextChoices):
    OPEN = "open", _("Open")
    ARRANGEMENT = "arrangement", _("Payment arrangement")
    BAILIFF = "bailiff", _("With the bailiff")
    PAUSED = "paused", _("Collection paused")
    DISPUTED = "disputed", _("Disputed")
    PAID = "paid", _("Paid off")
    DROPPED = "dropped", _("No longer owed")


ENDED = {DebtStatus.PAID, DebtStatus.DROPPED}
OWED = set(DebtStatus) - ENDED


class DebtQuerySet(models.QuerySet):
    def owed(self) -> Self:
        return self.filter(status__in=OWED)

    def threatening(self) -> Self:
        """Owed, with a threat over which nobody has sat down with the resident yet."""
        return self.owed().exclude(threat="").filter(talked_on=None)

    def paused(self) -> Self:
        return self.filter(status=DebtStatus.PAUSED)


class Debt(MoneyLine, StatefulModel):
    """What is owed to one creditor, who collects it now, and who let the collection rest until when."""

    class Creditor(models.TextChoices):
        """The partners of the DDAS model for early signals, and whom one also meets at a kitchen table."""

        RENT = "rent", _("Landlord")
        MORTGAGE = "mortgage", _("Mortgage")
        ENERGY = "energy", _("Energy")
        WATER = "water", _("Water")
        HEALTH_INSURER = "health_insurer", _("Health insurer")
        CAK = "cak", _("CAK")
        TAX = "tax", _("Tax office")
        ALLOWANCES = "allowances", _("Dienst Toeslagen")
        DUO = "duo", _("DUO (student debt)")
        GEMEENTE = "gemeente", _("Gemeente")
        FINE = "fine", _("Fine (CJIB)")
        PHONE = "phone", _("Telephone and internet")
        BANK = "bank", _("Bank or loan")
        SHOP = "shop", _("Shop or mail order")
        FAMILY = "family", _("Family or friends")
        OTHER = "other", _("Other")

    Threat = Threat
    Status = DebtStatus
    # An end that was noted by mistake is taken back, and then it is simply open again.
    TRANSITIONS = {
        **{status: (OWED | ENDED) - {status} for status in OWED},
        **dict.fromkeys(ENDED, {Status.OPEN}),
    }

    creditor = EncryptedTextField()
    kind = models.CharField(max_length=20, choices=Creditor)
    since = EncryptedTextField()
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    # Who lets the collection rest: a person or a desk, as it was said.
    paused_by = EncryptedTextField()
    paused_until = models.DateField(null=True, blank=True)
    threat = models.CharField(max_length=20, choices=Threat, blank=True)
    threat_on = models.DateField(null=True, blank=True)
    # From here the three working days run.
    threatened_at = models.DateTimeField(null=True, blank=True)
    talked_on = models.DateField(null=True, blank=True)

    objects = DebtQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta(MoneyLine.Meta):
        constraints = [
            _amounts_fit("debt_amounts_fit"),
            models.CheckConstraint(name="a_pause_has_an_end", condition=~Q(status="paused") | Q(paused_until__isnull=False)),
            models.CheckConstraint(name="a_threat_has_a_start", condition=Q(threat="") | Q(threatened_at__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["case", "paused_until"], name="pauses_of_a_case", condition=Q(status="paused")),
            models.Index(fields=["case", "threatened_at"], name="threats_of_a_case", condition=~Q(threat="") & Q(talked_on=None)),
        ]
