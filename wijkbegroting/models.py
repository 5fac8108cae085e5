"""The money of a wijk: a year's budget, its lines, what is granted, and the ledger under it all."""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.models import Case, Resident, closed_to, who_acts
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel


class LedgerAccount(UUIDModel):
    """A place where cents are. Written by database functions only; `balance` is the kept sum of its postings."""

    class Kind(models.TextChoices):
        OUTSIDE = "outside", _("outside world")
        SOURCE = "source", _("source, not yet allocated")
        AVAILABLE = "available", _("available")
        RESERVED = "reserved", _("reserved")
        PAID = "paid", _("paid")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    line = models.ForeignKey("BudgetLine", on_delete=models.PROTECT, null=True, related_name="accounts")
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, related_name="accounts")
    balance = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=0)
    may_go_below_zero = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_account_is_overspent", condition=Q(may_go_below_zero=True) | Q(balance__gte=0)),
            models.UniqueConstraint(fields=["line", "kind"], name="one_account_per_line_and_kind"),
            models.UniqueConstraint(fields=["source", "kind"], name="one_account_per_source_and_kind"),
        ]


class JournalEntry(UUIDModel):
    """A balanced entry: what happened, by which command, for which thing. Never changed."""

    class Kind(models.TextChoices):
        RECEIVE = "receive", _("money received")
        ALLOCATE = "allocate", _("line approved")
        RESERVE = "reserve", _("reserved")
        PAY = "pay", _("paid")
        RELEASE = "release", _("released")

    # The command that posted it; the same command posts once.
    command = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # What it is about: a line, a source or a grant.
    reference = models.UUIDField()
    actor = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="journal_of_a_wijk")]
        constraints = [
            # The second phase happens once: a reservation is paid or released, never both and never twice.
            models.UniqueConstraint(
                fields=["reference"], condition=Q(kind__in=["pay", "release"]), name="reservation_resolved_once"
            ),
            models.UniqueConstraint(fields=["reference"], condition=Q(kind="reserve"), name="reserved_once"),
        ]


class Posting(models.Model):
    """One leg of an entry, in whole cents, with the balance after it. Never changed."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="postings")
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sequence"], name="postings_of_an_account_are_numbered"),
            models.CheckConstraint(name="a_posting_moves_something", condition=~Q(amount=0)),
        ]
        indexes = [models.Index(fields=["account", "at", "sequence"], include=["balance_after"], name="balance_at_a_moment")]

    def __str__(self) -> str:
        return f"posting {self.pk}"


class BudgetQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """What is of wijken whose money this person may see. Default: nothing."""
        return self.filter(unit__in=user.units_with(Permission.SEE_BUDGET)) if user.is_active else self.none()


class WijkBudget(UUIDModel):
    """The money of one wijk in one year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField()

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_budget_per_wijk_and_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("wijkbegroting:budget", args=[self.pk])


class Source(UUIDModel):
    """Where the money of a budget comes from: the gemeente, a fund, a corporation."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    budget = models.ForeignKey(WijkBudget, on_delete=models.PROTECT, related_name="sources")
    name = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.name


class BudgetLine(UUIDModel, StatefulModel):
    """A part of the budget with an intended effect. Proposed by the wijk, decided by the wijkwethouder."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        REJECTED = "rejected", _("Rejected")

    TRANSITIONS = {
        Status.PROPOSED: {Status.APPROVED, Status.RETURNED, Status.REJECTED},
        Status.RETURNED: {Status.PROPOSED},
    }

    class Effect(models.TextChoices):
        PHYSICAL = "physical", _("physical")
        SOCIAL = "social", _("social")
        ECONOMIC = "economic", _("economic")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    budget = models.ForeignKey(WijkBudget, on_delete=models.PROTECT, related_name="lines")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(_("name"), max_length=100)
    intention = models.CharField(max_length=300)
    effect = models.CharField(max_length=10, choices=Effect)
    # Whole cents.
    amount = models.PositiveBigIntegerField(validators=[MinValueValidator(1)])
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = BudgetQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="budget_line_proposer_is_not_approver",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("Proposer and approver are two people."),
            ),
            models.CheckConstraint(
                name="budget_line_decision_has_who_and_when",
                condition=Q(decided_by=None, decided_at=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["unit", "status"], name="lines_of_a_wijk")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wijkbegroting:line", args=[self.pk])


class MandateQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """Per wijk and role the entry signed last among those that hold today; the ones before it no longer count."""
        today = timezone.localdate()
        of_today = self.filter(starts_on__lte=today, ends_on__gte=today)
        newest = of_today.order_by("unit", "role", "-signed_at", "-pk").distinct("unit", "role")
        return self.filter(pk__in=newest.values("pk"))


class Mandate(UUIDModel):
    """A signed entry in the register: up to what amount a role in a wijk decides with a colleague's co-signature."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20, choices=[(role.code, role.name) for role in ROLES.values()])
    # Whole cents, for one grant.
    amount = models.PositiveBigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The mandate ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.starts_on}"


class GrantQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Grants one asked or signed, of cases one works on, that wait for a colleague, and of wijken whose money one decides on,
        pays or audits. Default: nothing.
        """
        if not user.is_active:
            return self.none()
        deciding = (Permission.DECIDE_ABOVE_MANDATE, Permission.PAY, Permission.READ_LEDGER)
        decides = Q(unit__in={unit for permission in deciding for unit in user.units_with(permission)})
        takes_part = (
            Q(unit__in=user.units_with(Permission.COSIGN), status=MaatwerkGrant.Status.ASKED)
            | Q(asked_by=user)
            | Q(cosigned_by=user)
            | Q(decided_by=user)
        )
        if user.has(Permission.ASK_MAATWERK):
            takes_part |= Q(case_id__in=Case.objects.visible_to(user).values("pk"))
        return self.filter(decides | (takes_part & self.of_open_cases(user)))

    @staticmethod
    def of_open_cases(user: User) -> Q:
        """Of cases that are not kept for others; the money of a protected resident is signed by who was named."""
        return ~Q(case_id__in=closed_to(user))

    def to_pay(self) -> Self:
        return self.filter(status=MaatwerkGrant.Status.APPROVED)


class MaatwerkGrant(UUIDModel, StatefulModel):
    """A tailor-made grant: asked with an argument, co-signed by a colleague, reserved, paid."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for a co-signature")
        COSIGNED = "cosigned", _("Waits for the wijkwethouder")
        APPROVED = "approved", _("Reserved, to be paid")
        PAID = "paid", _("Paid")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RELEASED = "released", _("Not paid, released")

    TRANSITIONS = {
        Status.ASKED: {Status.COSIGNED, Status.APPROVED, Status.REFUSED, Status.WITHDRAWN},
        Status.COSIGNED: {Status.APPROVED, Status.REFUSED, Status.WITHDRAWN},
        Status.APPROVED: {Status.PAID, Status.RELEASED},
    }

    class Payee(models.TextChoices):
        RESIDENT = "resident", _("the resident")
        SUPPLIER = "supplier", _("a shop or supplier")
        LANDLORD = "landlord", _("a landlord")

    class Method(models.TextChoices):
        BANK = "bank", _("bank transfer")
        CASH = "cash", _("cash at the loket")
        SHOP = "shop", _("account at a shop")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    # Whom the payment is for: who pays cannot open the case, and the access log still must tell whose data they saw.
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="grants")
    # Whole cents.
    amount = models.PositiveBigIntegerField(validators=[MinValueValidator(1)])
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    # Written for those who decide, without a name; the story itself does not travel.
    purpose = EncryptedTextField(subject="case_id")
    why_not_regular = EncryptedTextField(subject="case_id")
    expected_return = EncryptedTextField(subject="case_id")
    payee_kind = models.CharField(max_length=10, choices=Payee)
    method = models.CharField(max_length=10, choices=Method)
    payee_name = EncryptedTextField(subject="case_id")
    iban = EncryptedTextField(subject="case_id")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    cosigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cosigned_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedTextField(subject="case_id")
    # The mandate under which it was decided; empty when the wijkwethouder decided above it.
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    paid_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)
    payment_reference = models.CharField(max_length=35, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="asker_and_cosigner_are_two",
                condition=Q(cosigned_by=None) | ~Q(cosigned_by=F("asked_by")),
                violation_error_message=_("Asker and co-signer are two people."),
            ),
            models.CheckConstraint(name="asker_does_not_decide_alone", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(
                name="payer_neither_asked_nor_decided",
                condition=Q(paid_by=None)
                | (~Q(paid_by=F("asked_by")) & ~Q(paid_by=F("cosigned_by")) & ~Q(paid_by=F("decided_by"))),
                violation_error_message=_("Who pays is neither who asked nor who decided."),
            ),
            models.CheckConstraint(
                name="approved_means_cosigned_and_decided",
                condition=~Q(status__in=["approved", "paid", "released"]) | Q(cosigned_by__isnull=False, decided_by__isnull=False),
            ),
            *(
                models.CheckConstraint(
                    name=f"grant_{act}_has_who_and_when",
                    condition=Q(**{f"{act}_by": None, f"{act}_at": None})
                    | Q(**{f"{act}_by__isnull": False, f"{act}_at__isnull": False}),
                )
                for act in ("cosigned", "decided", "paid")
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status", "asked_at"], name="grants_of_a_wijk"),
            models.Index(fields=["case", "-asked_at"], name="grants_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("wijkbegroting:grant", args=[self.pk])
