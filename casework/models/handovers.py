"""A case goes to another worker, of the same organisation or another: planned, introduced, accepted (C18)."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case, closed_to
from .contract_endings import ContractEnding
from .meetings import Meeting
from .residents import who_acts

OPEN = ("planned", "introduced")


class HandoverQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def visible_to(self, user: User) -> Self:
        """Those in which someone gives or receives, of cases they may open, and of the units whose work they divide."""
        if not user.is_active:
            return self.none()
        divides = user.units_with(Permission.DIVIDE_WORK)
        mine = Q(from_user=user) | Q(to_user=user) | Q(unit__in=divides) | Q(to_unit__in=divides)
        mine |= Q(case__in=Case.objects.visible_to(user).values("pk"))
        return self.filter(mine).exclude(case__in=closed_to(user))


class Handover(UUIDModel, StatefulModel):
    """The owner keeps the case until the receiver accepts it, so that it is never without one."""

    # What is written in it is of the story: it tells of the contact with the resident.
    CATEGORY = "story"

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        INTRODUCED = "introduced", _("Introduction arranged")
        DONE = "done", _("Handed over")
        CALLED_OFF = "called_off", _("Called off")

    TRANSITIONS = {
        Status.PLANNED: {Status.INTRODUCED, Status.CALLED_OFF},
        Status.INTRODUCED: {Status.PLANNED, Status.DONE, Status.CALLED_OFF},
    }

    class Why(models.TextChoices):
        LEAVES = "leaves", _("The worker leaves")
        ABSENCE = "absence", _("The worker is away for long")
        DIVIDING = "dividing", _("The work is divided anew")
        RESIDENT = "resident", _("The resident asks for it")
        CONTRACT = "contract", _("The contract of the organisation ends")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Where the case was when it was planned: `unit` goes along with the case.
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    why = models.CharField(max_length=10, choices=Why)
    # Nobody when a job listed it because a contract ends.
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    part_of = models.ForeignKey(ContractEnding, on_delete=models.PROTECT, null=True, blank=True, related_name="handovers")
    due_on = models.DateField()
    # Whether the old owner keeps a part in the case.
    stays = models.BooleanField(default=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    no_meeting_because = EncryptedTextField()
    given_back_because = EncryptedTextField()
    # What the receiver got because of this, to be taken back when it comes to nothing.
    gave_part = models.BooleanField(default=False)
    gave_name = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = HandoverQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(status__in=OPEN), name="one_open_handover_of_a_case"),
            models.CheckConstraint(name="handed_to_someone_else", condition=Q(to_user=None) | ~Q(to_user=F("from_user"))),
            models.CheckConstraint(
                name="introduced_to_someone", condition=Q(status__in=["planned", "called_off"]) | Q(to_user__isnull=False)
            ),
            models.CheckConstraint(
                name="handover_ended_by_someone",
                condition=Q(status__in=OPEN, ended_at=None, ended_by=None)
                | (~Q(status__in=OPEN) & Q(ended_at__isnull=False, ended_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["to_user", "due_on"], name="handovers_to_receive", condition=Q(status__in=OPEN)),
            models.Index(
                fields=["from_unit", "to_unit"], name="cases_that_moved", condition=Q(status="done") & ~Q(from_unit=F("to_unit"))
            ),
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        late: Any = self.is_open and self.due_on < timezone.localdate()
        return bool(late)


class HandoverCheck(UUIDModel):
    """One point of the checklist: seen to, or not needed and why. What has no row is open."""

    class Code(models.TextChoices):
        PLAN = "plan", _("The plan is up to date")
        TOLD = "told", _("Who knows what is told to the resident")
        REQUESTS = "requests", _("The open requests are known to the new worker")
        MONEY = "money", _("The reserved money is known to the new worker")
        MEETINGS = "meetings", _("The appointments are taken over")
        CONTACT = "contact", _("The next contact is agreed")
        SAFETY = "safety", _("Signs of unsafety are told")
        DOCUMENTS = "documents", _("The documents are in the case")

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="checks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10, choices=Code)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(default=timezone.now)
    not_needed_because = EncryptedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "code"], name="checked_once")]

    def __str__(self) -> str:
        return f"check {self.code} {self.handover_id}"


class HandoverNote(UUIDModel):
    """What one worker tells the other of this resident, in their own words. It goes to nobody else."""

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="note")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()
    # Goes up with each change, so that two who write at once do not lose a word.
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords(get_user=who_acts)

    def __str__(self) -> str:
        return f"handover note {self.pk}"
