"""A wait that took too long, and the rules by which that is so."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.stall_kinds import Kind, Level, Measure, NextStep, Owner, Patience, kind_of
from casework.models import Case
from luisterloket.people.models import Unit, User
from luisterloket.platform.models import UUIDModel

from .requests import SpecialistRequest


class StallRule(UUIDModel):
    """How patient the house is with one kind of waiting: of a desk or a team for its own turn, or without a unit of everyone.

    It counts for clocks that start from now on: their moments are worked out once, when they start.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10)
    measure = models.CharField(max_length=15, choices=Measure)
    grace = models.PositiveSmallIntegerField()
    lead = models.PositiveSmallIntegerField()
    coordinator = models.PositiveSmallIntegerField()
    wethouder = models.PositiveSmallIntegerField()
    snooze_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="one_stall_rule_per_unit_and_kind", nulls_distinct=False),
            models.CheckConstraint(
                name="a_stall_goes_up_in_order",
                condition=Q(grace__lt=F("lead"), lead__lte=F("coordinator"), coordinator__lt=F("wethouder")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id or 'everyone'}"

    @property
    def patience(self) -> Patience:
        return Patience(self.measure, self.grace, self.lead, self.coordinator, self.wethouder, self.snooze_days)


class StallQuerySet(models.QuerySet):
    def open(self) -> Any:
        return self.filter(ended_at=None)

    def awake(self) -> Any:
        """Those that nobody put off."""
        return self.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=timezone.now()))


class Stall(UUIDModel):
    """A clock that ran out: flagged once, with a reason, an owner and a next step, and told to ever more people.

    `unit`, `desk_unit` and `case` are copies of the request's, whose own keys hold: a second check of each would cost more than
    the flag itself.
    """

    Owner = Owner
    NextStep = NextStep
    Level = Level

    class Snooze(models.TextChoices):
        """Why it can wait. Codes and no words, so that all who guard it may read why."""

        OUTSIDE = "outside", _("We wait for someone outside")
        AGREED = "agreed", _("A later day was agreed with the resident")
        PLANNED = "planned", _("It is planned, on a day that is set")
        ABSENT = "absent", _("Who knows it is away, and it can wait")

    class Asked(models.TextChoices):
        """What a wijkwethouder can ask, without knowing of whom it is."""

        PICK_UP = "pick_up", _("Please see to it that this goes on this week.")
        TELL_ME = "tell_me", _("Please tell me what keeps it.")
        NEED = "need", _("Is something needed that you do not have? Tell me what.")

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="stalls", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    clock = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    flagged_at = models.DateTimeField()
    owner_kind = models.CharField(max_length=15, choices=Owner)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    next_step = models.CharField(max_length=20, choices=NextStep)
    level = models.CharField(max_length=15, choices=Level, default=Level.OWNER)
    # How many steps up the ladder, and when the next one comes; the moments themselves are the request's.
    rung = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    # Since when it is at this level.
    raised_at = models.DateTimeField(default=timezone.now)
    snoozed_until = models.DateTimeField(null=True)
    snooze_reason = models.CharField(max_length=10, choices=Snooze, blank=True, default="")
    snoozed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # At which level it was last put off: once for each.
    snoozed_level = models.CharField(max_length=15, choices=Level, blank=True, default="")
    asked = models.CharField(max_length=10, choices=Asked, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    objects = StallQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "clock", "due_at"], name="a_stall_is_flagged_once")]
        indexes = [
            models.Index(fields=["next_at"], name="stalls_that_go_up", condition=Q(ended_at=None, next_at__isnull=False)),
            # What was only reminded of is found by its request.
            models.Index(fields=["unit", "due_at"], name="raised_stalls_of_a_unit", condition=Q(ended_at=None) & ~Q(level="owner")),
            models.Index(
                fields=["desk_unit", "due_at"], name="raised_stalls_of_a_desk", condition=Q(ended_at=None) & ~Q(level="owner")
            ),
        ]

    def __str__(self) -> str:
        return f"stall {self.pk}"

    @property
    def kind(self) -> Kind:
        return kind_of(self.clock)

    @property
    def is_asleep(self) -> bool:
        return self.snoozed_until is not None and self.snoozed_until > timezone.now()

    @property
    def reference(self) -> str:
        return reference_of(self.request_id)


def reference_of(request_id: Any) -> str:
    """By which people who guard a request speak of it: it tells nothing of anyone."""
    return str(request_id)[:8].upper()
