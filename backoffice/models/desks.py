"""Desks, and how soon they answer."""

from datetime import time

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.models import Purpose
from luisterloket.people.models import Unit
from luisterloket.platform.models import UUIDModel
from luisterloket.wijken.calendar import OpeningHours


class Desk(UUIDModel):
    """The entrance of a back-office department: a unit with a purpose under the convenant and opening hours."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="desk")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT)
    description = models.CharField(max_length=200)
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(17))
    # Codes of the life domains that this desk can help with; they put it on top of the list.
    domains = models.JSONField(default=list)
    # Codes of the data categories its question needs as a rule: these are ticked when a request is made.
    usually_needs = models.JSONField(default=list)
    # It collects for the municipality, so it can be asked to wait with that.
    pauses_collection = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.unit.name

    @property
    def hours(self) -> OpeningHours:
        return OpeningHours(self.opens, self.closes)

    def get_absolute_url(self) -> str:
        return reverse("backoffice:queue", args=[self.pk])


class Urgency(models.TextChoices):
    TODAY = "today", _("Today, because it is acute")
    NORMAL = "normal", _("Within the usual term")


class Clock(models.TextChoices):
    """The named clocks of a request. Each wait has one, with an owner."""

    PICK_UP = "pick_up", _("Taken up")
    ANSWER = "answer", _("Answered")
    REPLY = "reply", _("Question back answered")
    TELL = "tell", _("Told to the resident")


class Term(UUIDModel):
    """How long a desk (or, for `reply` and `tell`, the loket) may take. A service term of the convenant, no statutory one."""

    class Measure(models.TextChoices):
        OPENING_HOURS = "opening_hours", _("opening hours")
        WORKING_DAYS = "working_days", _("working days")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="terms")
    urgency = models.CharField(max_length=10, choices=Urgency)
    clock = models.CharField(max_length=10, choices=Clock)
    amount = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=15, choices=Measure)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "urgency", "clock"], name="one_term_per_clock")]

    def __str__(self) -> str:
        return f"{self.amount} {self.get_measure_display()}"
