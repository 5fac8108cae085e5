"""Looks that are out of the ordinary: what a job noticed, for the privacy officer to have explained."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel


class UnusualLook(UUIDModel, StatefulModel):
    """A pattern in the looks of one person. No verdict: it asks for an explanation, and is raised once for the same thing."""

    class Kind(models.TextChoices):
        MANY = "many", _("Many residents in a short time")
        OWN_NAME = "own_name", _("Someone with the same surname")
        OWN_HOME = "own_home", _("Someone at the same postcode: own home, or a neighbour")
        OUTSIDE = "outside", _("Someone outside their own wijk")
        NIGHT = "night", _("At night")
        DENIED = "denied", _("Refused again and again")

    class Status(models.TextChoices):
        OPEN = "open", _("To look into")
        EXPLAINED = "explained", _("Explained")
        REPORTED = "reported", _("Reported")

    TRANSITIONS: ClassVar = {
        Status.OPEN: {Status.EXPLAINED, Status.REPORTED},
        # What seemed in order can turn out not to be.
        Status.EXPLAINED: {Status.REPORTED},
    }

    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    actor_id = models.UUIDField()
    # What it is about besides the person: a day, a night, a resident. Once for each.
    thing = models.CharField(max_length=60)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # How many residents, looks or refusals.
    count = models.PositiveIntegerField()
    # Whom it is about when that is one resident, by the hash of the processing log.
    subject = models.CharField(max_length=64, blank=True)
    raised_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedTextField()

    class Meta:
        ordering: ClassVar = ["-raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "actor_id", "thing"], name="unusual_look_raised_once"),
            models.CheckConstraint(
                name="an_answered_unusual_look_has_who_and_when",
                condition=Q(status="open") | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-raised_at"], name="unusual_looks_open", condition=Q(status="open"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.actor_id}"


class LogWatch(models.Model):
    """Up to when the job has looked through the access log. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_log_watch", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"watched until {self.until}"


class WatchedHome(models.Model):
    """Where someone who works here lives, as a keyed hash of the postcode: enough to notice a look at their own street."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="+")
    key = models.CharField(max_length=64)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"home of {self.user_id}"
