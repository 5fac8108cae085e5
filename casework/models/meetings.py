"""Appointments with a resident (afspraken): when, where, who comes, and how it went."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .residents import who_acts

USUAL_MINUTES = 45


class MeetingQuerySet(models.QuerySet):
    def to_come(self) -> Self:
        """Those of which it is not known yet how they went, also when their time has passed."""
        return self.filter(ended="")

    def with_user(self, user: User) -> Self:
        return self.filter(Q(who=user) | Q(along=user))


class Meeting(UUIDModel):
    """An appointment with someone of a case. To a home one goes with two, or says why not."""

    # It is part of how someone is reached.
    CATEGORY = "contact"

    class Kind(models.TextChoices):
        HOME = "home", _("Home visit")
        LOKET = "loket", _("At the loket")
        PHONE = "phone", _("By telephone")
        ELSEWHERE = "elsewhere", _("Somewhere else")

    class Ended(models.TextChoices):
        HELD = "held", _("It took place")
        CALLED_OFF = "called_off", _("Called off")
        NOBODY_THERE = "nobody", _("Nobody was there")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    place = EncryptedTextField()
    purpose = EncryptedTextField()
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    along = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    alone_because = EncryptedTextField()
    # The language of an interpreter who is needed, and whether one was booked.
    interpreter = models.CharField(max_length=50, blank=True)
    interpreter_booked = models.BooleanField(default=False)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="two_different_people_go", condition=Q(along=None) | ~Q(along=F("who"))),
            models.CheckConstraint(
                name="meeting_ended_by_someone",
                condition=Q(ended="", ended_at=None, ended_by=None)
                | (~Q(ended="") & Q(ended_at__isnull=False, ended_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["who", "starts_at"], name="meetings_to_come", condition=Q(ended="")),
            models.Index(fields=["along", "starts_at"], name="meetings_to_go_along", condition=Q(ended="")),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def ends_at(self) -> datetime:
        length: Any = timedelta(minutes=self.minutes)
        return self.starts_at + length

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()
