"""An answer is contested: the desk looks again, by someone else than who answered, and after that the wijkwethouder may be asked.

This is no objection in the sense of the Awb (bezwaar) and never replaces or delays it; the pages say so (decision 44).
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .desks import Kind
from .requests import SpecialistRequest


class Contest(UUIDModel, StatefulModel):
    """The desk is asked to look again at its answer. What was answered first stays here as it was."""

    class Status(models.TextChoices):
        ASKED = "asked", _("The desk looks again")
        STAYS = "stays", _("The answer stays")
        CHANGED = "changed", _("There is another answer")
        TAKEN_BACK = "taken_back", _("Taken back")

    TRANSITIONS = {Status.ASKED: {Status.STAYS, Status.CHANGED, Status.TAKEN_BACK}}

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="contests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # Why the resident, and who listens to them, do not leave it at this.
    why = EncryptedTextField(subject="request_id")
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    # Whose answer was contested; and that answer as it was, from the moment another one stands in its place.
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=SpecialistRequest.Result, blank=True)
    answer = EncryptedTextField(subject="request_id")
    next_step = EncryptedTextField(subject="request_id")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="another_one_looks_again", condition=Q(decided_by=None) | ~Q(decided_by=F("answered_by"))),
            models.CheckConstraint(
                name="a_contest_is_decided_by_someone",
                condition=Q(status__in=["asked", "taken_back"], decided_by=None, decided_at=None)
                | Q(status__in=["stays", "changed"], decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(status="asked"), name="contested_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"contest {self.pk}"


class EscalationQuerySet(models.QuerySet):
    def for_wijkwethouder(self, user: User) -> Self:
        """Those of the wijken for which this person decides. Default: nothing."""
        if not user.is_active:
            return self.none()
        kept_out = RawSQL("SELECT unnest(kept_out_of(%s))", [user.pk])  # noqa: S611
        return self.filter(unit__in=user.units_with(Permission.DECIDE_ABOVE_MANDATE)).exclude(case__in=kept_out)

    def open(self) -> Self:
        return self.filter(status=Escalation.Status.ASKED)


class Escalation(UUIDModel, StatefulModel):
    """The wijkwethouder is asked what to do about an answer that stayed, in words that name nobody.

    The wijkwethouder reads these words, the desk, the result and the rule it named: no question, no item, no name.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for the wijkwethouder")
        STAYS = "stays", _("The answer stands")
        LOOK_AGAIN = "look_again", _("The desk must look again")
        WIJK = "wijk", _("The wijk solves it itself")
        TAKEN_BACK = "taken_back", _("Taken back")

    DECISIONS = (Status.STAYS, Status.LOOK_AGAIN, Status.WIJK)
    TRANSITIONS = {Status.ASKED: {*DECISIONS, Status.TAKEN_BACK}}

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="escalations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ADVICE)
    # What stands in the way and what it would take, without a name.
    dilemma = EncryptedTextField(subject="request_id")
    # What the desk answered, in its own words, as far as whoever asks lets it go along.
    result = models.CharField(max_length=10, choices=SpecialistRequest.Result)
    rule = EncryptedTextField(subject="request_id")
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    words = EncryptedTextField(subject="request_id")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(name="another_one_decides_an_escalation", condition=Q(decided_by=None) | ~Q(decided_by=F("by"))),
            models.CheckConstraint(
                name="an_escalation_is_decided_by_someone",
                condition=Q(status__in=["asked", "taken_back"], decided_by=None, decided_at=None)
                | Q(status__in=["stays", "look_again", "wijk"], decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(status="asked"), name="escalated_once_at_a_time"),
        ]
        indexes = [models.Index(fields=["unit", "due_at"], name="escalations_that_wait", condition=Q(status="asked"))]

    def __str__(self) -> str:
        return f"escalation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("backoffice:escalation", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.status in self.DECISIONS
