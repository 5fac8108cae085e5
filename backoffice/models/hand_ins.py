"""Residents who are handed in at a loket by a desk, by who collects for the municipality, or by who signals arrears.

Two rows, each behind its own wall: what the sender wrote and may hear of it, and what the loket does with it.
"""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case, EarlySign, Intake
from casework.signs import Threat
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .desks import Urgency


class HandInQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Those of the sender's own unit. Default: nothing. What a loket received is asked with `received_by`."""
        units = user.units_with(Permission.HAND_IN) if user.is_active else ()
        return self.filter(desk_unit__in=units) if units else self.none()

    def received_by(self, user: User) -> Self:
        """Those that came in at this person's loket, and those that are part of a case they may open."""
        return self.filter(reception__in=Reception.objects.visible_to(user).values("pk"))

    def to_answer(self) -> Self:
        return self.filter(status=HandIn.Status.SENT)

    def running(self) -> Self:
        """The sender still waits to hear something."""
        return self.filter(status__in=HandIn.RUNNING)


class HandIn(UUIDModel, StatefulModel):
    """Someone as a sender handed them in (overdracht), and what that sender may know of what became of it.

    Nothing on this row says whether the loket knew the person, who works with them, or what they tell. A signal of arrears
    comes under article 3 Wet gemeentelijke schuldhulpverlening and article 2 Besluit gemeentelijke schuldhulpverlening: contact
    data and an amount, after the sender's own effort. The words are wiped some time after it was answered.
    """

    class Status(models.TextChoices):
        SENT = "sent", _("Handed in")
        ACCEPTED = "accepted", _("Taken on")
        SENT_BACK = "sent_back", _("Sent back")
        CONCLUDED = "concluded", _("Concluded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    # Taken on as a conversation that was thrown away after all: then it waits again.
    TRANSITIONS = {
        Status.SENT: {Status.ACCEPTED, Status.SENT_BACK, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.CONCLUDED, Status.SENT},
    }
    RUNNING = (Status.SENT, Status.ACCEPTED)

    class Kind(models.TextChoices):
        DESK = "desk", _("A question that a desk cannot answer alone")
        COLLECTION = "collection", _("A debt that the municipality collects")
        ARREARS = "arrears", _("A signal of arrears")

    class Knows(models.TextChoices):
        """Whether the resident knows of it. To agree is no condition: the ground is a task in a law."""

        AGREES = "agrees", _("Knows, and agrees")
        KNOWS = "knows", _("Knows")
        NOT = "not", _("Does not know yet")

    class SentBack(models.TextChoices):
        """Why a loket cannot take it on. No reason tells anything of the resident."""

        OTHER_WIJK = "other_wijk", _("It belongs to another wijk")
        INCOMPLETE = "incomplete", _("Something is missing")
        OTHER_PLACE = "other_place", _("It is not something for a loket")
        NO_GROUND = "no_ground", _("There is no ground to hand this in")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hand_ins")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status, default=Status.SENT)
    kind = models.CharField(max_length=10, choices=Kind)
    # What plays is of one kind of data, for which the sender has a ground of its own, fixed as it was at sending.
    category = models.CharField(max_length=50)
    legal_ground = models.CharField(max_length=310)
    convenant_version_id = models.UUIDField()
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    knows = models.CharField(max_length=6, choices=Knows)
    # As the sender has it: their own number, and the person as they know them.
    reference = EncryptedTextField()
    name = EncryptedTextField()
    born = EncryptedTextField()
    phone = EncryptedTextField()
    email = EncryptedTextField()
    address = EncryptedTextField()
    text = EncryptedTextField()
    # Of arrears and of a debt that is collected. Whole cents.
    partner = models.CharField(max_length=20, choices=EarlySign.Partner, blank=True)
    amount = models.PositiveBigIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    signal_on = models.DateField(null=True, blank=True)
    threat = models.CharField(max_length=20, choices=Threat, blank=True)
    # Until when the loket answers and, once it was taken on, tells what came of it.
    due_on = models.DateField()
    late_flagged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.CharField(max_length=12, choices=SentBack, blank=True)
    sent_back_words = EncryptedTextField()
    concluded_at = models.DateTimeField(null=True, blank=True)
    contact_made = models.BooleanField(null=True, blank=True)
    plan_made = models.BooleanField(null=True, blank=True)
    wiped_at = models.DateTimeField(null=True, blank=True)

    objects = HandInQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_hand_in_is_sent_back_with_a_reason",
                condition=(Q(status="sent_back") & ~Q(sent_back="")) | (~Q(status="sent_back") & Q(sent_back="")),
            ),
            models.CheckConstraint(
                name="a_concluded_hand_in_says_what_came_of_it",
                condition=Q(status="concluded", concluded_at__isnull=False, contact_made__isnull=False, plan_made__isnull=False)
                | (~Q(status="concluded") & Q(concluded_at=None, contact_made=None, plan_made=None)),
            ),
            models.CheckConstraint(name="handed_in_arrears_have_a_partner", condition=~Q(kind="arrears") | ~Q(partner="")),
            models.CheckConstraint(name="only_an_answered_hand_in_is_wiped", condition=Q(wiped_at=None) | ~Q(status="sent")),
        ]
        indexes = [
            models.Index(fields=["desk_unit", "-sent_at"], name="hand_ins_of_a_sender"),
            models.Index(fields=["unit", "due_on"], name="hand_ins_that_wait", condition=Q(status__in=["sent", "accepted"])),
            models.Index(
                fields=["due_on"],
                name="hand_ins_that_run",
                condition=Q(status__in=["sent", "accepted"], late_flagged_at=None),
            ),
            models.Index(fields=["answered_at"], name="hand_ins_to_wipe", condition=Q(answered_at__isnull=False, wiped_at=None)),
        ]

    def __str__(self) -> str:
        return f"hand-in {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the sender."""
        return reverse("backoffice:hand-in", args=[self.pk])


class ReceptionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Those of the wijken in which one works. What came into a case is there for who may open that case."""
        units = user.units_with(Permission.LISTEN) if user.is_active else ()
        opens = Case.objects.visible_to(user).values("pk")
        return self.filter(Q(case=None, unit__in=units) | Q(case__in=opens)) if units else self.none()


class Reception(UUIDModel):
    """What a loket does with what was handed in: whose turn it is, and what it became. The sender never reads this row."""

    class How(models.TextChoices):
        CONVERSATION = "conversation", _("A conversation")
        CASE = "case", _("Part of a case that was there")
        EARLY_SIGN = "early_sign", _("An early sign")

    hand_in = models.OneToOneField(HandIn, on_delete=models.PROTECT, related_name="reception")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Nobody yet: whoever of the wijk comes first.
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=12, choices=How, blank=True)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sign = models.ForeignKey(EarlySign, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What was handed in as it came into the case: it stays there for the term of its kind, also when the sender's is wiped.
    category = models.CharField(max_length=50)
    text = EncryptedTextField()
    at = models.DateTimeField(default=timezone.now)

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_was_taken_on_became_something",
                condition=Q(how="") | Q(intake__isnull=False) | Q(case__isnull=False) | Q(how="early_sign"),
            )
        ]

    def __str__(self) -> str:
        return f"reception {self.pk}"
