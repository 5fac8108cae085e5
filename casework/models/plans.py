"""The plan with a resident: goals in their words, steps with who and when, and how it goes per life domain."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.domains import CATEGORY_OF, LifeDomain, Severity
from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .households import Representative
from .intakes import Strength, SupportPerson
from .residents import Resident, who_acts

# What belongs to no life domain is part of the story.
WITHOUT_DOMAIN = "story"


def category_of_domain(domain: str) -> str:
    """The category of personal data that something of the plan belongs to."""
    return CATEGORY_OF[LifeDomain(domain)] if domain else WITHOUT_DOMAIN


class Goal(UUIDModel, StatefulModel):
    """What the resident wants, in the resident's own words."""

    class Status(models.TextChoices):
        OPEN = "open", _("We work on it")
        REACHED = "reached", _("Reached")
        LET_GO = "let_go", _("Let go")

    TRANSITIONS = {
        Status.OPEN: {Status.REACHED, Status.LET_GO},
        Status.REACHED: {Status.OPEN},
        Status.LET_GO: {Status.OPEN},
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Whose it is; nobody's in particular is the household's.
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    domain = models.CharField(max_length=20, choices=LifeDomain, blank=True)
    text = EncryptedTextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    begun_at = models.DateTimeField(default=timezone.now)
    # Counts the changes of what it says: who changes an older one is told.
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["begun_at", "pk"]

    def __str__(self) -> str:
        return f"goal {self.pk}"

    @property
    def category(self) -> str:
        return category_of_domain(self.domain)


class PlanStepQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status__in=PlanStep.OPEN)


class PlanStep(UUIDModel, StatefulModel):
    """One thing that someone does. What the resident declined is not taken up."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DOING = "doing", _("Under way")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    # Done at once is one tap, and a wrong tap can be taken back.
    TRANSITIONS = {
        Status.PLANNED: {Status.DOING, Status.DONE, Status.STOPPED},
        Status.DOING: {Status.DONE, Status.STOPPED},
        Status.DONE: {Status.DOING},
        Status.STOPPED: {Status.PLANNED},
    }
    OPEN = (Status.PLANNED, Status.DOING)

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("The resident")
        NETWORK = "network", _("People around them")
        LOCAL_OFFER = "local_offer", _("Something in the neighbourhood")
        LOKET = "loket", _("We, of the loket")
        REQUEST = "request", _("A request to a desk")
        MAATWERK = "maatwerk", _("Maatwerk")

    class Answer(models.TextChoices):
        NOT_ASKED = "", _("Not asked yet")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Does not want this")

    class SaidBy(models.TextChoices):
        RESIDENT = "resident", _("The resident")
        REPRESENTATIVE = "representative", _("Who decides for the resident")

    class Effect(models.TextChoices):
        HELPS = "helps", _("It helps")
        BIT = "bit", _("It helps a bit")
        NOT = "not", _("It does not help")
        EARLY = "early", _("Too early to say")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_steps")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    text = EncryptedTextField()
    # Who does it: one of the household, one of those around it, or another organisation or place.
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(SupportPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    where = EncryptedTextField()
    # What the resident is good at, or would like, that this step makes use of.
    talent = models.ForeignKey(Strength, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_steps")
    guard = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default=Answer.NOT_ASKED)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=15, choices=SaidBy, blank=True)
    answer_noted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Who decides for the resident and agreed too, or why they were not asked.
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    without_because = EncryptedTextField()
    effect = models.CharField(max_length=10, choices=Effect, blank=True)
    effect_word = EncryptedTextField()
    # The request or the maatwerk that this step is, by the kind and the id under which the floor above tells of it.
    linked_label = models.CharField(max_length=20, blank=True)
    linked_id = models.UUIDField(null=True, blank=True)
    # Counts the changes of what it says: who answers or changes an older one is told.
    version = models.PositiveIntegerField(default=1)

    objects = PlanStepQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["due_on", "begun_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="answer_given_by_someone_on_a_day",
                condition=Q(answer="", answered_on=None, answered_by="", answer_noted_by=None)
                | (~Q(answer="") & ~Q(answered_by="") & Q(answered_on__isnull=False, answer_noted_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="declined_step_is_not_taken_up", condition=~Q(answer="declined", status__in=["doing", "done"])
            ),
            models.CheckConstraint(
                name="step_ends_at_a_moment",
                condition=Q(status__in=["planned", "doing"], ended_at=None)
                | Q(status__in=["done", "stopped"], ended_at__isnull=False),
            ),
            models.CheckConstraint(name="only_done_steps_have_effect", condition=Q(effect="") | Q(status="done")),
            models.CheckConstraint(
                name="step_link_is_whole",
                condition=Q(linked_label="", linked_id=None) | (~Q(linked_label="") & Q(linked_id__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["guard", "due_on"], name="steps_to_guard", condition=Q(status__in=["planned", "doing"])),
            models.Index(fields=["case", "due_on"], name="steps_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"plan step {self.pk}"

    @property
    def category(self) -> str:
        """That of its own life domain, which it has through its goal."""
        return self.goal.category if self.goal else WITHOUT_DOMAIN

    @property
    def is_late(self) -> bool:
        return self.status in self.OPEN and bool(self.due_on < timezone.localdate())

    @property
    def link_key(self) -> str:
        """The key of the thing it points at, as that is disclosed and kept back by."""
        return f"{self.linked_label}:{self.linked_id}" if self.linked_label else ""


class Review(UUIDModel):
    """A moment at which was asked how it goes."""

    class Kind(models.TextChoices):
        START = "start", _("At the start")
        REVIEW = "review", _("In between")
        END = "end", _("At the end")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["on", "noted_at"]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "on"], name="one_review_of_a_kind_on_a_day")]

    def __str__(self) -> str:
        return f"review {self.pk}"


class Reading(UUIDModel):
    """How it goes in one life domain at such a moment. What was not spoken about has no row."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="readings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=20, choices=LifeDomain)
    severity = models.PositiveSmallIntegerField(choices=Severity)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "domain"], name="one_reading_of_a_domain"),
            models.CheckConstraint(name="reading_is_of_five", condition=Q(severity__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"

    @property
    def category(self) -> str:
        return category_of_domain(self.domain)
