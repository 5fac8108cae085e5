"""The next contact of a case: always one, with a day and an owner (decision 0021)."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case, closed_to
from .residents import who_acts
from .safety import CaseGuard


class FlaggedBecause(models.TextChoices):
    """Why the sweep brought something to the coordinator."""

    LATE = "late", _("Too late")
    NOBODY = "nobody", _("Its owner cannot do it any more")


def units_watched(user: User) -> set[UUID]:
    """Where this person sees to what is late: the wijken whose work they divide, and those they work in that have nobody for it."""
    mine = set(user.units_with(Permission.DIVIDE_WORK))
    others = set(user.units_with(Permission.LISTEN)) - mine
    return mine | {unit for unit in others if not User.objects.holding(Permission.DIVIDE_WORK, unit_id=unit).exists()}


class FollowUpQuerySet(models.QuerySet):
    def to_come(self) -> Self:
        return self.filter(done_at=None)

    def mine(self, user: User) -> Self:
        """Those of this person, in cases that they may open."""
        return self.to_come().filter(who=user, case__in=Case.objects.visible_to(user).values("pk"))

    def to_watch(self, user: User) -> Self:
        """What was flagged, for whoever must see to it that somebody does it: the coordinator and the owner of the case; of a
        protected case whoever is named. Never of a case that is closed to this person.
        """
        if not user.is_active:
            return self.none()
        named = CaseGuard.objects.filter(user=user, kind=CaseGuard.Kind.NAMED).values("case_id")
        watches = Q(unit__in=units_watched(user)) | Q(case__owner=user) | Q(case__in=named)
        return self.to_come().filter(watches, flagged_at__isnull=False).exclude(case_id__in=closed_to(user))


class FollowUp(UUIDModel):
    """Asking how it goes. A case that was not ended has exactly one to come; a trigger of the database holds that."""

    # It is part of how someone is reached.
    CATEGORY = "contact"

    class Kind(models.TextChoices):
        CHECK_IN = "check_in", _("Ask how it goes")
        WAAKVLAM = "waakvlam", _("Waakvlam")

    class Result(models.TextChoices):
        REACHED = "reached", _("Spoken")
        NOT_REACHED = "not_reached", _("Not reached")
        NOT_NOW = "not_now", _("Not now, the resident said")
        CHANGED = "changed", _("Not needed any more")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    # From this day on it is late: worked out once, when the day was chosen.
    late_on = models.DateField()
    about = EncryptedTextField()
    # Of waakvlam: its place in the rhythm, from 0.
    step = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Why it was moved or given away last, and how often: two who do so at once do not pass each other by.
    moved_because = EncryptedTextField()
    version = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    result = models.CharField(max_length=12, choices=Result, blank=True)
    flagged_at = models.DateTimeField(null=True, blank=True)
    flagged_because = models.CharField(max_length=10, choices=FlaggedBecause, blank=True)

    objects = FollowUpQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(done_at=None), name="one_follow_up_to_come"),
            models.CheckConstraint(
                name="follow_up_done_by_someone",
                condition=Q(done_at=None, done_by=None, result="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(name="follow_up_late_after_due", condition=Q(late_on__gte=models.F("due_on"))),
        ]
        indexes = [
            models.Index(fields=["who", "due_on"], name="follow_ups_of_someone", condition=Q(done_at=None)),
            models.Index(fields=["late_on"], name="follow_ups_that_run", condition=Q(done_at=None, flagged_at=None)),
            models.Index(
                fields=["unit", "late_on"], name="follow_ups_flagged", condition=Q(done_at=None, flagged_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"

    @property
    def is_late(self) -> bool:
        late_on: date = self.late_on
        return self.done_at is None and late_on <= timezone.localdate()
