"""What is erased because its term has passed, who agreed, until when it can be called back, and what is held (decision 0032)."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .residents import Resident


class HoldQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(lifted_at=None)


class LegalHold(UUIDModel):
    """Nothing of this case, or of this person in any case, is erased until another than who set it lifts it (AVG article 18)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    # Of one person of the case: it then holds in every case that they are in. Empty: the whole case.
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = EncryptedTextField()
    # It does not end by itself: on this day someone looks whether it is still needed.
    review_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hold_is_lifted_by_another",
                condition=Q(lifted_at=None, lifted_by=None)
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_by=F("set_by"))),
            ),
        ]
        indexes = [models.Index(fields=["case"], name="holds_in_force", condition=Q(lifted_at=None))]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """All for who supervises; those of their wijken for who handles rights there or divides the work."""
        if user.has(Permission.READ_LOG):
            return self
        mine = Q(unit__in=user.units_with(Permission.DIVIDE_WORK))
        if user.has(Permission.HANDLE_RIGHTS):
            mine |= Q(unit__in=RawSQL("SELECT unnest(rights_units(%s))", [user.pk]))  # noqa: S611
        return self.filter(mine)

    def open(self) -> Self:
        return self.filter(status__in=[ErasureBatch.Status.PROPOSED, ErasureBatch.Status.APPROVED])


class ErasureBatch(UUIDModel, StatefulModel):
    """What is to be erased in one wijk. Two people agree, and for some weeks after that it can be called back."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Waits for two people")
        APPROVED = "approved", _("Can be called back")
        CALLED_BACK = "called_back", _("Called back")
        ERASED = "erased", _("Erased")

    TRANSITIONS = {
        Status.PROPOSED: {Status.APPROVED, Status.CALLED_BACK},
        Status.APPROVED: {Status.ERASED, Status.CALLED_BACK},
    }

    class Why(models.TextChoices):
        TERM = "term", _("the term has passed")
        REQUEST = "request", _("the resident asked for it")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.PROPOSED)
    why = models.CharField(max_length=8, choices=Why, default=Why.TERM)
    # The request of a resident that it carries out, and by when the law wants it done.
    request_id = models.UUIDField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handler_at = models.DateTimeField(null=True, blank=True)
    coordinator = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    coordinator_at = models.DateTimeField(null=True, blank=True)
    call_back_days = models.PositiveSmallIntegerField()
    called_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    called_back_because = EncryptedTextField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="two_people_approve_an_erasure",
                condition=Q(handler=None) | Q(coordinator=None) | ~Q(handler=F("coordinator")),
            ),
            models.CheckConstraint(
                name="an_approved_erasure_was_approved",
                condition=~Q(status__in=["approved", "erased"])
                | Q(handler__isnull=False, handler_at__isnull=False, coordinator__isnull=False, coordinator_at__isnull=False),
            ),
            models.CheckConstraint(name="an_erasure_can_be_called_back", condition=Q(call_back_days__gte=1)),
        ]
        indexes = [models.Index(fields=["unit", "-proposed_at"], name="erasures_of_a_unit")]

    def __str__(self) -> str:
        return f"erasure {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:erasure", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.PROPOSED, self.Status.APPROVED)

    @property
    def erased_from(self) -> Any:
        """The first day on which it is erased; None as long as not two people agreed."""
        if self.handler_at is None or self.coordinator_at is None:
            return None
        last = max(self.handler_at, self.coordinator_at) + timedelta(days=self.call_back_days)
        return timezone.localdate(last)


class LineQuerySet(models.QuerySet):
    def erased(self) -> Self:
        return self.filter(status=ErasureLine.Status.ERASED)


class ErasureLine(UUIDModel, StatefulModel):
    """One thing of a batch: a case in one category or in all, one person of a case, a payment, or what never became a case.

    Ids, codes and numbers only, so that it may stay as the account of what was erased.
    """

    class Kind(models.TextChoices):
        CASE = "case", _("Case")
        RESIDENT = "resident", _("One person of a case")
        GRANT = "grant", _("Payment")
        INTAKE = "intake", _("Conversation that was not finished")
        SHORT_CONTACT = "short_contact", _("Short contact")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("To be erased")
        STRUCK = "struck", _("Struck out")
        CALLED_BACK = "called_back", _("Called back")
        HELD = "held", _("On hold")
        ERASED = "erased", _("Erased")

    TRANSITIONS = {Status.PROPOSED: {Status.STRUCK, Status.CALLED_BACK, Status.HELD, Status.ERASED}}

    batch = models.ForeignKey(ErasureBatch, on_delete=models.PROTECT, related_name="lines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="erasures")
    kind = models.CharField(max_length=15, choices=Kind)
    # The case itself, or what of it or beside it.
    thing = models.UUIDField()
    # Empty: all that is left of it.
    category = models.CharField(max_length=50, blank=True)
    # Under what law, from when it counts and for how long: as the convenant had it then.
    law = models.CharField(max_length=310)
    counts_from = models.DateField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.PROPOSED)
    # How many rows of each sort; counted when it was proposed, and again when it was erased.
    counts = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    # Files that were of what is erased, until the job has wiped them.
    to_wipe = ArrayField(models.CharField(max_length=32), default=list)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = EncryptedTextField()

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "thing", "category", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing", "category"], name="erased_once_at_a_time", condition=Q(status="proposed")
            ),
        ]
        indexes = [
            models.Index(fields=["case", "status"], name="erasures_of_a_case"),
            models.Index(fields=["kind", "thing"], name="erasures_of_a_thing"),
        ]

    def __str__(self) -> str:
        return f"erasure line {self.pk}"


def call_back_days() -> int:
    return int(settings.ERASURE_CALL_BACK_DAYS)
