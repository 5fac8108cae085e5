"""Residents, what they told, and the case that comes of it.

Every row carries the unit that owns it and, where there is one, the case: the database's wall reads those.
"""

from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform import acting
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel
from luisterloket.wijken.models import WayOfWorking

from .domains import LifeDomain, Severity


def who_acts(instance: Any, **_kwargs: Any) -> Any:
    """For the history of a row: the person who acts, also outside a request."""
    user_id = acting.current().user_id
    return User(pk=user_id) if user_id else None


class Resident(UUIDModel):
    """A person helped. May be known by a nickname only."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    known_as = EncryptedTextField()
    # ISO date, or only a year: rough is what one often has.
    born = EncryptedTextField()
    phone = EncryptedTextField()
    address = EncryptedTextField()
    language = models.CharField(max_length=50, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at"], name="residents_of_a_unit")]

    def __str__(self) -> str:
        return f"resident {self.pk}"


class SearchKey(models.Model):
    """A word by which a resident is found: normalised, plain, looked up by equality or prefix."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="search_keys")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resident", "key"], name="search_key_once")]
        indexes = [models.Index(fields=["unit", "key"], name="search_key_of_unit", opclasses=["uuid_ops", "text_pattern_ops"])]

    def __str__(self) -> str:
        return f"key of {self.resident_id}"


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Cases whose content this person may open: by involvement, or because their wijk works as one team. Default: nothing."""
        if not user.is_active:
            return self.none()
        involved = Involvement.objects.in_force().filter(user=user).values("case_id")
        # Two ways in, each found by its own index; one OR over both would read every case of the wijk.
        return self.filter(pk__in=involved.union(self._of_teams(user.units_with(Permission.LISTEN)), all=True))

    @staticmethod
    def _of_teams(units: tuple[UUID, ...]) -> models.QuerySet:
        """The cases of those units whose wijk works as one team."""
        team = WayOfWorking.objects.filter(wijk__units=OuterRef("pk")).order_by("-version").values("team_is_involved")[:1]
        teams = Unit.objects.filter(pk__in=units).annotate(as_a_team=models.Subquery(team)).filter(as_a_team=True)
        return Case.objects.filter(unit__in=teams.values("pk")).values("pk")

    def known_to(self, user: User) -> Self:
        """Cases of which this person may know that they exist (capability C58): those of their own wijk, and their own."""
        return self.filter(Q(unit__in=user.units_with(Permission.LISTEN)) | Q(pk__in=Case.objects.visible_to(user).values("pk")))


class Case(UUIDModel):
    """One household's situation and all that is done about it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="owned_cases")
    residents = models.ManyToManyField(Resident, through="CaseMember", related_name="cases")
    opened_at = models.DateTimeField(default=timezone.now)
    last_activity_at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-last_activity_at", "-id"], name="cases_of_a_unit_newest"),
            models.Index(fields=["owner", "-last_activity_at", "-id"], name="cases_of_an_owner_newest"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:case", args=[self.pk])


class CaseMember(UUIDModel):
    """A resident in the household of a case."""

    class Part(models.TextChoices):
        MAIN = "main", _("asks for help")
        PARTNER = "partner", _("partner")
        CHILD = "child", _("child")
        OTHER = "other", _("other")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "resident"], name="resident_once_in_a_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(part="main"), name="one_main_resident_in_a_case"),
        ]


class InvolvementQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(until=None)


class Involvement(UUIDModel):
    """One person's part in one case; it opens the content of the case in the categories of their role."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("owner")
        CO_WORKER = "co_worker", _("co-worker")
        BUDDY = "buddy", _("buddy")
        PARTICIPANT = "participant", _("participant")
        JOINED = "joined", _("joined")

    class Reason(models.TextChoices):
        """Why someone joins, in one tap."""

        OPPOSITE = "opposite", _("Sits opposite me")
        CALLS = "calls", _("Calls now")
        ASKED = "asked", _("The owner asked me")
        OTHER = "other", _("Another reason")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="involvements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    explanation = EncryptedTextField(subject="case_id")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(until=None), name="involved_once_at_a_time"),
            models.UniqueConstraint(fields=["case"], condition=Q(until=None, kind="owner"), name="one_owner_of_a_case"),
        ]
        indexes = [models.Index(fields=["user", "case"], name="involvement_in_force", condition=Q(until=None))]


def cases_elsewhere() -> ArraySubquery:
    """The cases outside one's own units in which the user of the outer query is involved."""
    own_units = Unit.objects.filter(
        appointments__user=OuterRef(OuterRef("pk")), appointments__role__in=["wijkwerker", "coordinator"], appointments__until=None
    )
    return ArraySubquery(
        Involvement.objects.in_force().filter(user=OuterRef("pk")).exclude(unit__in=own_units.values("pk")).values("case_id")
    )


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
