"""What was heard in a conversation."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.domains import LifeDomain, Severity, Urgency
from casework.signs import SIGNS, SafetySign, Threat
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .residents import who_acts


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Conversations this person holds now, or was asked to write along in: until these have become a case."""
        along = IntakeWriter.objects.in_force().filter(user=user).values("intake_id")
        return self.filter(Q(held_by=user) | Q(pk__in=along))

    def offered_to(self, user: User) -> Self:
        """Paused conversations that this person may take up: offered to them, or to all of their wijk."""
        mine = Q(offered_to=None) | Q(offered_to=user)
        units = user.units_with(Permission.LISTEN)
        return self.open().filter(mine, unit__in=units, offered_at__isnull=False).exclude(held_by=user)

    def open(self) -> Self:
        return self.filter(status=Intake.Status.LISTENING)

    def blank(self) -> Self:
        """On which nothing was written or marked yet."""
        return self.filter(revision=0, concerns=None, strengths=None, supportpersons=None, conversations=None, answers=None)

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
    # A case begins with one conversation, and others may come to it: who comes back is known already.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="intakes")
    status = models.CharField(max_length=10, choices=Status, default=Status.LISTENING)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    # Counts the saves: who saves an older one is told, and nothing is overwritten.
    revision = models.PositiveIntegerField(default=0)
    # By field the revision in which it last changed: two people in two fields do not disturb each other.
    changed_at = models.JSONField(default=dict)
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
    # Paused, for a colleague to take up: one of them, or (without a name) whoever of the wijk comes first.
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What the colleague should know first.
    offered_with = EncryptedTextField()

    objects = IntakeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["held_by", "-saved_at"], name="intakes_being_heard", condition=Q(status="listening"))]

    def __str__(self) -> str:
        return f"intake {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:intake-story", args=[self.pk])


class IntakeWriterQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(until=None)


class IntakeWriter(UUIDModel):
    """A colleague who writes along in a conversation that someone else holds."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="writers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = IntakeWriterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "user"], condition=Q(until=None), name="writes_along_once")]


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


class ConcernQuerySet(models.QuerySet):
    def threatening(self) -> Self:
        """Acute, with a first conversation that the law wants and that was not held yet."""
        return self.filter(sign__in=Threat.values, severity=Severity.ACUTE, talked_on=None)


class Concern(HeardThing):
    """A problem in one life domain."""

    domain = models.CharField(max_length=20, choices=LifeDomain)
    severity = models.PositiveSmallIntegerField(choices=Severity)
    text = EncryptedTextField()
    urgency = models.CharField(max_length=10, choices=Urgency, blank=True)
    since = EncryptedTextField()
    who_helps = EncryptedTextField()
    tried = EncryptedTextField()
    # What the resident wants with it: that is where a plan begins.
    wanted = EncryptedTextField()
    # What it is a sign of, when it is one that asks for more than help today.
    sign = models.CharField(max_length=20, choices=SIGNS, blank=True)
    # Of a threat: until when the municipality must hold the first conversation about debts, and when it was held.
    talk_by = models.DateTimeField(null=True, blank=True)
    talked_on = models.DateField(null=True, blank=True)
    # Of a sign that someone is not safe: the steps that it led to.
    track = models.ForeignKey("casework.MeldcodeTrack", on_delete=models.PROTECT, null=True, blank=True, related_name="signs")

    objects = ConcernQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta(HeardThing.Meta):
        constraints = [
            models.CheckConstraint(name="severity_is_of_five", condition=Q(severity__range=(1, 5))),
            models.CheckConstraint(
                name="a_marked_threat_has_its_term",
                condition=Q(sign__in=["", *SafetySign.values]) | Q(talk_by__isnull=False),
            ),
        ]


class Strength(HeardThing):
    """What goes well, a talent, a wish, an interest."""

    class Kind(models.TextChoices):
        GOES_WELL = "goes_well", _("This goes well")
        TALENT = "talent", _("Is good at this")
        WISH = "wish", _("Would like this")
        INTEREST = "interest", _("Likes to do this")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.GOES_WELL)
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
