"""An overleg around one case (casusoverleg): who sits at the table, what it is about, and what lies on it."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Organisation, Post, Unit, User
from luisterloket.people.roles import ROLES
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case, Involvement, closed_to
from .residents import who_acts

USUAL_MINUTES = 60
# How long what lay on the table can be read after the overleg was held.
READ_FOR = timedelta(days=14)


class ConferenceQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Those at whose table this person has a seat, in a post that they still hold. Default: nothing; a part in the case gives
        none.
        """
        held = [Q(role=post.role.code, post_unit=post.unit_id, organisation=post.organisation_id) for post in user.posts]
        if not (user.is_active and held):
            return self.none()
        seats = ConferenceParticipant.objects.seated().filter(reduce(or_, held), user=user).of_the_team_of_now(user)
        return self.filter(pk__in=seats.values("conference_id")).exclude(case_id__in=closed_to(user))

    def planned(self) -> Self:
        return self.filter(status=CaseConference.Status.PLANNED)


class CaseConference(UUIDModel, StatefulModel):
    """An overleg of several professionals around one case; its kind is the purpose under which they sit there."""

    class Kind(models.TextChoices):
        """Each is a purpose of the convenant, with its own ground and members."""

        HOUSEHOLD = "conference", _("Overleg over a household")
        SAFETY = "conference_safety", _("Overleg over worrying behaviour and safety")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CALLED_OFF = "called_off", _("Called off")

    TRANSITIONS = {Status.PLANNED: {Status.HELD, Status.CALLED_OFF}}

    class ResidentPart(models.TextChoices):
        """What the resident knows of it (AVG articles 13 and 14)."""

        COMES = "comes", _("Is invited and can be there")
        INFORMED = "informed", _("Knows of it and does not come")
        NOT_TOLD = "not_told", _("Does not know of it")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conferences")
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    place = EncryptedTextField()
    online = models.BooleanField(default=False)
    chair = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    minute_taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Whom it is about: ids, for the access log. Who comes from elsewhere cannot read the household.
    subjects = ArrayField(models.UUIDField(), default=list)
    resident_part = models.CharField(max_length=10, choices=ResidentPart)
    resident_why = EncryptedTextField()
    resident_came = models.BooleanField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)
    # Counts the changes, so that two people who change it do not overwrite each other unseen.
    revision = models.PositiveIntegerField(default=0)

    objects = ConferenceQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_held_conference_closes_some_day",
                condition=Q(status="held", held_at__isnull=False, open_until__isnull=False)
                | (~Q(status="held") & Q(held_at=None, open_until=None)),
            ),
        ]
        indexes = [models.Index(fields=["case", "-starts_at"], name="conferences_of_a_case")]

    def __str__(self) -> str:
        return f"conference {self.pk}"

    @property
    def ends_at(self) -> datetime:
        length: Any = timedelta(minutes=self.minutes)
        return self.starts_at + length

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def table_is_open(self) -> bool:
        """Whether what lies on the table can be read."""
        if self.status == self.Status.CALLED_OFF:
            return False
        return self.open_until is None or self.open_until > timezone.now()


class ParticipantQuerySet(models.QuerySet):
    def seated(self) -> Self:
        return self.filter(withdrawn_at=None)

    def of_the_team_of_now(self, user: User) -> Self:
        """Without those of a team that the case has left, as for an invitation; what was said stays of who was there."""
        part = Involvement.objects.in_force().filter(user=user).values("case_id")
        there = Q(post_unit=F("unit")) | Q(case__in=part) | Q(came=True)
        return self.filter(~Q(post_unit__kind=Unit.Kind.WIJKTEAM) | there)


class ConferenceParticipant(UUIDModel):
    """Someone at the table, in the post in which they come; who has no account is a name, and sees nothing here."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    conference = models.ForeignKey(CaseConference, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, blank=True, choices=[(role.code, role.name) for role in ROLES.values()])
    post_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Of someone without an account.
    name = EncryptedTextField(subject="conference_id")
    comes_from = EncryptedTextField(subject="conference_id")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    came = models.BooleanField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "user"], condition=Q(withdrawn_at=None, user__isnull=False), name="one_seat_at_a_table"
            ),
            models.CheckConstraint(
                name="who_has_an_account_comes_in_a_post",
                condition=Q(user=None, role="", post_unit=None, organisation=None)
                | (Q(user__isnull=False, post_unit__isnull=False, organisation__isnull=False) & ~Q(role="")),
            ),
        ]
        indexes = [models.Index(fields=["user", "conference"], name="seats_of_someone", condition=Q(withdrawn_at=None))]

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def called(self) -> str:
        return self.user.name if self.user else self.name

    @property
    def of(self) -> str:
        """In what part they come, and from where."""
        if self.organisation is None:
            return self.comes_from
        return f"{ROLES[self.role].name}, {self.organisation.name}"

    def post_of(self, user: User) -> Post | None:
        """The post in which this person was invited, as long as they hold it."""
        seat = (self.role, self.post_unit_id, self.organisation_id)
        return next((post for post in user.posts if (post.role.code, post.unit_id, post.organisation_id) == seat), None)


class AgendaItem(UUIDModel):
    """What will be spoken about. It stands fixed once the overleg was held."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    conference = models.ForeignKey(CaseConference, on_delete=models.PROTECT, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    text = EncryptedTextField(subject="conference_id")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["conference", "order"], name="one_place_on_the_agenda")]

    def __str__(self) -> str:
        return f"agenda item {self.pk}"


class ConferenceItem(UUIDModel):
    """One thing out of the case that lies on the table, as it was when the chair laid it there."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    conference = models.ForeignKey(CaseConference, on_delete=models.PROTECT, related_name="items")
    category = models.CharField(max_length=50)
    # What else it tells of, as of a letter: when one of these closes, it closes.
    also = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    kind = models.CharField(max_length=30)
    ref = models.UUIDField()
    subject_id = models.UUIDField()
    label = models.CharField(max_length=100)
    text = EncryptedTextField(subject="subject_id")
    order = models.PositiveSmallIntegerField()
    laid_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    laid_at = models.DateTimeField(default=timezone.now)
    taken_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "kind", "ref"], condition=Q(taken_off_at=None), name="on_the_table_once")
        ]

    def __str__(self) -> str:
        return f"conference item {self.pk}"

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.ref}"
