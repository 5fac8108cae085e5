"""Desks, when they are open, and what kinds of request they take. How soon they answer is in `terms`."""

from datetime import date, time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.models import Purpose
from luisterloket.people.models import Unit
from luisterloket.platform.models import UUIDModel
from luisterloket.wijken.calendar import OFFICE_WEEK, OpeningHours, Span


class Kind(models.TextChoices):
    """What a request asks for. Only a formal application leads to a decision under the Awb, with the terms of the law."""

    ADVICE = "advice", _("Advice")
    WARM_HANDOVER = "warm_handover", _("Warm handover")
    REPORT = "report", _("Report")
    APPLICATION = "application", _("Formal application")


def as_week(days: tuple[Span | None, ...]) -> list[list[str] | None]:
    """Hours from Monday to Sunday as a desk keeps them."""
    return [[f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] if span else None for span in days]


def office_week() -> list[list[str] | None]:
    return as_week(OFFICE_WEEK)


def only_advice() -> list[str]:
    return [Kind.ADVICE.value]


class Desk(UUIDModel):
    """The entrance of a back-office department: a unit with a purpose under the convenant, opening hours and kinds of request."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="desk")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT)
    description = models.CharField(max_length=200)
    # From Monday to Sunday: when it opens and closes, or null. In the row itself, because every list of requests needs it.
    week = models.JSONField(default=office_week)
    # Days on which it is closed, besides the public holidays, with why: {"2026-12-24": "Studiedag"}.
    closed_days = models.JSONField(default=dict)
    # Codes of the kinds of request that it takes.
    kinds = models.JSONField(default=only_advice)
    # Codes of the life domains that this desk can help with; they put it on top of the list.
    domains = models.JSONField(default=list)
    # Codes of the data categories its question needs as a rule: these are ticked when a request is made.
    usually_needs = models.JSONField(default=list)
    # It collects for the municipality, so it can be asked to wait with that.
    pauses_collection = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    # So long after the resident was told, the asker asks whether it worked.
    outcome_weeks = models.PositiveSmallIntegerField(default=6, validators=[MinValueValidator(1), MaxValueValidator(52)])
    # What it is good at beyond a life domain, in the desk's own words.
    specialisms = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # How much it can take: new requests a week, and open ones for each person. Empty says that the desk does not tell.
    week_capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    person_capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    # Goes up with each change of what the desk asks, so that nobody answers a question that is not there any more.
    questions_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.unit.name

    @property
    def hours(self) -> OpeningHours:
        return OpeningHours(week_of(self.week), frozenset(map(date.fromisoformat, self.closed_days)))

    def get_absolute_url(self) -> str:
        return reverse("backoffice:queue", args=[self.pk])


def week_of(days: list[Any]) -> tuple[Span | None, ...]:
    """The hours that `as_week` wrote down."""
    return tuple(Span(time.fromisoformat(day[0]), time.fromisoformat(day[1])) if day else None for day in days)


class Urgency(models.TextChoices):
    TODAY = "today", _("Today, because it is acute")
    NORMAL = "normal", _("Within the usual term")
