"""What was heard in a conversation."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.domains import LifeDomain, Severity
from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .residents import who_acts


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Conversations this person holds now: their own, until these have become a case."""
        return self.filter(held_by=user)

    def open(self) -> Self:
        return self.filter(status=Intake.Status.LISTENING)

    def blank(self) -> Self:
        """On which nothing was written or marked yet."""
        return self.filter(revision=0, concerns=None, strengths=None, supportpersons=None)

    def acute(self) -> Self:
        """In which something was marked that cannot wait until tomorrow."""
        return self.filter(Exists(Concern.objects.filter(intake=OuterRef("pk"), severity=Severity.ACUTE)))


class Intake(UUIDModel, StatefulModel):
    """A conversation as it is being heard. First the resident's own words; only those are ever obliged."""

    class Status(models.TextChoices):
        LISTENING = "listening", _("Listening")
        CONCLUDED = "concluded", _("Concluded")
        DISCARDED = "discarded", _("Discarded")

    TRANSITIONS = {Status.LISTENING: {Status.CONCLUDED, Status.DISCARDED}}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="intakes")
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="intakes")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="intake")
    status = models.CharField(max_length=10, choices=Status, default=Status.LISTENING)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    # Counts the saves: who saves an older one is told, and nothing is overwritten.
    revision = models.PositiveIntegerField(default=0)
    own_words = EncryptedTextField()
    quote = EncryptedTextField()
    asked_question = EncryptedTextField()
    question_behind = EncryptedTextField()
    name = EncryptedTextField()
    known_as = EncryptedTextField()
    born = EncryptedTextField()
    phone = EncryptedTextField()
    address = EncryptedTextField()
    language = models.CharField(max_length=50, blank=True)
    # The others of the household: a JSON list of name, part and birth year.
    household = EncryptedTextField()

    objects = IntakeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["held_by", "-saved_at"], name="intakes_being_heard", condition=Q(status="listening"))]

    def __str__(self) -> str:
        return f"intake {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:intake-story", args=[self.pk])


class HeardThing(UUIDModel):
    """Something heard in an intake, and from its end part of the case."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, null=True, related_name="%(class)ss")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="%(class)ss")
    # The resident's own words, when this was marked in what they said.
    quote = EncryptedTextField()
    heard_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["heard_at"]


class Concern(HeardThing):
    """A problem in one life domain."""

    domain = models.CharField(max_length=20, choices=LifeDomain)
    severity = models.PositiveSmallIntegerField(choices=Severity)
    text = EncryptedTextField()
    since = EncryptedTextField()
    who_helps = EncryptedTextField()

    history = HistoricalRecords(get_user=who_acts)

    class Meta(HeardThing.Meta):
        constraints = [models.CheckConstraint(name="severity_is_of_five", condition=Q(severity__range=(1, 5)))]


class Strength(HeardThing):
    """What goes well, a talent, a wish."""

    domain = models.CharField(max_length=20, choices=LifeDomain, blank=True)
    text = EncryptedTextField()

    history = HistoricalRecords(get_user=who_acts)


class SupportPerson(HeardThing):
    """Someone around the resident, and what they can do."""

    name = EncryptedTextField()
    relation = EncryptedTextField()
    can_do = EncryptedTextField()

    history = HistoricalRecords(get_user=who_acts)


# What is heard in a conversation and stays part of the case.
Heard = Concern | Strength | SupportPerson
