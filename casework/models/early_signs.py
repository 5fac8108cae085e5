"""Early signs (vroegsignalen): a light first contact, without a file."""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.signs import Threat
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .contacts import ContactMoment
from .follow_ups import FlaggedBecause, units_watched
from .intakes import Intake

# How long the words of a settled sign stay, in days; what became part of a case stays there.
WIPED_AFTER = 30


class EarlySignQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Those of the wijken in which one works. What came into a case is there for who may open that case."""
        units = user.units_with(Permission.LISTEN) if user.is_active else ()
        opens = Case.objects.visible_to(user).values("pk")
        return self.filter(Q(case=None) | Q(case__in=opens), unit__in=units) if units else self.none()

    def open(self) -> Self:
        return self.exclude(status=EarlySign.Status.SETTLED)

    def to_watch(self, user: User) -> Self:
        """What was flagged, for who sees to it that somebody does it."""
        return self.visible_to(user).open().filter(flagged_at__isnull=False, unit__in=units_watched(user))


class EarlySign(UUIDModel, StatefulModel):
    """A worry before there is a conversation: seen, told or signalled. It is no file: no resident and no case are made.

    As long as it is not settled it has an owner and a day. An arrears signal comes from a partner for fixed costs under article 3
    and 4 Wet gemeentelijke schuldhulpverlening: a first conversation within four weeks, and within three working days when someone
    may be put out of their home, cut off or lose their health insurance. The partner may send contact data and an amount only after
    its own effort (article 2 Besluit gemeentelijke schuldhulpverlening, Stb. 2020, 240). Fields and codes for it are those of the
    VNG model for early signals (DDAS vroegsignalering 1.0). Taking signals in by machine is the municipality's task, not ours.
    """

    class Status(models.TextChoices):
        NEW = "new", _("New")
        CONTACTED = "contacted", _("Contact was sought")
        SETTLED = "settled", _("Settled")

    # Settled as a conversation that was thrown away after all: then it is open again.
    TRANSITIONS = {
        Status.NEW: {Status.CONTACTED, Status.SETTLED},
        Status.CONTACTED: {Status.CONTACTED, Status.SETTLED},
        Status.SETTLED: {Status.CONTACTED},
    }

    class Kind(models.TextChoices):
        NEIGHBOUR = "neighbour", _("A worry of a neighbour or family")
        ARREARS = "arrears", _("A signal of arrears")
        AT_THE_DOOR = "at_the_door", _("Something seen at the door")
        PHONE = "phone", _("A telephone call")
        OTHER = "other", _("Something else")

    class Partner(models.TextChoices):
        """Who signals arrears, as DDAS names them."""

        ENERGY = "energy", _("Energy")
        RENT = "rent", _("Rent")
        MORTGAGE = "mortgage", _("Mortgage")
        HEALTH_INSURANCE = "health_insurance", _("Health insurance")
        CAK = "cak", _("CAK")
        WATER = "water", _("Water")
        DUO = "duo", _("DUO")
        TAX = "tax", _("Tax office")
        ALLOWANCES = "allowances", _("Dienst Toeslagen")
        OTHER = "other", _("Another partner")

    class Outcome(models.TextChoices):
        NOTHING_NEEDED = "nothing_needed", _("Nothing is needed")
        NO_HELP = "no_help", _("They do not want help")
        NOT_REACHED = "not_reached", _("They could not be reached")
        CONVERSATION = "conversation", _("It became a conversation")
        KNOWN_CASE = "known_case", _("It belongs to a case")

    # What is settled by a word; the other outcomes come of what is done.
    BY_HAND = (Outcome.NOTHING_NEEDED, Outcome.NO_HELP, Outcome.NOT_REACHED)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    kind = models.CharField(max_length=12, choices=Kind)
    about = EncryptedTextField()
    place = EncryptedTextField()
    seen = EncryptedTextField()
    told_by = EncryptedTextField()
    # Who told it wants to hear that something was done with it; never what.
    wants_to_hear = models.BooleanField(default=False)
    heard_back = models.BooleanField(default=False)
    partner = models.CharField(max_length=20, choices=Partner, blank=True)
    # Whole cents.
    amount = models.PositiveBigIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    signal_on = models.DateField(null=True, blank=True)
    threat = models.CharField(max_length=20, choices=Threat, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    late_on = models.DateField()
    flagged_at = models.DateTimeField(null=True, blank=True)
    flagged_because = models.CharField(max_length=10, choices=FlaggedBecause, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, null=True, blank=True, related_name="early_sign")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="early_signs")
    wiped_at = models.DateTimeField(null=True, blank=True)

    objects = EarlySignQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="early_sign_settled_by_someone",
                condition=(~Q(status="settled") & Q(outcome="", settled_at=None, settled_by=None))
                | (Q(status="settled", settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="arrears_have_a_partner", condition=~Q(kind="arrears") | ~Q(partner="")),
            models.CheckConstraint(name="only_what_is_settled_is_wiped", condition=Q(wiped_at=None) | Q(status="settled")),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on"], name="early_signs_open", condition=~Q(status="settled")),
            models.Index(fields=["late_on"], name="early_signs_that_run", condition=~Q(status="settled") & Q(flagged_at=None)),
            models.Index(fields=["settled_at"], name="early_signs_to_wipe", condition=Q(status="settled", wiped_at=None)),
        ]

    def __str__(self) -> str:
        return f"early sign {self.pk}"


class SignAttempt(UUIDModel):
    """One time that someone was sought about an early sign, in the words of a contact moment."""

    sign = models.ForeignKey(EarlySign, on_delete=models.CASCADE, related_name="attempts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    part_of_day = models.CharField(max_length=10, choices=ContactMoment.PartOfDay)
    kind = models.CharField(max_length=10, choices=ContactMoment.Kind)
    result = models.CharField(max_length=12, choices=ContactMoment.Result)
    text = EncryptedTextField()
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-noted_at"]

    def __str__(self) -> str:
        return f"attempt {self.pk}"
