"""The five steps of the meldcode huiselijk geweld en kindermishandeling (capability C61): what was done and decided."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .intakes import Intake
from .residents import who_acts

DECISIONS = 5


class StepName(models.IntegerChoices):
    SIGNS = 1, _("Gather the signs")
    CONSULT = 2, _("Consult a colleague, and Veilig Thuis when needed")
    TALK = 3, _("Talk with those it is about")
    WEIGH = 4, _("Weigh the violence")
    DECIDE = DECISIONS, _("Take two decisions")


class MeldcodeQuerySet(models.QuerySet):
    def unfinished(self) -> Self:
        return self.filter(status__in=MeldcodeTrack.UNFINISHED)


class MeldcodeTrack(UUIDModel, StatefulModel):
    """The steps once begun from a sign. As long as it is not finished it has an owner and a day for its next step.

    Begun in a conversation it belongs to that, and from its end to the case. Ids, codes and days may be read by the wall;
    reasons are sealed.
    """

    class Status(models.TextChoices):
        TO_BEGIN = "to_begin", _("To begin")
        OPEN = "open", _("Under way")
        CLOSED = "closed", _("Closed, with both decisions")
        DECLINED = "declined", _("Not begun, with a reason")

    TRANSITIONS = {
        Status.TO_BEGIN: {Status.OPEN, Status.DECLINED},
        Status.OPEN: {Status.CLOSED},
        Status.CLOSED: {Status.OPEN},
        Status.DECLINED: {Status.OPEN},
    }
    UNFINISHED = (Status.TO_BEGIN, Status.OPEN)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, null=True, blank=True, related_name="meldcode_tracks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="meldcode_tracks")
    status = models.CharField(max_length=10, choices=Status, default=Status.TO_BEGIN)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(default=timezone.localdate)
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Why it was not begun, or taken up again.
    why = EncryptedTextField()

    objects = MeldcodeQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["-noted_at"]
        constraints = [
            models.CheckConstraint(name="steps_are_of_a_talk_or_a_case", condition=Q(intake__isnull=False) | Q(case__isnull=False)),
            models.CheckConstraint(
                name="steps_end_by_someone",
                condition=Q(status__in=["to_begin", "open"], ended_at=None, ended_by=None)
                | Q(status__in=["closed", "declined"], ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["owner", "due_on"], name="steps_that_wait", condition=Q(status__in=["to_begin", "open"]))]

    def __str__(self) -> str:
        return f"meldcode {self.pk}"

    @property
    def unfinished(self) -> bool:
        return self.status in self.UNFINISHED


class MeldcodeStep(UUIDModel):
    """One of the five steps as it was done, or why it was not. Steps are done in any order; each save keeps the earlier text."""

    class VeiligThuis(models.TextChoices):
        """Whether Veilig Thuis was asked for advice; that can be done without saying who it is about."""

        UNNAMED = "unnamed", _("Asked for advice, without a name")
        NAMED = "named", _("Asked for advice, with a name")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    track = models.ForeignKey(MeldcodeTrack, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField(choices=StepName)
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Counts the saves, so that nobody writes over what a colleague wrote meanwhile.
    revision = models.PositiveIntegerField(default=0)
    # What was found, said, weighed, or why it was decided so.
    found = EncryptedTextField()
    # Why this step was not done, such as that a conversation is not safe.
    why_not = EncryptedTextField()
    # The colleague consulted, who was spoken with, or with whom it was decided.
    with_whom = EncryptedTextField()
    veilig_thuis = models.CharField(max_length=10, choices=VeiligThuis, blank=True)
    # The two decisions: whether a report is needed, and whether help is possible.
    reports = models.BooleanField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    helps = models.BooleanField(null=True, blank=True)
    help = EncryptedTextField()

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="each_step_once"),
            models.CheckConstraint(name="step_is_of_five", condition=Q(number__range=(1, DECISIONS))),
            models.CheckConstraint(
                name="decisions_in_the_last_step", condition=Q(number=DECISIONS) | Q(reports=None, reported_on=None, helps=None)
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of meldcode {self.track_id}"

    @property
    def is_done(self) -> bool:
        """Whether it asks for nothing more: done or left out with a reason, and the last with both decisions carried out."""
        if self.number != DECISIONS:
            return bool(self.found.strip() or self.with_whom.strip() or self.why_not.strip())
        return self.reports is not None and self.helps is not None and not self.waits_for_report

    @property
    def waits_for_report(self) -> bool:
        """It was decided to report, and that was not done yet."""
        return bool(self.reports) and self.reported_on is None


def next_step(steps: Any) -> int | None:
    """The first of the five that asks for something, a decided report before all else; None when the steps can be closed."""
    steps = list(steps)
    if any(step.waits_for_report for step in steps):
        return DECISIONS
    done = {step.number for step in steps if step.is_done}
    return next((number for number in StepName.values if number not in done), None)
